"""The second fence: PostgreSQL shows a statement the rows of one setting, or of none (ADR 0032, R2, R8)."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import DataError, ProgrammingError, connection, transaction
from django.db.models import Model

from demo.cast import Nursery
from foundation import fence
from safeguarding.audit.models import Entry as Line
from safeguarding.notifications.models import Clock
from safeguarding.people.models import Child, Family, Member
from tests.people import signed_in

from .source import calls, modules, short, tree
from .test_tenancy import TENANT, label

on_postgres = pytest.mark.postgresql  # SQLite has no such fence

# Every place in the product that says where it is, and why it may. A new one is added here by hand.
GOES = {
    "demo/cast.py": "the demo opens a setting, and finds one again",
    "demo/history.py": "each part of a story happens inside its own setting",
    "demo/people.py": "the sign-ins of the demo are listed at the terminal",
    "foundation/fence.py": "the fence itself",
    "foundation/jobs/worker.py": "a job begins outside every setting",
    "foundation/middleware.py": "a request begins outside every setting",
    "safeguarding/approvals/tasks.py": "what is due is found across",
    "safeguarding/audit/ends.py": "a checkpoint signs the end of every chain",
    "safeguarding/audit/management/commands/export-trail.py": "the operator names the setting",
    "safeguarding/audit/quick.py": "a process that checks a part of a chain goes inside its setting",
    "safeguarding/audit/trail.py": "a knock at another setting's door stands in the trail of that setting",
    "safeguarding/audit/verify.py": "the check of the trail walks every chain",
    "safeguarding/backups/management/commands/backup_keys.py": "each setting is told of the sheets",
    "safeguarding/backups/ours.py": "a backup holds the chains of all settings",
    "safeguarding/concerns/seals.py": "what waits for a key is found in each setting of its person",
    "safeguarding/documents/tasks.py": "the folder of files is shared by all settings",
    "safeguarding/lock/taking_in.py": "what was sent is taken in inside its own setting",
    "safeguarding/notifications/tasks.py": "what is due is found across, and done inside",
    "safeguarding/people/actions/accounts.py": "a link or an address may be of another setting too",
    "safeguarding/governance/management/commands/assurance.py": "the operator names the setting",
    "safeguarding/governance/papers/tasks.py": "the worker goes to the setting of a pack",
    "safeguarding/people/each.py": "the worker goes through the settings one by one",
    "safeguarding/people/importing/later.py": "the worker goes to the setting of a list",
    "safeguarding/people/management/commands/change_address.py": "the trail of the installation",
    "safeguarding/people/management/commands/confirm_role.py": "the operator names the setting",
    "safeguarding/people/management/commands/remove_second_check.py": "the trail of the installation",
    "safeguarding/people/management/commands/renew_text_keys.py": "texts are renewed one setting at a time",
    "safeguarding/people/middleware.py": "the address names the setting",
    "safeguarding/people/passwords.py": "a password is not made of the name of one's settings",
    "safeguarding/people/resealing.py": "a new key seals anew in each setting, one by one",
    "safeguarding/people/second_factor.py": "the trail of the installation knows what was removed",
    "safeguarding/people/tasks.py": "what is forgotten is found across, and removed inside",
    "safeguarding/people/views.py": "the list of my settings",
    "safeguarding/portal/tasks.py": "what is due is found across",
    "safeguarding/today/management/commands/change_setting.py": "the operator names the setting",
    "safeguarding/today/management/commands/open_setting.py": "it goes into the setting it opens",
    "safeguarding/today/welcome/views.py": "the first set-up opens the setting it makes",
    "safeguarding/witness/post.py": "what is due is found across, and sent inside",
}
WAYS = {"inside", "outside", "across", "begin_as_owner"}


def ways(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Each call that says where a statement happens."""
    for name, call in calls(tree(path)):
        if name in WAYS and ast.unparse(call.func) == f"fence.{name}":
            yield name, call


def test_every_place_that_moves_the_fence_is_known() -> None:
    found = {short(path) for path in modules() if any(ways(path))} | {"foundation/fence.py"}

    assert found - {"config/test_settings.py"} == set(GOES), "say in GOES above why it may"


def test_every_crossing_is_used_and_listed() -> None:
    used = {
        ast.literal_eval(call.args[0])
        for path in modules()
        for name, call in ways(path)
        if name == "across"
    }
    assert used == set(fence.crossings()), "config/fence.yaml and the code name the same purposes"


def test_a_crossing_that_is_not_listed_is_refused() -> None:
    with pytest.raises(ValueError, match="lists no crossing"):
        fence.across("curiosity")


def test_nothing_is_sent_in_pieces_after_the_fence_is_gone() -> None:
    """A streamed answer would be made when the request is over, outside every setting."""
    named = {
        (short(path), node.id)
        for path in modules("safeguarding", "foundation", "demo")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Name) and node.id in {"StreamingHttpResponse", "FileResponse"}
    }
    assert named == set()


@on_postgres
@pytest.mark.django_db
def test_every_table_of_a_setting_is_behind_the_fence() -> None:
    from foundation.postgres import policies

    found = {table.name: table for table in policies.tables(connection)}

    assert {model._meta.db_table for model in TENANT} <= {
        name for name, table in found.items() if table.of_a_setting
    }
    for table in found.values():
        assert table.stands, f"{table.name} has {table.policies}, forced {table.forced}"


@on_postgres
@pytest.mark.django_db
def test_putting_the_fence_up_again_changes_nothing_and_mends_what_is_missing(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    from foundation.postgres import policies

    with django_assert_num_queries(2):
        policies.install(connection)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_child NO FORCE ROW LEVEL SECURITY")
        cursor.execute("CREATE POLICY everyone ON people_family USING (true)")
    policies.install(connection)

    assert all(table.stands for table in policies.tables(connection))


@on_postgres
@pytest.mark.django_db
@pytest.mark.parametrize("model", TENANT, ids=label)
def test_outside_every_setting_a_record_is_refused_and_inside_another_it_is_not_there(
    model: type[Model], sunflowers: Nursery
) -> None:
    """Refused aloud: a job that was told "nothing is here" would act on it."""
    with fence.inside(uuid4()):
        assert not model._default_manager.exists()
    with fence.outside(), pytest.raises(DataError), transaction.atomic():
        model._default_manager.exists()


@on_postgres
def test_inside_a_setting_are_its_own_records_whatever_is_asked_for(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    with fence.inside(sunflowers.setting.pk):
        everyone = {member.setting_id for member in Member.objects.all()}
        taken = Child.objects.filter(pk=bluebells.kit.pk).update(known_as="Kat")

    assert everyone == {sunflowers.setting.pk}
    assert taken == 0


@on_postgres
def test_nothing_is_written_for_another_setting(sunflowers: Nursery, bluebells: Nursery) -> None:
    family = Family(setting=bluebells.setting, name="Marlow")

    with fence.inside(sunflowers.setting.pk), pytest.raises(ProgrammingError), transaction.atomic():
        family.save(force_insert=True)


@on_postgres
def test_across_reads_what_is_listed_for_that_purpose_and_writes_nothing(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    both = {sunflowers.setting.pk, bluebells.setting.pk}
    with fence.across("the door"):
        assert set(Member.objects.values_list("setting_id", flat=True)) == both
        with pytest.raises(ProgrammingError), transaction.atomic():
            Member.objects.update(name="Somebody")
        with pytest.raises(ProgrammingError), transaction.atomic():
            Child.objects.exists()
        assert not Clock.objects.exists(), "that is for another purpose"


@on_postgres
def test_the_product_cannot_change_the_trail_or_its_tables(sunflowers: Nursery) -> None:
    with fence.inside(sunflowers.setting.pk):
        for attempt in (
            "UPDATE audit_entry SET actor_name = 'Somebody'",
            "DELETE FROM audit_entry",
            "ALTER TABLE people_child DISABLE ROW LEVEL SECURITY",
            "DROP POLICY inside ON people_child",
        ):
            with (
                pytest.raises(ProgrammingError),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(attempt)
        assert Line.objects.exists()


@on_postgres
def test_a_place_ends_where_it_ends_also_in_one_transaction(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    here, there = sunflowers.setting.pk, bluebells.setting.pk
    seen = []
    with fence.inside(here):
        seen.append(Child.objects.values_list("setting_id", flat=True).distinct().get())
        with fence.inside(there):
            try:
                with transaction.atomic():
                    Child.objects.first()
                    raise ZeroDivisionError
            except ZeroDivisionError:
                seen.append(Child.objects.values_list("setting_id", flat=True).distinct().get())
        seen.append(Child.objects.values_list("setting_id", flat=True).distinct().get())

    assert seen == [here, there, here]


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_a_connection_keeps_nothing_of_where_it_was() -> None:
    """As a pool would hand it on: what the next one finds is what nobody has said anything on."""
    with fence.inside(uuid4()):
        assert not Child.objects.exists()
        with transaction.atomic():
            assert not Child.objects.exists()
    left = connection.connection.execute(
        "SELECT current_user = session_user, current_setting('hedgerow.setting', true)"
    ).fetchone()

    assert left == (True, "")


@on_postgres
def test_pages_are_shown_from_inside_the_setting_of_their_address(sunflowers: Nursery) -> None:
    asked = []

    def listen(execute: Any, sql: str, *more: Any) -> Any:
        asked.append((sql, fence.here()))
        return execute(sql, *more)

    with connection.execute_wrapper(listen):
        answer = signed_in(sunflowers.dana).get(f"/at/{sunflowers.setting.slug}/")

    assert answer.status_code == 200
    about_people = [place for sql, place in asked if "notifications_" in sql]
    assert {place.value for place in about_people} == {str(sunflowers.setting.pk)}
    assert {place.role for _, place in asked} <= {fence.APP, fence.ACROSS, fence.OWNER.role}
