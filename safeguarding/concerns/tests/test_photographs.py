"""Photographs enter a case only where a setting chose it, and never a case that may be about one."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageChops, ImageOps

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, CaseFile, PicturesChoice
from safeguarding.documents.cleaning import clean
from safeguarding.notifications.models import Notification
from tests.people import signed_in

from .given import IMAGE, a_case, a_report, about
from .test_files_of_a_case import _today, link


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.FILES = tmp_path / "files"
    return tmp_path


@pytest.fixture(scope="module")
def photograph() -> bytes:
    """A small picture that says where it was taken."""
    drawn, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "zqcamera"
    Image.new("RGB", (40, 30), "green").save(drawn, "JPEG", exif=exif)
    return drawn.getvalue()


def allowed(n: Nursery) -> PicturesChoice:
    return actions.choose_pictures(by=n.dana, takes=True, reason="Parents photograph letters.")


def add(n: Nursery, case: Case, content: bytes) -> CaseFile:
    return actions.add_file(by=n.dana, case=case, name="letter.jpg", content=content, text="Hers.")


def test_no_case_takes_one_until_somebody_chose_it(sunflowers: Nursery, photograph: bytes) -> None:
    n = sunflowers
    with pytest.raises(RuleBroken):
        add(n, a_case(n.priya, n.dana), photograph)

    allowed(n)
    kept = add(n, a_case(n.priya, n.dana), photograph)

    assert b"zqcamera" in photograph
    assert b"zqcamera" not in actions.read_file(by=n.dana, case_file=kept)
    actions.choose_pictures(by=n.morgan, takes=False, reason="Words are enough.")
    with pytest.raises(RuleBroken):
        add(n, a_case(n.priya, n.dana), photograph)


@pytest.mark.parametrize("held", range(1, 9))
def test_a_photograph_is_kept_upright_however_the_tablet_was_held(held: int) -> None:
    """The camera notes how it was held where it notes the place: what is left must be turned instead."""
    said, as_held = Image.Exif(), BytesIO()
    said[0x0112] = held
    letter = Image.new("RGB", (40, 32), "white")
    letter.paste("black", (0, 0, 16, 8))
    letter.save(as_held, "JPEG", exif=said, quality=95)

    kept = Image.open(BytesIO(clean("letter.jpg", as_held.getvalue(), pictures=True).content))
    meant = ImageOps.exif_transpose(Image.open(as_held)).convert("L")
    assert kept.size == meant.size
    assert max(ImageChops.difference(kept.convert("L"), meant).tobytes()) < 60


def test_words_on_nothing_stay_to_be_read() -> None:
    """A screenshot may have no ground: black on black would be gone for good."""
    drawn, ground = BytesIO(), Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    ground.paste((0, 0, 0, 255), (5, 5, 9, 9))
    ground.save(drawn, "PNG")

    kept = Image.open(BytesIO(clean("words.png", drawn.getvalue(), pictures=True).content))
    assert (kept.getpixel((0, 0)), kept.getpixel((6, 6))) == ((255, 255, 255), (0, 0, 0))


def test_a_case_of_a_picture_or_about_an_adult_takes_none_whatever_was_chosen(
    sunflowers: Nursery, photograph: bytes
) -> None:
    n = sunflowers
    allowed(n)
    imagery = a_case(n.priya, n.dana, a_report(IMAGE))
    adult = a_case(n.priya, n.dana, about(n.sam))

    assert (imagery.record_class, adult.record_class) == ("C4", "C3")
    for case in (imagery, adult):
        assert not case.takes_pictures
        with pytest.raises(RuleBroken):
            add(n, case, photograph)


def test_lead_and_manager_choose_say_why_and_tell_each_other(sunflowers: Nursery) -> None:
    n = sunflowers
    for person in (n.devi, n.priya, n.tariq, n.cleo, n.pat):
        with pytest.raises(PermissionDenied):
            actions.choose_pictures(by=person, takes=True, reason="Because.")
    with pytest.raises(RuleBroken):
        actions.choose_pictures(by=n.dana, takes=True, reason=" ")

    chosen = allowed(n)

    with pytest.raises(RuleBroken, match="already"):
        allowed(n)
    told = Notification.objects.filter(kind="pictures_chosen")
    assert [one.recipient_id for one in told] == [n.morgan.pk]
    assert Line.objects.filter(event="pictures.chosen", subject_id=chosen.pk).exists()


def test_the_page_shows_how_it_is_and_the_form_asks_to_look_first(
    sunflowers: Nursery, photograph: bytes
) -> None:
    n = sunflowers
    browser, case = signed_in(n.dana), a_case(n.priya, n.dana)
    choose = n.setting.link_to("concerns:pictures")
    assert "No case takes a photograph" in browser.get(choose).content.decode()
    assert signed_in(n.devi).get(choose).status_code == 403
    assert ".jpg" not in browser.get(link(case)).content.decode()

    browser.post(choose, {"takes": "yes", "reason": "Parents photograph letters."})

    assert "take photographs</strong>" in browser.get(choose).content.decode()
    assert ".jpg" in browser.get(link(case)).content.decode()
    form = {"text": "From his mother.", **_today()}
    refused = browser.post(link(case), {**form, "file": SimpleUploadedFile("a.jpg", photograph)})
    assert refused.status_code == 422
    assert "Look at what it shows" in refused.content.decode()
    form["looked"] = "on"
    taken = browser.post(link(case), {**form, "file": SimpleUploadedFile("a.jpg", photograph)})
    assert taken.status_code == 302
    assert CaseFile.objects.count() == 1
