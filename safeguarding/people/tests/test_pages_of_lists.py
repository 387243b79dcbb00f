"""Bringing in a list through its pages, and the one address at which a file is read at all."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from foundation.jobs.worker import run_ready
from safeguarding.people.actions import MANY
from safeguarding.people.importing.forms import MOST_BYTES
from safeguarding.people.importing.kept import Kept
from safeguarding.people.models import Child, Import, ImportText, Member
from tests.budget import MOST as MOST_QUERIES
from tests.budget import queries_of
from tests.people import signed_in

from .cast import Place, events
from .lists import ASH_FILE, HEADINGS, begun

MARK = b"MARK-8f2c"


def send(client: Client, place: Place, data: bytes, *, field: str = "file") -> Any:
    file = SimpleUploadedFile("children.csv", data, "text/csv")
    return client.post(place.at("people/import/children/"), {field: file})


def goes_to(answer: Any) -> str:
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_a_file_is_brought_in_step_by_step_and_nothing_is_saved_before_the_last(
    sunflowers: Place,
) -> None:
    mo = signed_in(sunflowers.member("Mo"))
    columns = goes_to(send(mo, sunflowers, ASH_FILE.encode("utf-16")))
    of = Import.objects.get()
    chosen = {f"column_{n}": one for n, one in enumerate(Kept(of).offered)}
    preview = goes_to(mo.post(columns, chosen))
    page = mo.get(preview).content.decode()
    assert "Ash Vale" in page
    assert not Child.objects.filter(full_name="Ash Vale").exists()

    plan = re.search(r'name="plan" value="(\w+)"', page)
    assert plan
    done = goes_to(mo.post(preview, {"plan": plan[1]}))

    assert b"The list is in" in mo.get(done).content
    assert Child.objects.filter(full_name="Ash Vale").exists()
    assert b"1 new" in mo.get(sunflowers.at("people/import/")).content


def test_pasted_text_is_brought_in_as_well(sunflowers: Place) -> None:
    mo = signed_in(sunflowers.member("Mo"))

    answer = mo.post(sunflowers.at("people/import/children/"), {"pasted": ASH_FILE})

    assert goes_to(answer).endswith("/columns/")


def test_the_columns_are_remembered_for_the_same_headings_and_in_this_setting_only(
    sunflowers: Place, bluebells: Place
) -> None:
    mo = signed_in(sunflowers.member("Mo"))
    text = "Wer,Wo\nAsh Vale,Oaks"
    columns = goes_to(mo.post(sunflowers.at("people/import/children/"), {"pasted": text}))
    mo.post(columns, {"column_0": "full_name", "column_1": "room"})

    again = goes_to(mo.post(sunflowers.at("people/import/children/"), {"pasted": text}))
    there = signed_in(bluebells.member("Mo"))
    other = goes_to(there.post(bluebells.at("people/import/children/"), {"pasted": text}))

    assert b'value="full_name" selected' in mo.get(again).content
    assert b'value="full_name" selected' not in there.get(other).content


def test_month_and_day_are_asked_for_where_nobody_could_tell(sunflowers: Place) -> None:
    mo = signed_in(sunflowers.member("Mo"))
    text = "Full name,Date of birth\nAsh Vale,04/03/2022"
    columns = goes_to(mo.post(sunflowers.at("people/import/children/"), {"pasted": text}))
    sent = {"column_0": "full_name", "column_1": "born_on"}

    assert b"from the list nobody could tell" in mo.post(columns, sent).content
    goes_to(mo.post(columns, {**sent, "day_first": "no"}))

    lines, _ = Kept(Import.objects.get()).lines
    assert str(lines[0].born_on) == "2022-04-03"  # type: ignore[union-attr]


def test_a_heading_that_would_turn_the_page_round_is_shown_harmless(sunflowers: Place) -> None:
    mo = signed_in(sunflowers.member("Mo"))
    text = "Full name,\u202emooR\nAsh Vale,<b>\u202e"
    columns = goes_to(mo.post(sunflowers.at("people/import/children/"), {"pasted": text}))

    page = mo.get(columns).content.decode()

    assert "\u202e" not in page
    assert "<b>" not in page


def test_lines_to_put_right_are_left_out_only_when_somebody_says_so(sunflowers: Place) -> None:
    mo = sunflowers.member("Mo")
    of = begun(mo, "Ash Vale,27/03/2022,,,,", "=1+1,27/03/2022,,,,")
    page, plan = sunflowers.at(f"people/import/{of.pk}/"), Kept(of).plan(mo).fingerprint
    client = signed_in(mo)

    assert client.post(page, {"plan": plan}).status_code == 422
    assert not Child.objects.filter(full_name="Ash Vale").exists()
    goes_to(client.post(page, {"plan": plan, "leave_out": "on"}))

    assert Child.objects.filter(full_name="Ash Vale").exists()


def test_the_lines_to_put_right_are_a_file_in_which_nothing_is_a_formula(sunflowers: Place) -> None:
    mo = sunflowers.member("Mo")
    of = begun(mo, '"=HYPERLINK(""http://x"")",27/03/2022,,,,')

    file = signed_in(mo).get(sunflowers.at(f"people/import/{of.pk}/problems/"))

    assert file["Content-Type"] == "text/csv; charset=utf-8"
    rows = file.content.decode("utf-8-sig").splitlines()
    assert rows[1].startswith("2,Full name,\"'=HYPERLINK")


@pytest.mark.parametrize("kind", ["children", "staff"])
def test_our_own_example_is_a_list_without_mistakes(sunflowers: Place, kind: str) -> None:
    mo = signed_in(sunflowers.member("Mo"))
    example = mo.get(sunflowers.at(f"people/import/{kind}/example/")).content

    file = SimpleUploadedFile("x.csv", example, "text/csv")
    columns = goes_to(mo.post(sunflowers.at(f"people/import/{kind}/"), {"file": file}))
    kept = Kept(Import.objects.get())
    goes_to(mo.post(columns, {f"column_{n}": one for n, one in enumerate(kept.offered)}))

    assert all(kept.offered)
    lines, problems = Kept(kept.of).lines
    assert (len(lines), problems) == (2, [])


def test_a_workbook_is_refused_and_says_how_to_save_a_list(sunflowers: Place) -> None:
    answer = send(signed_in(sunflowers.member("Mo")), sunflowers, b"PK\x03\x04" + MARK)

    assert answer.status_code == 422
    assert "choose CSV" in answer.content.decode()
    assert not Import.objects.exists()


def test_a_file_that_is_too_large_is_not_taken(sunflowers: Place) -> None:
    answer = send(
        signed_in(sunflowers.member("Mo")), sunflowers, b"Name,Room\n" + b"x" * MOST_BYTES
    )

    assert answer.status_code == 422
    assert "larger than 5 MB" in answer.content.decode()
    assert not Import.objects.exists()


@pytest.mark.parametrize("page", ["people:add_child", "people:add_room", "concerns:report"])
def test_no_other_page_gets_a_byte_of_a_file(sunflowers: Place, page: str) -> None:
    mo = signed_in(sunflowers.member("Mo"))
    file = SimpleUploadedFile("children.csv", MARK, "text/csv")

    answer = mo.post(sunflowers.setting.link_to(page), {"file": file})

    assert dict(answer.wsgi_request.FILES) == {}
    assert getattr(answer.wsgi_request, "refused_file", False), "nobody is told that it was dropped"


def test_only_one_box_of_the_page_takes_a_file_and_only_one(sunflowers: Place) -> None:
    mo = signed_in(sunflowers.member("Mo"))
    address = sunflowers.at("people/import/children/")
    files = [SimpleUploadedFile(name, MARK, "text/csv") for name in "abc"]

    answer = mo.post(address, {"file": files[:2], "pasted": files[2]})

    assert [len(answer.wsgi_request.FILES.getlist(name)) for name in ("file", "pasted")] == [1, 0]


@pytest.mark.parametrize("second_check", [None, False])
def test_without_sign_in_and_second_check_nothing_of_a_file_is_kept(
    sunflowers: Place, *, second_check: bool | None
) -> None:
    mo = sunflowers.member("Mo")
    client = Client() if second_check is None else signed_in(mo, second_check=second_check)

    assert "/accounts/" in goes_to(send(client, sunflowers, ASH_FILE.encode()))
    assert not ImportText.objects.exists()


def test_who_may_not_is_told_and_gets_nothing_in(sunflowers: Place) -> None:
    assert send(signed_in(sunflowers.member("Priya")), sunflowers, MARK).status_code == 403
    dana = signed_in(sunflowers.member("Dana"))
    assert dana.get(sunflowers.at("people/import/children/")).status_code == 200
    assert dana.get(sunflowers.at("people/import/staff/")).status_code == 403
    assert b"import/staff" not in dana.get(sunflowers.at("people/import/")).content


@pytest.mark.parametrize("page", ["", "columns/", "problems/", "progress/"])
def test_a_list_is_there_for_whoever_uploaded_it_and_for_nobody_else(
    sunflowers: Place, bluebells: Place, page: str
) -> None:
    of = begun(sunflowers.member("Mo"), "Ash Vale,27/03/2022,,,,")
    path = f"people/import/{of.pk}/{page}"

    assert signed_in(sunflowers.member("Mo")).get(sunflowers.at(path)).status_code == 200
    assert signed_in(sunflowers.member("Dana")).get(sunflowers.at(path)).status_code == 404
    assert signed_in(bluebells.member("Mo")).get(bluebells.at(path)).status_code == 404
    assert len(events("import.refused")) == 2


def test_a_list_can_be_thrown_away(sunflowers: Place) -> None:
    mo = sunflowers.member("Mo")
    of = begun(mo, "Ash Vale,27/03/2022,,,,")

    goes_to(signed_in(mo).post(sunflowers.at(f"people/import/{of.pk}/forget/")))

    assert not ImportText.objects.exists()
    answer = signed_in(mo).get(sunflowers.at(f"people/import/{of.pk}/"))
    assert b"Begin again with the file" in answer.content


def many(mo: Member, count: int) -> Import:
    lines = [f"Ash{n} Vale,27/03/2022,Oaks,Vale{n},Jo{n} Vale,mother" for n in range(count)]
    return begun(mo, *lines)


def test_a_long_list_is_done_by_the_worker_while_its_page_waits(sunflowers: Place) -> None:
    mo = sunflowers.member("Mo")
    of, client = many(mo, MANY + 1), signed_in(mo)
    plan = Kept(of).plan(mo).fingerprint
    waiting = goes_to(client.post(sunflowers.at(f"people/import/{of.pk}/"), {"plan": plan}))

    page = client.get(waiting).content.decode()
    assert 'http-equiv="refresh"' in page
    assert "every 2s" in page
    assert client.get(waiting, headers={"hx-request": "true"}).status_code == 200
    assert not Child.objects.filter(full_name="Ash0 Vale").exists()
    run_ready()

    part = client.get(waiting, headers={"hx-request": "true"})
    assert part["HX-Redirect"] == waiting
    assert "The list is in" in client.get(waiting).content.decode()
    assert Child.objects.filter(full_name__startswith="Ash").count() == MANY + 1


@pytest.mark.parametrize("page", ["", "columns/", "?show=missing", "progress/"])
def test_a_page_asks_no_more_of_the_database_for_a_longer_list(
    sunflowers: Place, page: str
) -> None:
    mo = sunflowers.member("Mo")
    client = signed_in(mo)
    client.get(sunflowers.at("people/"))  # the first page of a session writes when it was used
    few, more = (
        queries_of(client, sunflowers.at(f"people/import/{many(mo, count).pk}/{page}"))
        for count in (5, 150)
    )

    assert len(few) == len(more) <= MOST_QUERIES, more


def test_headings_are_what_is_hashed_and_not_kept(sunflowers: Place) -> None:
    of = begun(sunflowers.member("Mo"), "Ash Vale,,,,,")

    kept = of.columns.get().headings
    assert re.fullmatch(r"[0-9a-f]{64}", kept)
    assert HEADINGS not in str(of.columns.values())


@pytest.mark.parametrize("kind", ["children", "staff"])
def test_the_example_in_the_documentation_is_the_one_we_give_out(
    sunflowers: Place, kind: str
) -> None:
    mo = signed_in(sunflowers.member("Mo"))
    given = mo.get(sunflowers.at(f"people/import/{kind}/example/")).content.decode("utf-8-sig")

    kept = Path(settings.BASE_DIR, "docs", "examples", f"{kind}.csv").read_text(encoding="utf-8")

    assert given.splitlines() == kept.splitlines()
