"""Our own texts carry every duty; what is chosen, who holds a post and what is missing shows."""

from collections import Counter
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from demo.cast import Nursery
from safeguarding.policies.actions import accept_loss, answer_proposal, propose
from safeguarding.policies.actions.building import build_policy, keep_answers
from safeguarding.policies.actions.duties import adopt_duties
from safeguarding.policies.adopting import Take
from safeguarding.policies.builder import library
from safeguarding.policies.builder.compose import Composed, compose
from safeguarding.policies.builder.given import Given
from safeguarding.policies.builder.schema import Clause, Section, Text
from safeguarding.policies.builder.words import Words, words_for
from safeguarding.policies.duties import catalogue
from safeguarding.policies.losses import losses
from safeguarding.policies.models import DutyAdoption, PolicyAnswers, PolicyVersion, ProposalAnswer

OPTIONS = [
    pytest.param(choice.id, option.id, id=f"{choice.id}-{option.id}")
    for choice in library.choices().values()
    for option in choice.options
]
ONLINE = library.texts()["online-safety-policy"]
MOBILE = library.texts()["mobile-technology-and-social-media-policy"]


def composed(text: Text, **chosen: str) -> Composed:
    """The text with these choices and nothing else known."""
    return compose(
        text, Given({name.replace("_", "-"): one for name, one in chosen.items()}), EMPTY
    )


EMPTY = Words({})


@pytest.mark.once
def test_every_duty_of_the_register_is_carried_by_one_clause_of_one_policy() -> None:
    carried = Counter(duty for text in library.texts().values() for duty in text.duties)

    assert set(carried) == set(catalogue())
    assert {duty for duty, texts in carried.items() if texts > 1} == set()


@pytest.mark.once
def test_what_we_suggest_leaves_no_duty_out() -> None:
    made = [composed(text) for text in library.texts().values()]

    assert [one.set_aside for one in made] == [{}, {}]
    assert sum(len(one.duties) for one in made) == len(catalogue())


@pytest.mark.once
@pytest.mark.parametrize(("choice", "option"), OPTIONS)
def test_a_choice_carries_each_duty_or_says_which_choice_left_it_out(
    choice: str, option: str
) -> None:
    for text in library.texts().values():
        made = compose(text, Given({choice: option}), EMPTY)

        assert set(made.duties) | set(made.set_aside) == text.duties
        assert all("We chose: " in reason for reason in made.set_aside.values())


@pytest.mark.once
def test_every_contradiction_of_the_old_policies_is_a_question_in_some_text() -> None:
    named = {one.about for one in library.choices().values() if one.about}
    asked = {choice for text in library.texts().values() for choice in text.choices}

    assert named == {f"C{number}" for number in range(1, 27)}
    assert set(library.choices()) == asked


@pytest.mark.once
def test_an_answer_changes_the_text_and_leaves_no_hole_in_the_numbers() -> None:
    strict = composed(MOBILE, staff_contact="never")
    words = " ".join(part.text for part in strict.parts)

    assert "There is no exception." in words
    assert strict.duties["MTSM-6.2.14"]
    assert "We chose: Never" in strict.set_aside["OSP-8-COMM-03"]
    top = [int(part.number) for part in strict.parts if part.level == 1]
    assert top == list(range(1, len(top) + 1))


@pytest.mark.once
def test_a_section_of_which_nothing_is_left_goes_as_a_whole() -> None:
    extra = Clause(text="Only for some.", when={"ai-tools": ("out",)})
    text = ONLINE.model_copy(update={"sections": (Section(heading="Odd", clauses=(extra,)),)})

    assert composed(text).parts == []
    assert [part.number for part in composed(text, ai_tools="out").parts] == ["1", "1.1"]


@pytest.mark.once
def test_an_answer_we_no_longer_offer_falls_back_to_what_we_suggest() -> None:
    kept = {"choices": {"staff-contact": "gone", "no-such": "x", "names": "nowhere"}, "facts": {}}

    given = Given.read(kept)

    assert given.choices == {"names": "nowhere"}
    assert given.chosen()["staff-contact"] == "both-agree"


def test_posts_hours_guidance_and_contacts_are_filled_in(sunflowers: Nursery) -> None:
    given = Given(facts={"broadband": "Acorn Broadband", "filters": "Tablet: Fern"})
    made = compose(ONLINE, given, words_for(sunflowers.dana, given))
    words = " ".join(part.text for part in made.parts)

    assert "• Designated safeguarding lead: Dana Okafor" in words
    assert "Sunflowers wrote this policy" in words
    assert "Acorn Broadband" in words
    assert "• Tablet: Fern" in words
    assert "Keeping children safe in education 2025" in words
    assert "CEOP Safety Centre (https://www.ceop.police.uk/Safety-Centre/)" in words
    assert "{" not in words


def test_names_stand_where_the_setting_wants_them(sunflowers: Nursery) -> None:
    def said(where: str) -> str:
        given = Given({"names": where})
        made = compose(ONLINE, given, words_for(sunflowers.dana, given))
        return " ".join(part.text for part in made.parts)

    assert said("front").count("Dana Okafor") == 1
    assert said("throughout").count("Dana Okafor") > 1
    assert said("nowhere").count("Dana Okafor") == 0


def test_what_nobody_has_said_yet_is_named_and_stands_as_a_gap(sunflowers: Nursery) -> None:
    made = compose(ONLINE, Given(), words_for(sunflowers.dana, Given()))
    words = " ".join(part.text for part in made.parts)

    assert "Who provides your internet connection?" in made.missing
    assert "how to reach lado (in the directory)" in made.missing
    assert words.count("[to be filled in: Who provides your internet connection?]") == 1
    assert len(made.missing) == len(set(made.missing))
    assert any("education 2025" in one for one in made.unchecked)


def adopt(at: Nursery, version: PolicyVersion) -> None:
    """The committee says yes to what a build made, having seen what it loses."""
    for loss in losses(version):
        accept_loss(by=at.dana, version=version, duty_id=loss.duty_id, reason="As we chose.")
    asked = propose(by=at.dana, version=version, approvers=[at.omar])
    answer_proposal(by=at.omar, proposal=asked, answer=ProposalAnswer.Kind.YES, seen=version.digest)


def test_a_build_takes_its_duties_on_once_the_committee_adopts_it(sunflowers: Nursery) -> None:
    given = Given({"staff-contact": "never"})
    version = build_policy(by=sunflowers.dana, text=MOBILE, given=given)

    assert not DutyAdoption.objects.exists(), "the committee has not adopted it"
    adopt(sunflowers, version)
    assert (version.title, version.number, version.made) == (MOBILE.title, 1, "built")
    taken = {one.duty_id: one for one in DutyAdoption.objects.all()}
    assert set(taken) == MOBILE.duties
    number = taken["OSP-8-REP-06"].clause_number
    assert "know through work" in version.clauses.get(number=number).text
    assert "Never" in taken["OSP-8-COMM-03"].opted_out_because
    assert version.answers.answers["choices"] == {"staff-contact": "never"}


def test_a_later_build_begins_with_the_answers_and_keeps_the_intervals(
    sunflowers: Nursery,
) -> None:
    dana = sunflowers.dana
    first = build_policy(by=dana, text=ONLINE, given=Given({"names": "nowhere"}))
    adopt(sunflowers, first)
    taken = DutyAdoption.objects.get(duty_id="OSP-7-SEC-02")
    adopt_duties(by=dana, takes=[replace(Take.of(taken), interval_days=30)])
    keep_answers(by=dana, text=ONLINE, given=Given({"ai-tools": "out"}))

    given = PolicyAnswers.objects.readable_by(dana).newest()
    rows = DutyAdoption.objects.count()
    second = build_policy(by=dana, text=ONLINE, given=given)
    assert DutyAdoption.objects.count() == rows, "nothing moves before it is adopted"
    adopt(sunflowers, second)

    assert given.choices == {"ai-tools": "out"}
    assert (second.policy, second.number) == (first.policy, 2)
    newest = DutyAdoption.objects.filter(duty_id="OSP-7-SEC-02").latest("created_at")
    assert newest.interval_days == 30
    assert DutyAdoption.objects.count() - rows < 100, "only what another clause carries now"


def test_a_clause_that_only_moved_is_no_loss_and_one_that_changed_is(
    sunflowers: Nursery,
) -> None:
    dana = sunflowers.dana
    first = build_policy(by=dana, text=MOBILE, given=Given({"emergency-calls": "out"}))
    adopt(sunflowers, first)

    second = build_policy(by=dana, text=MOBILE, given=Given({"staff-phones-where": "office"}))

    lost = {one.duty_id for one in losses(second)}
    assert lost == {"OSP-9-STAFF-02a", "MTSM-5.2.2a"}
    adopt(sunflowers, second)
    moved = DutyAdoption.objects.filter(duty_id="OSP-9-STAFF-04a").order_by("created_at")
    assert len({one.clause_number for one in moved}) == 2, "it stands under another number now"
    assert {one.duty_id for one in losses(second)} == lost, "what it lost can still be seen"


def test_what_was_decided_of_a_duty_since_a_build_stays(sunflowers: Nursery) -> None:
    dana, duty = sunflowers.dana, "OSP-7-SEC-02"
    version = build_policy(by=dana, text=ONLINE, given=Given())
    adopt_duties(by=dana, takes=[Take(duty, opted_out_because="We have no accounts.")])
    adopt(sunflowers, version)

    newest = DutyAdoption.objects.filter(duty_id=duty).latest("created_at")
    assert newest.opted_out_because == "We have no accounts."


def test_only_those_who_write_policies_build_one(sunflowers: Nursery) -> None:
    with pytest.raises(PermissionDenied):
        build_policy(by=sunflowers.priya, text=MOBILE, given=Given())
    with pytest.raises(PermissionDenied):
        keep_answers(by=sunflowers.priya, text=MOBILE, given=Given())
