"""What every page loads: light, whole, ours, and never code inside the page."""

import datetime
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import brotli  # type: ignore[import-untyped]
import pytest
from django.core.management import call_command
from django.template.loader import get_template, render_to_string
from django.utils import timezone

from foundation import gallery
from foundation.templatetags import uk
from tests.journeys.shown import SIGNED_IN, page_with, static_file

pytestmark = pytest.mark.once
ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(
    path
    for app in ("foundation", "safeguarding", "demo")
    for path in (ROOT / app).glob("**/templates/**/*.html")
    if "node_modules" not in path.parts
)
STATIC = ROOT / "foundation" / "static" / "hedgerow"
LONDON = ZoneInfo("Europe/London")
NOW = datetime.datetime(2026, 11, 21, 10, 42, tzinfo=LONDON)


def squeezed(data: bytes) -> int:
    """Bytes over the wire. A font is squeezed already."""
    return min(len(brotli.compress(data)), len(data))


def loaded_by(html: str) -> set[str]:
    """The addresses of every file a page fetches, the typeface for English among them."""
    return set(re.findall(r'(?:src|href)="(/static/[^"]+\.(?:css|js|woff2|svg))"', html))


def test_the_first_page_is_under_100_kilobytes_and_later_ones_under_20() -> None:
    context = gallery.shown({"errors"}, NOW) | SIGNED_IN
    html = render_to_string("components/gallery.html", context)
    files = loaded_by(html)

    assert {name.rpartition("/")[2] for name in files} == {
        "atkinson-hyperlegible-next-latin.woff2",
        "govuk-frontend.min.js",
        "hedgerow.css",
        "hide-screen.js",
        "htmx.min.js",
        "leave-nothing.js",
        "mark.svg",
        "parts-of-pages.js",
        "session-clock.js",
        "submit-once.js",
    }
    page = squeezed(html.encode())
    assert page <= 20_000
    assert page + sum(squeezed(static_file(name).read_bytes()) for name in files) <= 100_000


def test_every_static_file_can_be_collected_and_none_it_names_is_missing(
    tmp_path: Path, settings: pytest.FixtureRequest
) -> None:
    storage = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = {"staticfiles": {"BACKEND": storage}}  # type: ignore[attr-defined]
    settings.STATIC_ROOT = tmp_path  # type: ignore[attr-defined]

    call_command("collectstatic", interactive=False, verbosity=0)

    assert list(tmp_path.glob("hedgerow/hedgerow.*.css.br"))


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.*s")), ids=lambda path: path.name)
def test_nothing_we_ship_bears_another_services_identity_or_calls_elsewhere(path: Path) -> None:
    source = path.read_text()

    assert not re.search(r"GDS Transport|govuk-crest|crown|gov\.uk/", source, re.IGNORECASE)
    assert "sourceMappingURL" not in source
    assert not re.search(r"url\(\s*[\"']?https?:", source)
    assert "localStorage" not in source


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)).replace("/templates", "")
)
def test_a_template_holds_no_code_and_no_style(path: Path) -> None:
    source = path.read_text()

    assert not re.search(r"<style|\sstyle\s*=", source)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", source), "no handlers inside the page"
    assert not re.search(r"<script(?![^>]*\ssrc=)", source), "a script has a file of its own"
    assert "javascript:" not in source
    assert "|safe" not in source, "what people write is never markup"


def test_the_help_strip_stands_on_every_page_with_or_without_contacts() -> None:
    national = page_with("")
    own = page_with(
        "",
        urgent_help=[
            {"name": "Social care", "number": "01234 567", "href": "tel:01234567"},
            {"name": "Emergency", "number": "999", "href": "tel:999"},
        ],
    )

    for page in (national, own):
        assert page.count('href="tel:999"') == 1
    assert "Click CEOP" in national
    assert "01234 567" in own


def test_the_frame_says_where_one_is_and_who_one_is() -> None:
    page = page_with("", navigation=[{"text": "Today", "href": "/t/", "current": True, "count": 3}])

    assert "<title>A page \N{EN DASH} Sunflowers</title>" in page
    assert "Signed in as <strong>Priya Shah</strong>" in page
    assert 'href="/t/" aria-current="true"' in page
    assert 'href="#main"' in page


def test_a_page_with_something_to_put_right_says_so_in_its_title_first() -> None:
    wrong = gallery.shown({"errors"}, NOW)["form"]

    assert "<title>Problem: A page" in page_with("", form=wrong)
    assert "<title>A page" in page_with("", form=gallery.shown(set(), NOW)["form"])


def test_a_page_is_confidential_only_when_it_says_so() -> None:
    assert "data-hide-screen" in page_with("", confidential=True)
    assert "hr-print-notice" in page_with("", confidential=True)
    assert "data-hide-screen" not in page_with("")


def test_form_keys_carry_the_token_the_writer_and_the_key() -> None:
    page = page_with('{% include "components/form_keys.html" %}', key={"name": "key", "value": ""})

    assert 'name="csrfmiddlewaretoken" value="first-token"' in page
    assert 'name="written_by" value="note"' in page
    assert 'name="key" value="" data-fresh-key' in page


ERRORS = ["400", "403", "404", "500", "rule_broken", "not_saved", "stale_form"]


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_says_what_was_kept_what_to_do_and_who_to_call(name: str) -> None:
    page = render_to_string(f"errors/{name}.html", {"sentence": "Write a reason first."})

    assert "What to do next" in page
    assert re.search(r"Nothing was|did not arrive|already kept is safe", page)
    assert 'href="tel:999"' in page


@pytest.mark.parametrize("writing", [True, False])
@pytest.mark.parametrize("full", [True, False])
def test_a_page_that_was_not_saved_never_says_that_it_was(writing: bool, full: bool) -> None:  # noqa: FBT001
    page = render_to_string("errors/not_saved.html", {"writing": writing, "full": full})

    assert ("has not arrived" in page) is writing
    assert ("no room left" in page) is full


def test_the_pages_for_a_broken_server_need_no_request_and_no_script() -> None:
    for name in ("500.html", "errors/not_saved.html", "quiet.html"):
        assert "<script" not in render_to_string(name)


def test_the_standard_names_of_error_pages_are_ours() -> None:
    for name in ("400", "403", "404", "500"):
        assert get_template(f"{name}.html").origin.name.startswith(str(ROOT))  # type: ignore[attr-defined]


# --- dates in the words of here ---


def test_dates_and_times_are_said_as_people_here_say_them() -> None:
    summer = datetime.datetime(2026, 7, 1, 23, 5, tzinfo=datetime.UTC)

    assert uk.uk_date(NOW) == "Saturday 21 November 2026"
    assert uk.uk_date(NOW.date()) == "Saturday 21 November 2026"
    assert uk.uk_datetime(NOW) == "21 November 2026 at 10:42am"
    assert uk.uk_datetime(summer) == "2 July 2026 at 12:05am"
    assert uk.uk_time(NOW.replace(hour=12, minute=0)) == "midday"
    assert uk.uk_date(None) == uk.uk_datetime(None) == uk.uk_time(None) == uk.due(None) == ""


@pytest.mark.parametrize(
    ("minutes", "said", "urgency"),
    [
        (0.5, "now", "soon"),
        (1, "in 1 minute", "soon"),
        (59, "in 59 minutes", "soon"),
        (60, "in 1 hour", "soon"),
        (179, "in 2 hours", "soon"),
        (24 * 60, "in 24 hours", "soon"),
        (47 * 60, "in 47 hours", "later"),
        (50 * 60, "in 2 days", "later"),
        (-0.5, "now", "overdue"),
        (-90, "1 hour late", "overdue"),
        (-75 * 60, "3 days late", "overdue"),
    ],
)
def test_a_due_time_says_how_long_there_is(minutes: float, said: str, urgency: str) -> None:
    at = NOW + datetime.timedelta(minutes=minutes)

    assert uk.due(at, NOW) == said
    assert uk.urgency(at, NOW) == urgency


def test_without_a_moment_to_count_from_it_is_counted_from_now() -> None:
    assert uk.due(timezone.now() + datetime.timedelta(days=3, minutes=1)) == "in 3 days"
