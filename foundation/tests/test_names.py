"""Finding names however they are spelt, and nothing else."""

import pytest

from foundation.names import Finder, likely


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Noor Rahman", "letter_from_[Noor_Rahman].txt"),
        ("Noor Rahman", "[Noor.Rahman]@example.org"),
        ("Noor", "[Noor]2.txt, 2[NOOR], _[Noor]_ and [Noor]’s"),
        ("Noor", "[No\u00ador], [No\u200bor] and [N\ufe0foor\u200b]"),
        ("Anna-Lena", "[Anna Lena], [anna\n  lena] and [Anna\u2011Lena]"),
        ("Seán O’Brien", "[Sean O'Brien], [SEÁN OBRIEN] and [Sea\u0301n O\u00b4Brien]"),
        ("Jürgen Weiß", "[Jürgen Weiss] and [jurgen WEISS]"),
        ("Griffin", "[Gri\ufb03n] and [Ｇｒｉｆｆｉｎ]"),  # noqa: RUF001  wide letters
        ("Łukasz", "[Lukasz]"),
        ("Ann´", "[Ann] and [Ann]´s, never Annex or Joann"),  # noqa: RUF001
        ("प्रिया", "[प्रिया] ने, प्रियाला"),
        ("小明", "[小明]打了他"),
        ("Byrne", "the [Byrnes], not Byrnesy"),
        ("Room 1", "[room 1], Room 12"),
        ("A.", "Option [A.] A cat"),
    ],
)
def test_a_name_is_found_whole_and_no_word_that_only_contains_it(name: str, written: str) -> None:
    text = written.replace("[", "").replace("]", "")
    shown, end = "", 0
    for one in Finder([name]).each_in(text):
        shown += f"{text[end : one.start]}[{text[one.start : one.end]}]"
        end = one.end

    assert shown + text[end:] == written
    assert Finder([name]).found_in(text) == {name}


def test_a_whole_name_goes_before_its_half_and_two_spellings_are_one() -> None:
    assert Finder(["Isla", "Isla Byrne"]).found_in("isla  byrne") == {"Isla Byrne"}
    assert Finder(["Room", "Room 1"]).found_in("room 1") == {"Room 1"}
    assert Finder(["O’Neil", "Oneil Ray"]).found_in("Oneil Ray") == {"Oneil Ray"}
    assert len(Finder(["Noor", "NOOR"]).found_in("Noor, noor")) == 1


def test_what_is_no_name_finds_nothing() -> None:
    for name in ("´", "¨", " ", "-", ""):  # noqa: RUF001  an accent by itself
        assert not Finder([name]).found_in("Kit’s well-known ´ text.")  # noqa: RUF001


def test_of_many_names_those_whose_words_were_written_are_likely() -> None:
    names = {"O’Brien", "Anna-Lena", "Noor", "Theo Byrne"}

    assert likely(names, "’Noor and O'Brien’s anna lena, Byrne") == names - {"Theo Byrne"}
