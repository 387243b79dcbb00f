"""A password is long, hard to guess and not made of what others know."""

import pytest
from django.core.exceptions import ValidationError

from safeguarding.people.models import User
from safeguarding.people.passwords import ADVICE, HardToGuess

from .cast import Place


@pytest.mark.parametrize(
    "password", ["lantern gravel otter", "marble saddle thunder nine", "x" + "kQ9vLm2 zTrw8!ph"]
)
def test_three_random_words_will_do(password: str) -> None:
    HardToGuess().validate(password)
    assert "three or more random words" in HardToGuess().get_help_text() == ADVICE


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short otter", "11 characters; use at least 12"),
        ("passwordpassword", "easy to guess"),
        ("qwertyuiop12345", "easy to guess"),
        ("aaaaaaaaaaaaaaaa", "easy to guess"),
        ("x" * 201, "longer than 200"),
    ],
)
def test_others_are_refused_with_what_to_do(password: str, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        HardToGuess().validate(password)


@pytest.mark.parametrize(
    "password", ["Sunflowers-Priya-1", "priya.priya.priya!", "Sunflowersexample7"]
)
def test_names_that_others_know_are_refused(sunflowers: Place, password: str) -> None:
    with pytest.raises(ValidationError, match=r"mostly made of|easy to guess"):
        HardToGuess().validate(password, sunflowers.people["Priya"].user)


def test_a_name_with_enough_beside_it_is_fine(sunflowers: Place) -> None:
    HardToGuess().validate("priya gravel otter seventeen", sunflowers.people["Priya"].user)


def test_it_works_before_the_person_is_saved(db: None) -> None:
    somebody = User(name="Wilhelmina", email="w@example.org")
    with pytest.raises(ValidationError, match="wilhelmina"):
        HardToGuess().validate("Wilhelmina-2026", somebody)
