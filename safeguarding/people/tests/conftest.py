"""Two settings, so that the wall between them is always there to be tested."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.urls import clear_url_caches, path

from config import setting_urls
from safeguarding.people.pages import MemberRequest, for_case_content
from tests.standing import built_once

from .cast import a_place

sunflowers = built_once(lambda: a_place("sunflowers"))
bluebells = built_once(lambda: a_place("bluebells"))


def _what_kit_said(_request: MemberRequest) -> HttpResponse:
    return HttpResponse("what Kit said")


@pytest.fixture
def case_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The path, inside a setting, of a page that shows what a case holds."""
    page = path("a-case/", for_case_content(_what_kit_said))
    monkeypatch.setattr(setting_urls, "urlpatterns", [page, *setting_urls.urlpatterns])
    clear_url_caches()
    yield "a-case/"
    clear_url_caches()
