"""Blacking out names in a copy of what people wrote."""

import pytest

from safeguarding.concerns.papers.hiding import (
    ANOTHER_CHILD,
    Names,
    Reading,
    described,
    ways_to_say,
)

BYRNE = Names(["Isla Byrne", "Isla", "Byrne"])


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Isla hit Kit.", f"{ANOTHER_CHILD} hit Kit."),
        ("ISLA and isla and Isla’s", f"{ANOTHER_CHILD} and {ANOTHER_CHILD} and {ANOTHER_CHILD}’s"),
        ("Isla\n  Byrne ran", f"{ANOTHER_CHILD} ran"),
        ("Íslá ran", f"{ANOTHER_CHILD} ran"),
        ("I\u0301sla ran", f"{ANOTHER_CHILD} ran"),
        ("Isla’s, Islas, the Byrnes", f"{ANOTHER_CHILD}’s, {ANOTHER_CHILD}, the {ANOTHER_CHILD}"),
        ("Islamic, Islay", "Islamic, Islay"),
        ("", ""),
    ],
)
def test_a_name_is_hidden_however_it_is_written_and_nothing_else_is(
    written: str, shown: str
) -> None:
    assert BYRNE(written) == shown


def test_what_was_ticked_is_only_ever_text() -> None:
    """Somebody may write anything into the box of further words."""
    assert Names([".*", "(", "[a-z]+"])("A plain (word)") == f"A plain {ANOTHER_CHILD}word)"
    assert Names([])("Isla") == "Isla"
    assert Names([" ", ""])("Isla") == "Isla"


def test_what_stands_in_a_text_is_found_as_the_roll_says_it() -> None:
    assert BYRNE.found_in("ISLA  BYRNE came, and byrnes.") == {"Isla Byrne", "Byrne"}


def test_of_a_long_roll_only_names_whose_words_were_read_are_looked_for() -> None:
    reading = Reading()
    for text in ("Íslá and the", "Byrnes, O’Neill"):
        assert reading(text) == text
    roll = {"Isla Byrne", "Isla", "Theo Byrne", "Noor", "O’Neill"}

    assert reading.possible(roll) == {"Isla Byrne", "Isla", "O’Neill"}


def test_a_brother_keeps_his_own_name_in_his_own_file() -> None:
    said = ways_to_say("Isla de la Byrne", "Isla", but="Theo Byrne Theo")

    assert said == {"Isla de la Byrne", "Isla"}


@pytest.mark.parametrize(
    ("full_name", "known_as", "others"),
    [
        ("mia brown", "mia", {"mia", "brown"}),
        ("lotte van dijk", "lotte", {"lotte", "dijk"}),
        ("de la Cruz Maria", "Maria", {"Maria", "Cruz"}),
        ("Seán O’Brien", "Seán", {"Seán", "O’Brien"}),
        ("محمد علي", "", {"محمد", "علي"}),
        ("प्रिया शर्मा", "", {"प्रिया", "शर्मा"}),
        ("王小明", "", {"小明"}),
        ("Björn Ek", "Björn", {"Björn", "Ek"}),
    ],
)
def test_each_word_that_names_by_itself_is_looked_for(
    full_name: str, known_as: str, others: set[str]
) -> None:
    assert ways_to_say(full_name, known_as) == {full_name, *others}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("محمد (10)", "محمد"),
        ("Rory Byrne, 11", "Rory Byrne"),
        ("Kofi (Maya’s brother)", "Kofi"),
        ("A man in the game", ""),
        ("somebody", ""),
    ],
)
def test_a_description_names_nobody(name: str, found: str) -> None:
    assert described(name) == found
