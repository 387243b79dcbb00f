"""From an empty folder to figures."""

import os
import sys
import time
from argparse import Namespace
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SMALL, LARGE, MILLION = 10_000, 50_000, 1_000_000
OURS = ("HEDGEROW_DATA", "HEDGEROW_KEY", "HEDGEROW_STATIC", "DATABASE_URL")


def figures(folder: Path, options: Namespace) -> dict[str, Any]:
    """Everything bin/bench reports. Leaves nothing behind but what is in the folder."""
    sizes = [SMALL, MILLION if options.million else LARGE]
    with ExitStack() as stack:
        names = _databases(stack, folder, postgres=options.postgres)
        _settle(folder, names[0], postgres=options.postgres)
        return _measured(folder, names, sizes)


def _databases(stack: ExitStack, folder: Path, *, postgres: bool) -> list[str]:
    """What each database is called: an address, or a file in a data folder of its own."""
    if postgres:
        from . import grounds

        return stack.enter_context(grounds.postgres(folder, ["small", "large"]))
    return [str(folder / name / "hedgerow.db") for name in ("small", "large")]


def _settle(folder: Path, name: str, *, postgres: bool) -> None:
    """Start Django on the production settings, with nothing taken from the environment around us."""
    for variable in OURS:
        os.environ.pop(variable, None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "HEDGEROW_DATA": str(folder / "small"),
        "HEDGEROW_DEMO": "no",
        "HEDGEROW_HTTPS": "no",
        "HEDGEROW_HOSTS": "localhost,127.0.0.1",
    }
    if postgres:
        os.environ["DATABASE_URL"] = name
    from foundation import keys

    for ground in ("small", "large"):
        (folder / ground).mkdir(mode=0o700)
    keys.make(folder / "small" / "hedgerow.key")
    import django

    django.setup()
    from foundation import fence

    fence.begin_as_owner()  # it fills tables by the thousand; the pages it measures go inside as ever


def _measured(folder: Path, names: list[str], sizes: list[int]) -> dict[str, Any]:
    from foundation import memory

    from . import filling, grounds, machine, measure, pages, rows

    small, large = (
        grounds.ground(size, _name(name)) for size, name in zip(sizes, names, strict=True)
    )
    small.use()
    migrating = _prepared()
    filling.say(f"Filling {SMALL:,} concerns …")
    nursery = rows.fill(SMALL)
    visits = pages.pages(nursery)
    _enlarged(small, large)
    memory.settle()  # as the web server does
    found = measure.compare(visits, [small, large])
    small.use()
    filling.say("Starting bin/run …")
    whole = machine.starting(folder / "small", *pages.signed_in_page(nursery))
    beside = _beside(nursery, visits, many=MILLION in sizes)
    return {
        "database": small.wrapper.display_name,
        **machine.described(),
        "migrate_seconds": round(migrating, 2),
        **whole,
        "pages": found,
        **beside,
        "broken": _broken([*found, *beside["safeguards"], beside["assurance"]]),
    }


def _enlarged(small: Any, large: Any) -> None:
    """The large database, of all that is in the small one."""
    from . import copies, filling, grounds

    filling.say(f"The same again, and from years before: {large.concerns:,} concerns …")
    grounds.copy(small, large)
    large.use()
    copies.multiply(large.concerns)
    for ground in (small, large):
        ground.use()
        _settled()


def _beside(nursery: Any, visits: list[Any], *, many: bool) -> dict[str, Any]:
    """What is not a page beside its bare twin."""
    from . import assurance, checking, papers, without

    return {
        "safeguards": without.figures(visits),
        "assurance": assurance.figures(nursery),
        "papers": papers.figures(nursery),
        "verify": checking.figures(checking.MANY if many else checking.FEW),
    }


def _broken(figures: list[dict[str, Any]]) -> list[str]:
    """Every budget that is not kept, with the page that broke it."""
    return [f"{one['page']}: {budget}" for one in figures for budget in one["broken"]]


def _name(name: str) -> str:
    return urlsplit(name).path.strip("/") if "://" in name else name


def _prepared() -> float:
    """Seconds to migrate from empty; then the rest of what a first start prepares."""
    from django.core.management import call_command

    began = time.perf_counter()
    call_command("migrate", interactive=False, verbosity=0)
    took = time.perf_counter() - began
    call_command("prepare", stdout=sys.stderr)
    return took


def _settled() -> None:
    """The write-ahead log back in its file, and PostgreSQL's statistics current, as after a night."""
    from django.db import connection

    sql = "ANALYZE" if connection.vendor == "postgresql" else "PRAGMA wal_checkpoint(TRUNCATE)"
    with connection.cursor() as cursor:
        cursor.execute(sql)
