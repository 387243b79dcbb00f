"""The builder in the browser: our suggestions are chosen already, and nothing typed is lost."""

from io import BytesIO

import docx
import pikepdf
import pytest
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from demo.cast import Nursery
from safeguarding.policies.actions.building import build_policy
from safeguarding.policies.builder import library
from safeguarding.policies.builder.given import Given
from safeguarding.policies.builder.papers.content import content_of
from safeguarding.policies.models import Adoption, PolicyAnswers, PolicyVersion
from tests.budget import MOST, queries_of
from tests.people import signed_in

MOBILE = library.texts()["mobile-technology-and-social-media-policy"]


@pytest.fixture
def dana(sunflowers: Nursery) -> Client:
    return signed_in(sunflowers.dana)


def path(nursery: Nursery, page: str, *args: object) -> str:
    return nursery.setting.link_to(f"policies:{page}", *args)


def test_from_choosing_a_policy_to_its_first_version(sunflowers: Nursery, dana: Client) -> None:
    assert MOBILE.title in dana.get(path(sunflowers, "build")).content.decode()
    dana.get(path(sunflowers, "build_overview", MOBILE.id))
    address = path(sunflowers, "build_questions", MOBILE.id, "phones")
    first = dana.get(address)
    sent = {name: field.initial for name, field in first.context["form"].fields.items()}
    assert sent["visitor-phones"] == "office-only", "what we suggest is chosen already"

    after = dana.post(address, sent | {"visitor-phones": "nowhere"})

    assert after.headers["Location"] == path(sunflowers, "build_questions", MOBILE.id, "social")
    text = path(sunflowers, "build_preview", MOBILE.id)
    assert "whoever needs to ring somebody asks for our phone" in dana.get(text).content.decode()
    dana.post(text, {"change_note": "Our first version."})
    [version] = PolicyVersion.objects.all()
    assert version.change_note == "Our first version."
    assert "above all the classroom" in dana.get(version.get_absolute_url()).content.decode()
    shown = dana.get(path(sunflowers, "build")).content.decode()
    assert path(sunflowers, "version_pdf", version.pk) in shown


def test_the_last_page_keeps_facts_and_leads_to_the_text(sunflowers: Nursery, dana: Client) -> None:
    facts = path(sunflowers, "build_questions", MOBILE.id, "facts")
    said = {"channels": "Facebook", "poster_place": "in the hall"}
    when = {"review_date_day": "1", "review_date_month": "6", "review_date_year": "2027"}

    after = dana.post(facts, said | when)

    assert after.headers["Location"] == path(sunflowers, "build_preview", MOBILE.id)
    text = dana.get(path(sunflowers, "build_preview", MOBILE.id)).content.decode()
    assert "1 June 2027" in text
    assert "in the hall" in text
    assert PolicyAnswers.objects.get().answers["facts"]["channels"] == "Facebook"


def test_a_wrong_date_keeps_what_was_typed(sunflowers: Nursery, dana: Client) -> None:
    facts = path(sunflowers, "build_questions", MOBILE.id, "facts")
    answer = dana.post(
        facts, {"channels": "Our page", "review_date_day": "41", "review_date_month": "1"}
    )

    assert answer.status_code == 422
    assert "Our page" in answer.content.decode()
    assert not PolicyAnswers.objects.exists()


def test_there_is_no_other_text_and_no_other_page(sunflowers: Nursery, dana: Client) -> None:
    assert dana.get(path(sunflowers, "build_overview", "no-such-policy")).status_code == 404
    assert dana.get(path(sunflowers, "build_questions", MOBILE.id, "odd")).status_code == 404


def test_building_is_for_those_who_write_policies(sunflowers: Nursery) -> None:
    priya = signed_in(sunflowers.priya)

    assert priya.get(path(sunflowers, "build")).status_code == 403
    assert priya.get(path(sunflowers, "build_preview", MOBILE.id)).status_code == 403


def test_pages_stay_within_the_budget(sunflowers: Nursery, dana: Client) -> None:
    build_policy(by=sunflowers.dana, text=MOBILE, given=Given())
    pages = [
        path(sunflowers, "build"),
        path(sunflowers, "build_overview", MOBILE.id),
        path(sunflowers, "build_questions", MOBILE.id, "phones"),
        path(sunflowers, "build_preview", MOBILE.id),
    ]
    for page in pages:
        assert len(queries_of(dana, page)) <= MOST, page


def test_the_pdf_is_tagged_and_says_what_it_is(sunflowers: Nursery) -> None:
    version = build_policy(by=sunflowers.dana, text=MOBILE, given=Given())
    priya = signed_in(sunflowers.priya)
    address = path(sunflowers, "version_pdf", version.pk)
    answer = priya.get(address)

    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="mobile-technology-and-social-media-policy-1.pdf"'
    )
    with pikepdf.open(BytesIO(answer.content)) as paper:
        assert paper.Root.MarkInfo.Marked
        assert str(paper.Root.Lang) == "en-GB"
        assert paper.docinfo["/Title"] == MOBILE.title
    pages = PdfReader(BytesIO(answer.content)).pages
    words = pages[0].extract_text() + pages[-1].extract_text()
    assert "DRAFT" in words
    assert "Contents" in words
    assert version.digest[:20] in words.replace("\n", "")


def test_an_adopted_version_says_when_and_is_no_draft(sunflowers: Nursery) -> None:
    version = build_policy(by=sunflowers.dana, text=MOBILE, given=Given())
    Adoption.objects.create(
        setting=version.setting,
        version=version,
        adopted_on=version.created_at.date(),
        adopted_by=sunflowers.omar,
        digest=version.digest,
    )
    said = content_of(version)

    assert said["state"].startswith("Adopted on ")
    assert not said["is_draft"]


def test_the_word_file_counts_its_own_numbers(
    sunflowers: Nursery, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    version = build_policy(by=sunflowers.dana, text=MOBILE, given=Given())
    priya = signed_in(sunflowers.priya)
    with django_assert_max_num_queries(MOST):
        answer = priya.get(path(sunflowers, "version_word", version.pk))
    paper = docx.Document(BytesIO(answer.content))

    headings = [row for row in paper.paragraphs if row.style and row.style.name == "Heading 1"]
    assert headings[0].text == "What this policy is for"
    assert all(row._p.pPr is not None and row._p.pPr.numPr is not None for row in headings), (
        "Word counts them"
    )
    assert paper.core_properties.title == MOBILE.title
    assert paper.core_properties.language == "en-GB"
    contents = [row.text for row in paper.paragraphs if row.style and row.style.name == "TOC 1"]
    assert contents[0] == "1 What this policy is for"


def test_a_version_of_another_setting_is_not_there(
    sunflowers: Nursery, bluebells: Nursery, dana: Client
) -> None:
    version = build_policy(by=sunflowers.dana, text=MOBILE, given=Given())
    other = signed_in(bluebells.dana)

    assert other.get(path(bluebells, "version_pdf", version.pk)).status_code == 404
