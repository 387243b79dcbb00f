"""F10: two to five people write, correct, close and take up again, each looking at what they saw earlier.

Nothing that was accepted is lost or changed, what was refused changed nothing, and the history is one line.
"""

import contextlib
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.audit.verify import verify
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, Entry
from safeguarding.concerns.tests.given import filed, opened
from safeguarding.concerns.tests.walker import Walker

ACTORS = st.sampled_from(["dana", "devi", "morgan"])
WORDS = st.text("abcdefgh ", min_size=3, max_size=12).map(lambda said: f"x{said}x")

EVERYTHING = {
    *("written", "not written, for it was closed", "closed", "not closed again"),
    *("taken up again", "was open"),
}


class ManyHands(RuleBasedStateMachine):
    """Each actor holds the case as they last saw it, and acts on that."""

    nursery: Nursery
    case: Case  # which may be closed
    seen: set[str]

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.accepted = list(self._texts())
        self.is_open = True
        self.held = {name: self._look() for name in ("dana", "devi", "morgan")}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def _look(self) -> tuple[Case, list[Entry]]:
        case = Case.objects.with_open().get(pk=self.case.pk)
        return case, list(Entry.objects.filter(case=case).order_by("created_at"))

    def _texts(self) -> list[str]:
        return [one.text for one in Entry.objects.filter(case=self.case).order_by("created_at")]

    def _try(self, text: str, act: Any) -> bool:
        """Do it; whether it was accepted. Only a rule refuses it, and then it leaves nothing."""
        with contextlib.suppress(RuleBroken, PermissionDenied), transaction.atomic():
            act()
            self.accepted.append(text)
            return True
        return False

    @rule(who=ACTORS)
    def look_again(self, who: str) -> None:
        self.held[who] = self._look()

    @rule(who=ACTORS, text=WORDS)
    def write(self, who: str, text: str) -> None:
        case, by = self.held[who][0], getattr(self.nursery, who)
        done = self._try(text, lambda: actions.add_entry(by=by, case=case, text=text))
        assert not done or self.is_open, "written on a closed case"
        self.seen.add("written" if done else "not written, for it was closed")

    @rule(who=ACTORS, text=WORDS)
    def correct_the_last_one_seen(self, who: str, text: str) -> None:
        (case, entries), by = self.held[who], getattr(self.nursery, who)
        self._try(
            text, lambda: actions.correct_entry(by=by, case=case, entry=entries[-1], text=text)
        )

    @rule(who=st.sampled_from(["dana", "devi"]), text=WORDS)
    def close(self, who: str, text: str) -> None:
        case, by = self.held[who][0], getattr(self.nursery, who)
        done = self._try(text, lambda: actions.close_case(by=by, case=case, outcome=text))
        assert done == self.is_open, "closed twice, or refused while it might be closed"
        self.seen.add("closed" if done else "not closed again")
        self.is_open = self.is_open and not done

    @rule(who=st.sampled_from(["dana", "devi"]), text=WORDS)
    def reopen(self, who: str, text: str) -> None:
        case, by = self.held[who][0], getattr(self.nursery, who)
        done = self._try(text, lambda: actions.reopen_case(by=by, case=case, reason=text))
        assert done != self.is_open, "taken up again while it was open, or refused while closed"
        self.is_open = self.is_open or done
        self.seen.add("taken up again" if done else "was open")

    @invariant()
    def everything_accepted_is_there_as_it_was_and_in_order(self) -> None:
        assert self._texts() == self.accepted

    @invariant()
    def the_case_is_as_the_last_accepted_word_left_it(self) -> None:
        assert Case.objects.get(pk=self.case.pk).is_open == self.is_open


@pytest.mark.once
def test_many_hands_on_one_case_lose_nothing(sunflowers: Nursery) -> None:
    n = sunflowers
    made = opened(n.dana, filed(n.priya), let_know=[n.devi, n.morgan])
    Walker(n, made).walk(leaving_out=True)

    class Here(ManyHands):
        nursery, case, seen = n, made, set[str]()

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=25,
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Here.seen == EVERYTHING
    assert verify(n.setting.pk).is_intact
