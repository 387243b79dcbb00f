import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from safeguarding.audit.models import Entry
from safeguarding.audit.tests.given import BLUEBELLS, IN_BLUEBELLS, SUNFLOWERS, a_trail
from safeguarding.audit.tests.owner import triggers_removed

pytestmark = pytest.mark.django_db


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("verify", *arguments, stdout=out)
    return out.getvalue()


def test_it_says_that_the_trail_is_intact() -> None:
    a_trail(2)
    a_trail(1, by=IN_BLUEBELLS)

    assert told().startswith("The audit trail is intact: 3 entries in 2 chains")


def test_it_walks_one_setting_when_asked() -> None:
    a_trail(2)
    a_trail(1, by=IN_BLUEBELLS)

    found = json.loads(told("--json", "--setting", str(BLUEBELLS)))
    assert (found["intact"], found["chains"], found["entries"]) == (True, 1, 1)


def test_it_ends_with_1_and_plain_words_where_something_is_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    a_trail(3)
    out = StringIO()
    with triggers_removed():
        Entry.objects.filter(seq=2).update(actor_name="Nobody")
        with pytest.raises(SystemExit) as ended:
            call_command("verify", stdout=out)

    assert ended.value.code == 1
    assert f"{SUNFLOWERS}, entry 2: This entry was changed" in out.getvalue()


def test_it_refuses_what_is_not_an_id() -> None:
    with pytest.raises(CommandError, match="invalid UUID"):
        call_command("verify", "--setting", "sunflowers")
