"""The computer is locked in the morning. A worry is sent all the same; then the lead unlocks and reads it."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shutil import copy2

import pytest
from playwright.sync_api import Browser, Page, expect

from foundation import drop, keys, slots
from safeguarding.lock import around
from safeguarding.lock.tests.given import files_with

from .product import Product, copy_database, eventually, running
from .screens import DESKTOP, PHONE, Screens, axe_clean, second_check, sign_in
from .windows import WAIT, Windows

pytestmark = [pytest.mark.journey, pytest.mark.once]

PASSPHRASE = "eleven patient otters swim"  # noqa: S105  of an installation that lives a minute
WORRY = "The quokka worry: she flinched."
CODE = re.compile(r"(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}")


@pytest.fixture
def locked(product: Product, tmp_path: Path) -> Iterator[Product]:
    """A copy of the demo with a passphrase and no key file, just started."""
    data, key = tmp_path / "data", keys.read(product.data / "hedgerow.key")
    data.mkdir()
    eventually(lambda: (product.data / around.NAME).exists())
    for name in ("demo.txt", "prepared.txt", around.NAME):
        copy2(product.data / name, data / name)
    copy_database(product.data, data, key)
    drop.make_ready(data, key)
    found = slots.with_passphrase(slots.Slots(), key, "Dana Okafor", PASSPHRASE)
    slots.save(data, found, key)
    with running(tmp_path) as started:
        eventually(lambda: "Hedgerow is locked" in started.said)
        yield started


def test_f39_a_worry_is_sent_while_it_is_locked_and_read_once_it_is_open(
    locked: Product, browser: Browser
) -> None:
    screens = Screens(Windows(browser, locked.address), {})
    code = _send(screens.open(PHONE))
    assert files_with(locked.data, WORRY) == []
    desk = screens.open(DESKTOP)
    _unlock(desk)

    _key_is_in_no_process(locked)
    sign_in(desk, "dana")
    desk.goto("/at/sunflowers/concerns/")
    second_check(desk)
    eventually(lambda: _finds(desk))
    axe_clean(desk)

    desk.goto("/at/sunflowers/lock/")
    axe_clean(desk, "Locking and keys")
    expect(desk.get_by_text("Sent while the records could not take it")).to_be_visible()
    desk.get_by_role("button", name="Lock now").click()
    eventually(lambda: locked.said.count("Hedgerow is locked") == 2)
    assert code not in locked.said
    assert files_with(locked.data, WORRY) == []


def _send(phone: Page) -> str:
    """Fill in the form where the poster at the door leads to; the code on the receipt."""
    phone.goto("/at/sunflowers/tell-us/")
    phone.get_by_label("What happened, or what worries you?").fill(WORRY)
    phone.get_by_role("button", name="Send").tap()
    axe_clean(phone, "Report a concern at Sunflowers")
    phone.get_by_label("No", exact=True).first.check()
    phone.get_by_label("I am not sure").check()
    phone.get_by_label("A parent or carer").check()
    phone.get_by_role("button", name="Send").tap()
    axe_clean(phone, "It is kept, but nobody has read it yet")
    found = CODE.search(phone.content())
    assert found, "no code on the receipt"
    return found[0]


def _unlock(desk: Page) -> None:
    """First with a wrong passphrase."""
    desk.goto("/at/sunflowers/concerns/")
    axe_clean(desk, "Hedgerow is locked")
    desk.get_by_label("Dana Okafor").check()
    desk.get_by_label("Your passphrase").fill("not this one")
    desk.get_by_role("button", name="Unlock").click()
    expect(desk.get_by_text("That is not the passphrase of this person.")).to_be_visible()
    desk.get_by_label("Your passphrase").fill(PASSPHRASE)
    desk.get_by_role("button", name="Unlock").click()
    expect(desk.get_by_label("Your e-mail address")).to_be_visible(timeout=3 * WAIT)


def _key_is_in_no_process(product: Product) -> None:
    """Neither in what a process was started with, nor in a file, nor on the screen of bin/run (F34)."""
    found = slots.read(product.data)
    key = slots.open_with_passphrase(found, found.slots[0].id, PASSPHRASE).key.hex()
    ours = 0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile, or is somebody else's
            started_with = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
            ours += str(product.data).encode() in started_with
            assert key.encode() not in started_with
    assert ours > 3 or not Path("/proc").exists()
    assert files_with(product.data, key) == []
    assert key not in product.said


def _finds(desk: Page) -> bool:
    """Whether the newest of the reports is the one that was sent."""
    desk.goto("/at/sunflowers/concerns/")
    desk.locator("main .hr-row a").last.click()
    desk.wait_for_load_state()
    return desk.get_by_text(WORRY).count() == 1
