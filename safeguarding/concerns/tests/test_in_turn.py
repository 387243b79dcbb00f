"""On PostgreSQL, a page of a list looks for what is beside each row, and reads no other table whole."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from demo.cast import Nursery
from safeguarding.concerns import on_case
from safeguarding.concerns.models import Case, Concern
from safeguarding.concerns.models.involvements import in_case

pytestmark = pytest.mark.postgresql


def plan_of(rows: QuerySet[Any, Any]) -> str:
    """How it would be found if there were much of everything, which reading a whole table never suits."""
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; EXPLAIN " + sql, params)
        cursor.nextset()
        return "\n".join(line for (line,) in cursor.fetchall())


def test_cases_of_a_page_are_asked_about_one_by_one(sunflowers: Nursery) -> None:
    rows = Case.objects.readable_by(sunflowers.dana).open().order_by("-created_at")[:51]

    assert "hashed SubPlan" not in plan_of(rows)
    assert "SubPlan" in plan_of(rows)


def test_reports_that_wait_are_asked_about_one_by_one(sunflowers: Nursery) -> None:
    rows = Concern.objects.readable_by(sunflowers.dana).waiting_at(sunflowers.setting.pk)[:51]

    plan = plan_of(rows)

    assert "hashed SubPlan" not in plan
    assert "Left Join" not in plan.partition("SubPlan")[0], "all that was ever gathered"


def test_everybody_in_a_case_is_found_by_indexes(sunflowers: Nursery) -> None:
    plan = plan_of(in_case(sunflowers.dana.pk))

    assert "Seq Scan on concerns_involvement" not in plan


def test_entries_are_chosen_before_anything_beside_them_is_read(sunflowers: Nursery) -> None:
    case = sunflowers.dana.pk  # any id is planned for alike
    for rows in (on_case._latest(case), on_case._in_order(case, start=0), on_case._authors(case)):
        plan = plan_of(rows)

        assert "InitPlan" in plan
        assert "Semi Join" not in plan
