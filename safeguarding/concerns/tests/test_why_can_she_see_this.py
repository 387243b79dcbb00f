"""Why somebody can, or cannot, read a case: the answer is the permission code's own."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.explaining import why
from safeguarding.concerns.models import Case
from safeguarding.concerns.report import Person
from safeguarding.people import actions as people
from tests.budget import MOST, queries_of
from tests.people import anew, signed_in
from tests.standing import built_once

from .given import IMAGE, a_case, a_report, about, filed, opened


@built_once
def case(sunflowers: Nursery) -> Case:
    n = sunflowers
    return a_case(n.priya, n.dana, a_report("welfare-concern", Person("harmed", child=n.kit)))


def reasons(n: Nursery, case: Case, name: str) -> str:
    return " ".join(why(anew(n.people[name]), case, asker=n.dana).reasons)


def test_it_answers_as_the_permission_code_does_for_everybody(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    actions.let_know(by=n.dana, case=case, member=n.wren, reason="plans the staff")
    people.declare_relationship(by=n.devi, about=n.devi, kind="relative", child=n.kit)
    when = {"code": "agency", "reason": "The police are here and ask."}
    actions.break_glass(by=anew(n.morgan), child=n.kit, **when)
    others = [
        a_case(n.priya, n.dana, a_report(IMAGE)),
        opened(n.morgan, filed(n.priya, about(n.sam))),
    ]
    for one in (case, *others):
        for member in map(anew, n.people.values()):
            reads = Case.objects.readable_by(member).filter(pk=one.pk).exists()
            found = why(member, one, asker=member)
            assert found.may == reads, (member, one.record_class)
            assert found.reasons


def test_each_reason_is_a_plain_sentence(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    ends = timezone.localdate() + timedelta(days=2)
    granted = actions.let_know(
        by=n.dana, case=case, member=n.wren, reason="plans the staff", until=ends
    )
    assert "reads every case of this class" in reasons(n, case, "devi")
    assert "does not read cases of this class" in reasons(n, case, "tariq")
    assert "only when on its list" in reasons(n, case, "morgan")
    assert "not on its list" in reasons(n, case, "morgan")
    assert "Dana Okafor let them in on" in reasons(n, case, "wren")
    assert "plans the staff. It runs out on" in reasons(n, case, "wren")
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert "It ran out on" in reasons(n, case, "wren")
    actions.end_need_to_know(by=n.dana, case=case, granted=granted, reason="No longer.")
    assert "Dana Okafor ended it on" in reasons(n, case, "wren")
    people.declare_relationship(by=n.devi, about=n.devi, kind="relative", child=n.kit)
    assert "named in this case, or tied" in reasons(n, case, "devi")
    when = {"code": "agency", "reason": "The police are here and ask."}
    actions.break_glass(by=anew(n.morgan), child=n.kit, **when)
    assert "broke the glass" in reasons(n, case, "morgan")


def test_who_lets_people_in_may_ask_about_all_and_others_about_themselves(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    link = n.setting.link_to("concerns:why_read", case.pk)
    asked = f"{link}?who={n.tariq.pk}"
    assert "Tariq Mansour cannot read this case" in signed_in(n.dana).get(asked).content.decode()
    own = signed_in(n.devi).get(asked).content.decode()
    assert "Devi Sharma can read this case" in own
    assert "Tariq" not in own
    assert signed_in(n.tariq).get(link).status_code == 404
    assert len(queries_of(signed_in(n.dana), asked)) <= MOST
