"""Every page of a sealed case shows the words themselves to a reader whose key is open."""

import pytest

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, CaseFile
from safeguarding.people import keyring
from tests.people import signed_in

from .sealed_records import MARKER, PASSWORD, with_key
from .test_sealed_to_recipients import a_day

OF_THE_CASE = (
    *("case", "chronology", "people", "readers", "why_read", "let_know", "person", "reclassify"),
    "rename_case",
    *("close", "start_procedure", "add_file", "print_case", "start_from_case"),
)


def links_to(n: Nursery, case: Case, file: CaseFile) -> list[str]:
    concern = case.gathered.get().concern_id
    to = n.setting.link_to
    return [
        *(to(f"concerns:{one}", case.pk) for one in OF_THE_CASE),
        *(to(f"concerns:{one}", concern) for one in ("concern", "related")),
        *(to(one) for one in ("concerns:cases", "today:today", "concerns:hand_work_over")),
        to("concerns:freeze_file", case.pk, file.pk),
    ]


def test_every_page_of_a_sealed_case_can_be_read_with_an_open_key(
    sunflowers: Nursery, subtests: pytest.Subtests
) -> None:
    n = sunflowers
    dana, devi = with_key(n.dana), with_key(n.devi)
    case = Case.objects.readable_by(dana).get(pk=a_day(n, dana).pk)
    file = CaseFile.objects.readable_by(dana).get()
    frozen = actions.freeze_file(by=dana, case_file=file, reason=MARKER)
    handover = actions.hand_work_over(
        by=dana, to=devi, cases={case: MARKER}, reports=[], reason=MARKER
    )
    handed = n.setting.link_to("concerns:work_handover", handover.pk)
    shown = {n.dana: [*links_to(n, case, file), frozen.path, handed], n.devi: [handed]}
    for member, links in shown.items():
        browser = signed_in(member)
        browser.post("/accounts/unlock/", {"passphrase": PASSWORD})
        for link in links:
            with subtests.test(f"{member} {link}"):
                page = browser.get(link)
                assert page.status_code == 200
                for sentence in (keyring.ENTER, keyring.SEALED_TO_OTHERS):
                    assert sentence not in page.content.decode()
