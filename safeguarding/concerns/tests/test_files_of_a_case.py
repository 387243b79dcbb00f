"""A case takes letters and papers, unless pictures may come; every other page goes on taking none."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as conf
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, CaseFile, Entry
from safeguarding.documents.models import StoredFile
from safeguarding.procedures.library import definitions
from tests.architecture.addresses import inside, outside
from tests.people import signed_in

from .given import IMAGE, a_case, a_report, about, filed, opened

LETTER = b"What his mother wrote: he is sad."
PNG = b"\x89PNG\r\n\x1a\n" + b"HEDGEHOG" * 40


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.FILES = tmp_path / "files"
    return tmp_path


def link(case: Case) -> str:
    return case.setting.link_to("concerns:add_file", case.pk)


def sent(browser: Client, case: Case, name: str = "letter.txt", content: bytes = LETTER) -> Any:
    """As in life: the form is read before the page, to look for the token."""
    browser.handler.enforce_csrf_checks = True
    browser.get(case.setting.link_to("concerns:report"))
    key = browser.cookies[conf.CSRF_COOKIE_NAME].value
    form = {"text": "From his mother.", **_today(), "csrfmiddlewaretoken": key}
    return browser.post(link(case), {**form, "file": SimpleUploadedFile(name, content)})


def _today() -> dict[str, int]:
    day = timezone.localdate()
    return {"on_day": day.day, "on_month": day.month, "on_year": day.year}


def added(n: Nursery, case: Case) -> CaseFile:
    return actions.add_file(by=n.dana, case=case, name="letter.txt", content=LETTER, text="Hers.")


def nothing_was_kept(folder: Path) -> bool:
    return not StoredFile.objects.exists() and not [*folder.rglob("*")]


def test_a_letter_is_added_and_saved_again_as_a_download(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    browser = signed_in(n.dana)
    assert sent(browser, case).status_code == 302
    page = browser.get(n.setting.link_to("concerns:chronology", case.pk)).content.decode()
    assert "Save letter.txt" in page

    file = CaseFile.objects.get()
    answer = browser.get(n.setting.link_to("concerns:file", case.pk, file.pk))

    assert answer.content == LETTER
    assert answer["Content-Disposition"] == 'attachment; filename="letter.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["Cache-Control"] == "no-store"
    assert Line.objects.filter(event="file.read", actor_id=n.dana.pk).count() == 1


def test_what_is_refused_says_why_and_loses_nothing_that_was_typed(
    sunflowers: Nursery, folder: Path, subtests: pytest.Subtests
) -> None:
    case = a_case(sunflowers.priya, sunflowers.dana)
    browser = signed_in(sunflowers.dana)
    for name, content, why in (
        ("beach.png", PNG, "cannot be added"),
        ("beach.txt", PNG, "not what its name says"),
        ("big.txt", b"x" * (11 * 1024 * 1024), "larger than 10 MB"),
    ):
        with subtests.test(name):
            answer = sent(browser, case, name, content)
            page = answer.content.decode()

            assert answer.status_code == 422
            assert why in page
            assert "From his mother." in page
            assert "HEDGEHOG" not in page
            assert nothing_was_kept(folder)
    assert not Entry.objects.filter(kind="file").exists()


def imagery(n: Nursery) -> list[Case]:
    """A case about a picture, and an allegation on which such a procedure runs."""
    allegation = opened(n.dana, filed(n.priya, about(n.sam)), procedures=["allegation", IMAGE])
    return [a_case(n.priya, n.dana, a_report(IMAGE)), allegation]


def test_where_pictures_may_come_there_is_no_such_page(sunflowers: Nursery, folder: Path) -> None:
    n = sunflowers
    for case in imagery(n):
        browser = signed_in(n.dana)
        assert browser.get(link(case)).status_code == 404
        assert sent(browser, case).status_code == 404
        with pytest.raises(RuleBroken, match="takes no file"):
            added(n, case)
        page = browser.get(n.setting.link_to("concerns:case", case.pk)).content.decode()
        assert link(case) not in page
    assert nothing_was_kept(folder)


def test_the_first_byte_is_kept_only_for_who_may_add_it(
    sunflowers: Nursery, bluebells: Nursery, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    n = sunflowers
    taken: list[str] = []

    def watched(*args: Any) -> Any:
        taken.append("kept")
        return BytesIO(*args)

    monkeypatch.setattr("foundation.uploads.BytesIO", watched)
    case, picture = a_case(n.priya, n.dana), imagery(n)[0]
    for browser, to in (
        (signed_in(n.priya), case),
        (signed_in(bluebells.dana), case),
        (signed_in(n.dana, second_check=False), case),
        (signed_in(n.dana), picture),
    ):
        assert sent(browser, to).status_code in {302, 404}
    assert taken == []
    assert sent(signed_in(n.dana), case).status_code == 302
    assert taken == ["kept"]
    assert StoredFile.objects.count() == 1


def test_only_a_few_addresses_take_a_file() -> None:
    takes = {str(one) for one in (*inside(), *outside()) if hasattr(one.view, "may_take_file")}

    assert takes == {
        *("concerns:add_file", "people:import_children", "people:import_staff"),
        *("policies:bring_in", "policies:bring_in_version", "training:add_certificate"),
        "agreements:write_down",
    }


def test_a_file_under_another_name_or_a_second_one_is_dropped(
    sunflowers: Nursery, folder: Path
) -> None:
    case = a_case(sunflowers.priya, sunflowers.dana)
    two = [SimpleUploadedFile("a.txt", b"one"), SimpleUploadedFile("b.txt", b"two")]
    other = SimpleUploadedFile("c.txt", b"three")
    form = {"text": "Two.", **_today(), "file": two, "picture": other}
    assert signed_in(sunflowers.dana).post(link(case), form).status_code == 302

    assert [stored.name for stored in StoredFile.objects.all()] == ["a.txt"]


def test_once_a_case_is_about_a_picture_its_files_stay_closed_until_a_lead_has_said(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    file = added(n, case)
    with pytest.raises(RuleBroken, match="nothing to say"):
        actions.clear_files(by=n.dana, case=case, reason="To have said it beforehand.")
    actions.start_procedure(by=n.dana, case=case, definition=definitions()[IMAGE], reason="Maybe.")
    browser = signed_in(n.dana)
    place = n.setting.link_to("concerns:file", case.pk, file.pk)
    closed = browser.get(place)
    assert closed.status_code != 200
    assert "stay closed" in closed.content.decode()
    assert LETTER not in closed.content

    clear = n.setting.link_to("concerns:clear_files", case.pk)
    assert clear in browser.get(n.setting.link_to("concerns:chronology", case.pk)).content.decode()
    assert browser.post(clear, {"reason": "It is a letter on paper."}).status_code == 302
    assert browser.get(place).content == LETTER


def test_who_does_not_read_the_case_reads_no_file_of_it(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    n = sunflowers
    case = opened(n.dana, filed(n.priya, about(n.devi)))
    file = added(n, case)
    for member in (n.devi, n.priya, n.tariq, bluebells.dana):
        place = member.setting.link_to("concerns:file", case.pk, file.pk)
        assert signed_in(member).get(place).status_code == 404
        with pytest.raises(PermissionDenied):
            actions.read_file(by=member, case_file=file)
        with pytest.raises(PermissionDenied):
            actions.add_file(by=member, case=case, name="a.txt", content=b"x", text="x")


def test_a_file_is_found_only_under_its_own_case(sunflowers: Nursery) -> None:
    n = sunflowers
    file = added(n, a_case(n.priya, n.dana))
    other = a_case(n.priya, n.dana)
    place = n.setting.link_to("concerns:file", other.pk, file.pk)

    assert signed_in(n.dana).get(place).status_code == 404
