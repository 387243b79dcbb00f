"""A year that cannot be is asked about, and nothing is changed."""

from datetime import date

import pytest

from foundation.errors import RuleBroken
from safeguarding.people import actions
from safeguarding.people.roles import Role

from .cast import Place


def test_a_slip_in_a_year_is_asked_about(sunflowers: Place) -> None:
    mo, vic = sunflowers.member("Mo"), sunflowers.member("Vic")
    child = actions.admit_child(by=mo, known_as="Ada", born_on=date(2023, 5, 1))
    for year in (1926, 2926):
        with pytest.raises(RuleBroken, match="Check the year"):
            actions.grant_role(by=mo, to=vic, role=Role.PRACTITIONER, starts=date(year, 9, 1))
    with pytest.raises(RuleBroken, match="Ada cannot have left on 31 July 2022"):
        actions.record_leaving(by=mo, child=child, on=date(2022, 7, 31))
    with pytest.raises(RuleBroken, match="Kit cannot have left"):
        actions.record_leaving(by=mo, child=sunflowers.kit, on=date(1926, 7, 31))
