"""Every duty is shown by records or by somebody's word, or stands on the list of what is to come."""

from pathlib import Path

import pytest
from pydantic import TypeAdapter

from foundation import strict_yaml
from foundation.evidence import evidenced, sources
from safeguarding.governance.words import by_word
from safeguarding.policies.duties import catalogue

pytestmark = pytest.mark.once

NOT_YET = Path(__file__).with_name("not_yet.yaml")
MOST = 51  # lower it with the list


def not_yet() -> list[str]:
    listed = strict_yaml.read(NOT_YET, TypeAdapter(dict[str, list[str]]))
    return [duty for several in listed.values() for duty in several]


def test_the_list_only_shrinks() -> None:
    listed = not_yet()

    assert len(listed) == len(set(listed)) <= MOST
    assert set(listed) - catalogue().keys() == set(), "no such duty"
    assert set(listed) & evidenced() == set(), "the records show these now: take them out"
    assert set(listed) & by_word().keys() == set(), "a word shows these now: take them out"


def test_every_duty_is_shown_somehow_or_on_the_list() -> None:
    assert catalogue().keys() - evidenced() - by_word().keys() - set(not_yet()) == set()


def test_nothing_is_shown_for_a_duty_that_is_in_no_file() -> None:
    assert evidenced() - catalogue().keys() == set()


def test_every_function_says_in_words_how_it_counts() -> None:
    said = [one.how for one in sources()]

    assert all(one.endswith(".") and "quer" not in one for one in said), said
