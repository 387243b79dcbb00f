"""Two verifiers that share no code look at the same tampering: both find the same first bad place (F20)."""

from collections.abc import Callable

import pytest

from safeguarding.audit import quick
from safeguarding.audit.tests.owner import triggers_removed
from safeguarding.audit.tests.tampering import MATRIX
from safeguarding.audit.tests.verifiers import Place, by_ours, by_the_other, held, signing_key

__all__ = ["held", "signing_key"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True, params=[2, quick.AT_ONCE], ids=["in stretches", "at once"])
def stretches(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A chain that is looked through in parts, so that there are joins everywhere; and in one piece."""
    monkeypatch.setattr(quick, "AT_ONCE", request.param)


@pytest.mark.parametrize("tamper, public, keyed", MATRIX.values(), ids=MATRIX.keys())
def test_both_find_the_same_place(
    held: list[str], tamper: Callable[[], object], public: Place, keyed: Place
) -> None:
    with triggers_removed():
        tamper()

        assert by_ours(held) == public
        assert by_the_other(held) == public
        assert by_ours(held, keyed=True) == keyed
