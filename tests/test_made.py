"""What a prepared query makes of its rows is what its query set would have made of them."""

from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet, Value

from demo.cast import Nursery
from foundation.prepared import prepared
from safeguarding.concerns.models import Concern, Entry
from safeguarding.concerns.tests.given import filed, opened
from safeguarding.people.models import Member, RoleHeld


def _concerns(setting: UUID) -> QuerySet[Concern]:
    rows = Concern.objects.filter(setting=setting).select_related("reported_by__user", "gathered")
    return rows.annotate(noted=Value("x")).order_by("created_at")


def _short(setting: UUID) -> QuerySet[Concern]:
    rows = Concern.objects.filter(setting=setting).select_related("reported_by__user")
    return rows.only("setting", "saw", "reported_by__name", "reported_by__user__email").order_by(
        "created_at"
    )


def _entries(setting: UUID) -> QuerySet[Entry]:
    rows = Entry.objects.filter(setting=setting).select_related("written_by", "decision", "case")
    return rows.order_by("created_at")


def _people(setting: UUID) -> QuerySet[Member]:
    return Member.objects.filter(setting=setting).prefetch_related("roles_held").order_by("name")


@pytest.mark.parametrize("build", [_concerns, _short, _entries, _people])
def test_every_object_is_as_the_query_set_makes_it(sunflowers: Nursery, build: Any) -> None:
    n = sunflowers
    opened(n.dana, filed(n.priya))
    filed(n.sam)

    made, plain = prepared(build)(n.setting.pk), list(build(n.setting.pk))

    assert len(plain) >= 2
    assert [contents(one) for one in made] == [contents(one) for one in plain]


def contents(row: Any, far: int = 2) -> dict[str, Any]:
    """All that an object holds, with what was fetched beside it, and where it says it comes from."""
    held = {name: value for name, value in vars(row).items() if not name.startswith("_")}
    near = row._state.fields_cache.items() if far else ()
    fetched = getattr(row, "_prefetched_objects_cache", {})
    return {
        "held": held,
        "from": (row._state.db, row._state.adding, row.get_deferred_fields()),
        "near": {name: one and (type(one), contents(one, far - 1)) for name, one in near},
        "fetched": {name: list(rows) for name, rows in fetched.items()},
    }


def test_what_was_left_out_is_fetched_when_somebody_asks(sunflowers: Nursery) -> None:
    concern = filed(sunflowers.priya)

    [made] = prepared(_short)(sunflowers.setting.pk)

    assert made.code == concern.code
    assert made.saw == concern.saw


def test_an_object_that_was_made_can_be_given_another_beside_it(sunflowers: Nursery) -> None:
    n = sunflowers

    def held(member: UUID) -> QuerySet[RoleHeld]:
        return RoleHeld.objects.filter(member=member).select_related("member")

    [made, *_] = prepared(held)(n.dana.pk)
    made.member = n.sam

    assert made.member_id == n.sam.pk


def test_single_values_are_left_to_django(sunflowers: Nursery) -> None:
    def names(setting: UUID) -> QuerySet[Member, str]:
        return Member.objects.filter(setting=setting).values_list("name", flat=True)

    with pytest.raises(ImproperlyConfigured):
        prepared(names)(sunflowers.setting.pk)
