"""The sentence that stands for words nobody could read is never stored, and what people type always is."""

import pytest

from demo.cast import Nursery
from foundation.keyrings import DAMAGED, unread_in
from foundation.words import visible
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case
from safeguarding.concerns.tests.given import a_case, a_report, filed
from safeguarding.people.keyring import ENTER, SEALED_TO_OTHERS
from tests.standing import built_once


@built_once
def case(sunflowers: Nursery) -> Case:
    return a_case(sunflowers.priya, sunflowers.dana)


@pytest.mark.parametrize("sentence", [ENTER, SEALED_TO_OTHERS, DAMAGED])
def test_no_text_is_stored_that_holds_it_somewhere(
    sunflowers: Nursery, case: Case, sentence: str
) -> None:
    for text in (sentence, f"Dana handed it over. {sentence} And more."):
        with pytest.raises(TypeError, match="never written back"):
            actions.add_entry(by=sunflowers.dana, case=case, text=text)
    assert not case.entries.filter(kind="note").exists()


def test_nor_a_list_that_holds_it(sunflowers: Nursery, case: Case) -> None:
    entry = actions.add_entry(by=sunflowers.dana, case=case, text="A letter came.")
    entry.details = [["Name", f"Copy of {ENTER}"]]
    with pytest.raises(TypeError, match="never written back"):
        entry.save()


def test_whoever_copies_it_from_a_page_into_a_report_is_heard(sunflowers: Nursery) -> None:
    typed = visible(f"The page says “{ENTER}” and I cannot read it.")
    assert not unread_in(typed)

    concern = filed(sunflowers.sam, a_report(saw=typed))

    assert (
        concern.saw
        == "The page says “Sealed. Enter your passphrase to read this.” and I cannot read it."
    )
