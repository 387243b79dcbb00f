"""A picture of a child that must not exist: none enters by any way, and no step is skipped."""

import base64
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import FilePayload, Page, expect

from .product import Product
from .report import send, write_report
from .screens import DESKTOP, TABLET, Screens, axe_clean

pytestmark = [pytest.mark.journey, pytest.mark.once]

PICTURE = b"\x89PNG\r\n\x1a\n" + b"hedgerow-journey-picture" * 9
AS_TEXT = base64.b64encode(PICTURE).decode()
REFUSED = "Pictures are never kept here, and nothing of it was stored."
FILE: FilePayload = {"name": "IMG_0001.png", "mimeType": "image/png", "buffer": PICTURE}
ABOUT_A_PICTURE = "A nude or part-nude picture or video of a child"

LOCKED = ("This step is locked", "This step cannot be left out", "This case cannot be closed yet")

COPY_A_PICTURE = """async () => {
  const canvas = new OffscreenCanvas(8, 8);
  canvas.getContext("2d").fillRect(0, 0, 8, 8);
  const image = await canvas.convertToBlob({type: "image/png"});
  await navigator.clipboard.write([new ClipboardItem({"image/png": image})]);
}"""
COPY_TEXT = "text => navigator.clipboard.writeText(text)"
DRAGGED = """text => {
  const bytes = Uint8Array.from(atob(text), one => one.charCodeAt(0));
  const dragged = new DataTransfer();
  dragged.items.add(new File([bytes], "IMG_0001.png", {type: "image/png"}));
  return dragged;
}"""
WHERE_IT_STANDS = """
from django.db import connection
marks = {marks}
with connection.cursor() as cursor:
    for table in connection.introspection.table_names(cursor):
        cursor.execute(f'SELECT * FROM "{{table}}"')
        for row in cursor.fetchall():
            text = " ".join(
                bytes(one).decode("latin-1") if isinstance(one, bytes | memoryview) else str(one)
                for one in row
            )
            if any(mark in text for mark in marks):
                print(table)
from django.apps import apps
from foundation.encrypted import EncryptedTextField
for model in apps.get_models():
    names = [one.name for one in model._meta.fields if isinstance(one, EncryptedTextField)]
    for row in model._base_manager.all() if names else ():
        text = " ".join(str(getattr(row, name)) for name in names)
        if any(mark in text for mark in marks):
            print(model._meta.db_table)
"""
THE_MIDDLE = """
from demo.cast import find_nursery
from demo.walker import Do, Walk
from demo.words import Answers, Decision, LeftOut, Note, Parents, Referral, Risk, Support
from safeguarding.concerns.models import Case
here = find_nursery("sunflowers")
walk = Walk(here, Case.objects.get(pk="{case}"), here.dana)
police = Referral("police", "Telephone 101", "What I was told. No reply is needed.")
social_care = Referral("social-care", "Telephone", "The same. No reply is needed.")
risk = Risk("Low.", vulnerability="Nothing known.", checks="Nothing known.")
words = {{
    "tell-lead": Note("In person."), "follow-guidance": Decision("As it says.", "It is in force."),
    "secure-device": LeftOut("No device is in reach."), "urgent-questions": Answers(),
    "refer-police": police, "refer-social-care": social_care, "ask-advice": LeftOut("No doubt."),
    "report-address": LeftOut("On no page."), "assess-risk": risk, "check-need-to-look": Answers(),
    "tell-parents": Parents("What happened.", who="His mother", told_by="Dana"),
    "support": Support("Time and calm.", child="kit"), "work-together": LeftOut("Nobody else."),
    "sanctions": LeftOut("None is called for."), "check-deleting": Answers(),
}}
for step, said in words.items():
    walk._carry_out(Do(step, 0, said))
"""


@pytest.mark.every_time
def test_no_way_of_adding_a_picture_to_a_report_works(screens: Screens, product: Product) -> None:
    page = screens.of("priya", TABLET, permissions=["clipboard-read", "clipboard-write"])
    write_report(page, "I was told of a picture.", kind=ABOUT_A_PICTURE)
    box = page.get_by_label("What did you see?")
    for copy in (COPY_A_PICTURE, COPY_TEXT):
        page.evaluate(copy, f"data:image/png;base64,{AS_TEXT}")
        box.press("Control+V")
        _is_refused(page)
    box.dispatch_event("drop", {"dataTransfer": page.evaluate_handle(DRAGGED, AS_TEXT)})
    _is_refused(page)
    axe_clean(page, "Report a concern", picture="report, picture refused")
    assert page.locator("input[type=file]").count() == 0

    box.fill(f"I was told of a picture. data:image/png;base64,{AS_TEXT} Nothing else.")
    page.get_by_role("button", name="Send", exact=True).tap()
    expect(page.locator(".govuk-error-summary")).to_contain_text("A picture was pasted here.")
    expect(box).to_have_value(re.compile("^I was told of a picture. .*kept.* Nothing else.$"))
    axe_clean(page, "Report a concern", picture="report, picture taken out")
    _attach_a_file(page)
    send(page)
    expect(page.get_by_text("A file came with that form.")).to_be_visible()
    axe_clean(page, "Your report was received", picture="receipt, file refused")
    assert _kept_in(product) == []
    assert _tables_with(product, "I was told of a picture.") == {"concerns_concern"}
    assert _tables_with(product, PICTURE[8:40].decode(), AS_TEXT[16:80]) == set()


def _is_refused(page: Page) -> None:
    box = page.get_by_label("What did you see?")
    expect(page.get_by_role("alert").filter(has_text=REFUSED)).to_be_visible()
    expect(box).to_have_value("I was told of a picture.")
    page.evaluate("document.getElementById('no-pictures').remove()")


def _attach_a_file(page: Page) -> None:
    """Send the form as no page of ours would: with a file."""
    page.evaluate(
        """() => {
          const form = document.querySelector("main form");
          form.enctype = "multipart/form-data";
          const file = document.createElement("input");
          Object.assign(file, {type: "file", name: "picture", ariaLabel: "Picture"});
          form.append(file);
        }"""
    )
    page.get_by_label("Picture", exact=True).set_input_files([FILE])


def _tables_with(product: Product, *marks: str) -> set[str]:
    """Tables in which any of these words stand, in any column of any row, opened where encrypted."""
    return set(product.shell(WHERE_IT_STANDS.format(marks=marks)).split())


def _kept_in(product: Product) -> list[str]:
    """Files of the data folder that hold the picture, as bytes or as text."""
    marks = (PICTURE[8:40], AS_TEXT[16:80].encode())
    files = [one for one in product.data.rglob("*") if one.is_file() and not one.is_symlink()]
    return [str(one) for one in files if any(mark in one.read_bytes() for mark in marks)]


@pytest.mark.every_time
def test_a_case_about_a_picture_closes_only_when_every_gate_was_passed(
    screens: Screens, product: Product
) -> None:
    tablet = screens.of("sam", TABLET)
    write_report(tablet, "Kit spoke of a picture.", kind=ABOUT_A_PICTURE)
    report, page = send(tablet), screens.reader("dana", DESKTOP)
    page.goto(f"/at/sunflowers/concerns/{report}/")
    page.get_by_role("link", name="Take it forward").click()
    axe_clean(page, "Take report")
    page.get_by_label("A short name for the case").fill("What Kit spoke of")
    page.get_by_label("Why are you taking it forward?").fill("It may be a crime.")
    page.get_by_role("button", name="Open a case").click()
    axe_clean(page, "What Kit spoke of", picture="case about a picture, new")
    expect(page.get_by_role("heading", name="No picture may enter this record")).to_be_visible()
    case = page.url

    _first_facts(page)
    links = page.locator("main a[href*='/procedures/']").evaluate_all(
        "found => found.map(one => one.getAttribute('href'))"
    )
    run = next(one for one in links if re.search(r"/procedures/[0-9a-f-]{36}/[a-z]", one))
    for step in ("look", "delete", "check-deleting", "review", "review/left-out"):
        _is_locked(page, re.sub(r"[\w-]+/(left-out/)?$", f"{step}/", run))
    _is_locked(page, f"{case}closure/")
    page.goto(f"{case}closure/")
    axe_clean(page, "This case cannot be closed yet")

    product.shell(THE_MIDDLE.format(case=case.rstrip("/").rpartition("/")[2]))
    page.goto(f"{case}closure/")
    axe_clean(page, "This case cannot be closed yet")
    page.goto(re.sub(r"[\w-]+/$", "review/", run))
    page.get_by_label("How was it handled").fill("Calmly.")
    page.get_by_role("button", name="Save").click()
    axe_clean(page, "What Kit spoke of", picture="case about a picture, all settled")
    page.get_by_role("link", name="Close this case").click()
    page.get_by_label("What was the outcome?").fill("Everybody is safe.")
    page.get_by_role("button", name="Close the case").click()
    expect(page.get_by_role("link", name="Reopen")).to_be_visible()


def _first_facts(page: Page) -> None:
    """Answer the first questions on their page: there is no device, system or setting but ours."""
    case = page.url
    page.locator("main a[href*='/first-facts/']").first.click()
    axe_clean(page, "Answer from what you were told", picture="step with questions")
    for name in ("device-in-reach", "on-our-systems", "other-setting"):
        page.locator(f"[name={name}][value=no]").check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(case)


def _is_locked(page: Page, address: str) -> None:
    """Sending everything such a step could want does nothing while it is locked."""
    key = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    day = datetime.now(ZoneInfo("Europe/London")).date()
    when = {"on_0": str(day.day), "on_1": str(day.month), "on_2": str(day.year)}
    words = ("text", "reason", "outcome", "deleted_by", "witness")
    form = dict.fromkeys(words, "Done.") | dict.fromkeys(
        ("no-agency-needed", "deleting-is-safe", "no-other-way", "second-senior-person"), "yes"
    )
    answer = page.request.post(address, form={**form, **when, "csrfmiddlewaretoken": key})
    assert answer.status == 422, address
    assert any(said in answer.text() for said in LOCKED), address
