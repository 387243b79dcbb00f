"""No picture and no file gets in: not stored, not shown again, not left behind (rule R33, test F38)."""

import base64
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import BinaryField, FileField

from demo.cast import Nursery
from foundation.encrypted import EncryptedTextField
from safeguarding.concerns.models import Concern
from tests.people import signed_in

from .given import IMAGE, SAID, a_case, a_report, typed

MARK = b"HEDGEHOG-PICTURE-MARK"
PNG = b"\x89PNG\r\n\x1a\n" + MARK * 40
DATA_URL = "data:image/png;base64," + base64.b64encode(PNG).decode()


def everything_stored() -> str:
    """Every value of every row of every table, as text; what is encrypted, opened as well."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  our own tables
            found.append(repr(cursor.fetchall()))
    for model in apps.get_models():
        fields = model._meta.concrete_fields
        names = [one.name for one in fields if isinstance(one, EncryptedTextField)]
        found += [str(getattr(row, name)) for row in model.objects.all() for name in names]  # type: ignore[attr-defined]
    return "\n".join(found)


def test_a_pasted_picture_is_refused_and_not_shown_again(
    sunflowers: Nursery, subtests: pytest.Subtests
) -> None:
    for box in ["saw", "heard", "asked", "did", "think", "web_address", "place"]:
        with subtests.test(box):
            browser = signed_in(sunflowers.priya)
            link = sunflowers.setting.link_to("concerns:report")
            answer = browser.post(link, typed() | {box: f"He showed {DATA_URL} to her"})
            page = answer.content.decode()

            assert answer.status_code == 422
            assert "A picture was pasted here" in page
            assert DATA_URL[:60] not in page
            assert "He showed" in page
            assert not Concern.objects.exists()
            assert DATA_URL[30:90] not in everything_stored()


def test_words_kept_for_the_second_check_hold_no_picture_either(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report(IMAGE))
    link = n.setting.link_to("concerns:work", case.pk, "entry")
    browser = signed_in(n.dana)

    answer = browser.post(link, {"kind": "note", "text": DATA_URL})

    assert answer.status_code == 422
    assert case.entries.filter(kind="note").count() == 0
    assert DATA_URL[30:90] not in answer.content.decode() + everything_stored()


def test_a_file_is_dropped_unread_and_the_report_is_kept(
    sunflowers: Nursery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    picture = SimpleUploadedFile("beach.png", PNG * 5_000, "image/png")  # over the memory limit
    browser = signed_in(sunflowers.priya)
    browser.handler.enforce_csrf_checks = True  # as in life: then the form is read before the page
    link = sunflowers.setting.link_to("concerns:report")
    browser.get(link)
    key = browser.cookies[settings.CSRF_COOKIE_NAME].value
    form = {**typed(), "picture": picture, "csrfmiddlewaretoken": key}

    answer = browser.post(link, form, follow=True)

    assert answer.status_code == 200
    assert "Files and pictures are not taken here" in answer.content.decode()
    assert Concern.objects.get().heard == SAID
    stored = everything_stored()
    assert SAID in stored, "the search looks where words are kept"
    assert MARK.decode() not in stored
    assert "beach.png" not in stored
    assert list(tmp_path.rglob("*")) == []


def test_a_file_in_the_place_of_words_is_no_words(sunflowers: Nursery) -> None:
    picture = SimpleUploadedFile("heard", MARK, "text/plain")
    answers: dict[str, object] = {**typed(), "heard": picture}
    link = sunflowers.setting.link_to("concerns:report")

    assert signed_in(sunflowers.priya).post(link, answers).status_code == 422
    assert MARK.decode() not in everything_stored()


def test_no_table_of_ours_has_a_place_for_a_file() -> None:
    places = [
        field
        for model in apps.get_models()
        if model._meta.app_label in {"concerns", "procedures", "notifications"}
        for field in model._meta.get_fields()
        if isinstance(field, FileField | BinaryField)
    ]
    assert places == []
