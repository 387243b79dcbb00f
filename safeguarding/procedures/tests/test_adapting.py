"""A setting may add steps and make deadlines earlier. It may not take away or soften anything."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry
from safeguarding.law.models import LocalRule
from safeguarding.law.values import Value
from safeguarding.notifications.models import Notification
from safeguarding.procedures import actions
from safeguarding.procedures.adapting import OWN, is_earlier, refuse_leaving_out, refuse_looser
from safeguarding.procedures.library import definitions
from safeguarding.procedures.models import Adaptation
from safeguarding.procedures.ours import adapted
from safeguarding.procedures.schema import Definition

from .ours import WELFARE, WHY, a_step, added, sooner


def as_followed(here: Nursery, name: str = WELFARE) -> Definition:
    return adapted(definitions()[name], here.setting.pk).definition


def refused(here: Nursery, **how: Any) -> str:
    """What is said when a step is refused; nothing was written."""
    with pytest.raises(RuleBroken) as broken:
        added(here.dana, **how)
    assert not Adaptation.objects.exists()
    return str(broken.value)


def test_an_added_step_stands_where_it_was_put_and_nothing_else_changes(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    base = definitions()[WELFARE]
    added(sunflowers.dana)

    now = as_followed(sunflowers)
    ids = [step.id for step in now.steps]
    assert ids[ids.index("decide") + 1] == "ours-1"
    assert [step for step in now.steps if step.id != "ours-1"] == list(base.steps)
    assert as_followed(bluebells) == base, "another setting follows it as it came"


def test_those_who_lead_are_told_and_the_trail_has_a_line(sunflowers: Nursery) -> None:
    row = added(sunflowers.dana)

    told = Notification.objects.filter(kind="procedure_adapted", subject_id=row.pk)
    assert {one.recipient for one in told} == {sunflowers.devi, sunflowers.morgan}
    assert Entry.objects.filter(event="procedure.step_added", subject_id=row.pk).exists()


@pytest.mark.parametrize("who", ["devi", "wren", "priya", "cleo", "tariq", "pat"])
def test_only_the_lead_and_the_manager_change_a_procedure(sunflowers: Nursery, who: str) -> None:
    with pytest.raises(PermissionDenied):
        added(sunflowers.people[who])
    with pytest.raises(PermissionDenied):
        sooner(sunflowers.people[who], "decide", "1 hours")
    row = added(sunflowers.morgan)
    with pytest.raises(PermissionDenied):
        actions.end_adaptation(by=sunflowers.people[who], adaptation=row, reason=WHY)


def test_nobody_ends_the_change_of_another_setting(sunflowers: Nursery, bluebells: Nursery) -> None:
    row = added(sunflowers.dana)

    with pytest.raises(PermissionDenied):
        actions.end_adaptation(by=bluebells.dana, adaptation=row, reason=WHY)


def test_a_step_that_takes_the_place_of_a_must_is_refused(sunflowers: Nursery) -> None:
    """The override that would remove a must."""
    said = refused(sunflowers, id="tell-lead", need="if_appropriate")

    assert "“If a child is in danger now" in said
    assert "is a must. A setting cannot remove it, soften it" in said


NOT_ADDED: dict[str, tuple[dict[str, Any], str]] = {
    "a name that is taken": ({"id": "tell-parents"}, "A step “tell-parents” is already there"),
    "a name that is not its own": ({"id": "later"}, f"begins with “{OWN}”"),
    "after the review": ({"place": "review"}, "The review comes last"),
    "after no step": ({"place": "lunch"}, "no step “lunch”"),
    "waiting for no step": ({"after": ["lunch"]}, "waits for lunch"),
    "waiting for a later step": ({"after": ["review"]}, "waits for review"),
    "an unknown role": ({"by": "cook"}, "“cook” is nobody who can be asked"),
    "the technical side, who see no case": ({"by": "technical"}, "“technical” is nobody"),
    "an unknown agency": ({"records": "referral", "to": ["circus"]}, "knows no circus"),
    "an agency for a note": ({"to": ["police"]}, "Only a referral or advice names an agency"),
    "an unknown record": ({"records": "photo"}, "cannot record that"),
    "another review": ({"records": "review"}, "cannot record that"),
    "a picture": ({"records": "viewing"}, "cannot record that"),
    "questions of its own": ({"asks": ["danger-now"]}, "has no asks"),
    "an unknown question": ({"need": {"when": ["rain"]}}, "no question rain"),
    "a time that is no time": ({"within": "soon"}, "at “within”"),
    "an unknown key": ({"colour": "red"}, "has no colour"),
    "a duty of the policies": ({"obligations": ["OSP-10-GEN-04"]}, "has no obligations"),
    "a gate for others": ({"gate": {"answers": ["danger-now"]}}, "has no gate"),
    "no words": ({"do": None}, "at “do”"),
}


@pytest.mark.parametrize("what", NOT_ADDED)
def test_what_cannot_be_added_is_refused_with_the_reason(sunflowers: Nursery, what: str) -> None:
    how, says = NOT_ADDED[what]
    assert says in refused(sunflowers, **how)


def test_a_name_is_used_once_even_after_its_end(sunflowers: Nursery) -> None:
    row = added(sunflowers.dana)
    with pytest.raises(RuleBroken, match=r"already there|is a must"):
        added(sunflowers.dana)
    actions.end_adaptation(by=sunflowers.dana, adaptation=row, reason=WHY)
    with pytest.raises(RuleBroken, match="had the name “ours-1” before"):
        added(sunflowers.dana)


def test_a_step_without_a_name_is_given_one_that_was_never_used(sunflowers: Nursery) -> None:
    first = added(sunflowers.dana, id=None)
    actions.end_adaptation(by=sunflowers.dana, adaptation=first, reason=WHY)

    assert (first.step, added(sunflowers.dana, id=None).step) == ("ours-1", "ours-2")


def test_a_change_has_a_reason(sunflowers: Nursery) -> None:
    with pytest.raises(RuleBroken, match="Say why"):
        actions.add_step(
            by=sunflowers.dana,
            definition=definitions()[WELFARE],
            step=a_step(),
            place="decide",
            reason="  ",
        )


def test_a_deadline_can_become_earlier(sunflowers: Nursery) -> None:
    sooner(sunflowers.morgan, "decide", "1 hour")

    assert as_followed(sunflowers).by_id["decide"].within == "1 hour"
    sooner(sunflowers.morgan, "decide", "30 minutes")
    assert as_followed(sunflowers).by_id["decide"].within == "30 minutes"
    with pytest.raises(RuleBroken, match="not always earlier than “30 minutes”"):
        sooner(sunflowers.morgan, "decide", "1 hour")


def test_a_step_without_a_deadline_can_be_given_one(sunflowers: Nursery) -> None:
    step = next(one for one in definitions()[WELFARE].steps if one.within is None)

    sooner(sunflowers.dana, step.id, "2 working days")

    assert as_followed(sunflowers).by_id[step.id].within == "2 working days"


@pytest.mark.parametrize("within", ["1 months", "4 hours", "90 calendar days", "1 working day", ""])
def test_a_deadline_never_becomes_later_equal_or_none(sunflowers: Nursery, within: str) -> None:
    """The decision is due within four hours."""
    with pytest.raises(RuleBroken, match=r"not always earlier|cannot be taken away"):
        sooner(sunflowers.dana, "decide", within)
    assert not Adaptation.objects.exists()


def test_a_deadline_is_measured_against_the_settings_own_rule(sunflowers: Nursery) -> None:
    LocalRule.objects.create(
        setting_id=sunflowers.setting.pk,
        set_by=sunflowers.dana.pk,
        rule_id="report.decide",
        value="1 hour",
        reason="Ours.",
        starts="2020-01-01",
    )
    with pytest.raises(RuleBroken, match="not always earlier than “1 hour”"):
        sooner(sunflowers.dana, "decide", "2 hours")


@pytest.mark.parametrize(
    ("new", "old", "earlier"),
    [
        ("24 hours", "1 working day", True),  # the same on most days, earlier over a weekend
        ("1 working day", "24 hours", False),
        ("2 calendar days", "2 working days", True),
        ("3 calendar days", "2 working days", False),  # later on a Monday
        ("30 calendar days", "1 month", False),  # later in February
        ("28 calendar days", "1 month", True),
        ("immediately", "5 minutes", True),
        ("immediately", "immediately", False),
        ("60 minutes", "1 hour", False),  # the same
    ],
)
def test_earlier_means_earlier_whatever_the_calendar_says(
    new: str, old: str, *, earlier: bool
) -> None:
    assert is_earlier(Value.parse(new), Value.parse(old)) is earlier


def test_a_step_that_is_not_there_has_no_deadline(sunflowers: Nursery) -> None:
    with pytest.raises(RuleBroken, match="no step “lunch”"):
        sooner(sunflowers.dana, "lunch", "1 hour")


@pytest.mark.parametrize("step", [step.id for step in definitions()[WELFARE].steps])
def test_no_step_that_came_with_a_procedure_can_be_left_out(step: str) -> None:
    base = definitions()[WELFARE]
    is_must = base.by_id[step].need == "must"

    with pytest.raises(RuleBroken, match="is a must" if is_must else "cannot leave out"):
        refuse_leaving_out(base, step, {})


SOFTENED: dict[str, dict[str, Any]] = {
    "a must becomes a choice": {"need": "if_appropriate"},
    "another does it": {"by": "anyone"},
    "other words": {"do": "Whatever you like."},
    "it waits for nothing": {"after": (), "gate": None, "why": "Because."},
    "other duties": {"obligations": ()},
}


@pytest.mark.parametrize("how", SOFTENED)
def test_nothing_of_a_step_that_came_with_a_procedure_is_softened(how: str) -> None:
    base = definitions()[WELFARE]
    steps = [
        one.model_copy(update=SOFTENED[how]) if one.id == "decide" else one for one in base.steps
    ]
    with pytest.raises(RuleBroken, match="is a must"):
        refuse_looser(base, base.model_copy(update={"steps": tuple(steps)}), {})


@pytest.mark.parametrize(
    "changes", [{"never": ()}, {"questions": ()}, {"record_class": "C2"}, {"summary": "Relax."}]
)
def test_nothing_else_of_a_procedure_changes(changes: dict[str, Any]) -> None:
    base = definitions()[WELFARE]
    with pytest.raises(RuleBroken, match=r"Only steps and deadlines|questions of a procedure stay"):
        refuse_looser(base, base.model_copy(update=changes), {})


def test_whatever_a_change_would_do_the_result_is_compared_with_what_came(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second fence: it holds though the first one let something through."""
    softer = SOFTENED["a must becomes a choice"]

    def careless(definition: Definition, *_: Any) -> Definition:
        steps = [one.model_copy(update=softer) for one in definition.steps]
        return definition.model_copy(update={"steps": tuple(steps)})

    monkeypatch.setattr("safeguarding.procedures.adapting._with_deadline", careless)
    with pytest.raises(RuleBroken, match="is a must"):
        sooner(sunflowers.dana, "decide", "1 hour")
    assert not Adaptation.objects.exists()


def test_the_order_of_the_steps_stays() -> None:
    base = definitions()[WELFARE]
    steps = (base.steps[1], base.steps[0], *base.steps[2:])
    with pytest.raises(RuleBroken, match="Only steps and deadlines"):
        refuse_looser(base, base.model_copy(update={"steps": steps}), {})


def test_the_database_refuses_a_second_step_of_a_name(sunflowers: Nursery) -> None:
    row = added(sunflowers.dana)
    with pytest.raises(IntegrityError), transaction.atomic():
        Adaptation.objects.create(
            setting=row.setting,
            definition_id=row.definition_id,
            made_for=1,
            kind="adds",
            step=row.step,
            reason=WHY,
            made_by=sunflowers.dana,
        )


def test_no_procedure_of_ours_has_a_step_with_the_name_of_a_settings_own() -> None:
    names = [step.id for one in definitions().values() for step in one.steps]
    assert [name for name in names if name.startswith(OWN)] == []


def test_an_added_step_hangs_on_no_question_that_a_case_may_never_ask(sunflowers: Nursery) -> None:
    said = refused(sunflowers, need={"when": ["other-setting-agreed"], "otherwise": "not_needed"})
    assert "could never be closed" in said
    added(sunflowers.dana, need={"when": ["crime-suspected"], "otherwise": "not_needed"})
