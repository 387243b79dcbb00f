"""What people write is not to be read in the tables, whichever database holds them (F34)."""

import os
from datetime import timedelta
from io import StringIO

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from demo.cast import Nursery
from foundation.key_providers import KeyUnavailable, Roots, Wrapped
from foundation.keyrings import ANOTHER_KEY, NO_KEY_NOW
from safeguarding.concerns import actions, kinds
from safeguarding.concerns.actions import Device, Receiver, StepRef
from safeguarding.concerns.connections import related_to
from safeguarding.concerns.models import Case, Concern, CustodyItem, Destruction, Entry, Handover
from safeguarding.concerns.report import Mark, Person
from safeguarding.people import setting_keys
from safeguarding.people.setting_keys import InTheDatabase

from .given import GROOMING, IMAGE, WELFARE, a_report, about, filed, opened
from .sealed_records import MARKER, every_value

POLICE = {"officer": MARKER, "force": MARKER, "reference": MARKER}
BOXES = ("who", "saw", "heard", "asked", "did", "think", "place", "device", "web_address")


def worked_on(n: Nursery, kind: str) -> Case:
    """A case with the marker wherever somebody writes."""
    people = (Person("harmed", child=n.kit), Person("witness", name=MARKER))
    marks = () if kind == IMAGE else (Mark("back-head", words=MARKER, whose=MARKER),)
    said = dict.fromkeys(BOXES, MARKER)
    concern = filed(n.priya, a_report(kind, *people, marks=marks, **said))
    actions.add_to_report(by=n.priya, concern=concern, text=MARKER, fingerprint="0" * 64)
    case = actions.open_case(
        by=n.dana,
        concern=concern,
        title=MARKER,
        record_class=concern.record_class,
        procedures=[kinds.procedure_for(concern.kind, concern.record_class)],
        reasons=MARKER,
    )
    actions.add_entry(by=n.dana, case=case, text=MARKER)
    actions.decide(by=n.dana, case=case, to_act=True, text=MARKER, reasons=MARKER)
    actions.let_know(by=n.dana, case=case, member=n.morgan, reason=MARKER)
    actions.give_support(by=n.dana, case=case, text=MARKER, for_whom=MARKER)
    return case


@pytest.mark.parametrize("kind", [WELFARE, GROOMING, IMAGE])
def test_f34_what_is_written_is_not_in_a_dump_of_the_tables(sunflowers: Nursery, kind: str) -> None:
    case = worked_on(sunflowers, kind)

    assert case.record_class in {"C1", "C2", "C4"}
    assert MARKER not in "\n".join(every_value())
    assert Case.objects.get(pk=case.pk).title == MARKER
    assert {one.text for one in Entry.objects.filter(kind="note")} >= {MARKER}


def test_why_a_step_of_a_sealed_record_is_left_out_stands_in_the_chronology_alone(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = opened(n.dana, filed(n.priya, about(n.morgan)), record_class="C3")
    run = case.runs.get()
    step = next(one.step for one in run.states() if one.way_out)

    actions.leave_out(by=n.dana, case=case, step=StepRef(run, step.id), reason=MARKER)

    assert run.outcomes.get().reason == "The reason is in the chronology."
    assert MARKER in {one.text for one in case.entries.all()}


def test_reports_of_the_same_place_are_still_found_together(sunflowers: Nursery) -> None:
    n = sunflowers
    first = filed(n.priya, a_report(place="The sand pit"))
    second = filed(n.sam, a_report(place="the SAND pit"))

    [found] = related_to([second], [], n.dana)

    assert found.concern == first
    assert found.shares == ("the same place",)


def test_the_database_is_never_asked_for_words(sunflowers: Nursery) -> None:
    with pytest.raises(FieldError):
        Concern.objects.filter(saw__contains="tablet").exists()
    with pytest.raises(TypeError, match="cannot look for it"):
        Concern.objects.filter(saw="tablet").exists()
    with pytest.raises(TypeError, match="cannot look for it"):
        Concern.objects.update(saw="tablet")


def test_an_older_key_still_opens_and_one_that_is_gone_is_named(sunflowers: Nursery) -> None:
    n = sunflowers
    old, new = Roots([b"1" * 32]), Roots([b"2" * 32, b"1" * 32])
    with override_settings(TEXT_KEYS=old):
        first = filed(n.priya, a_report(saw="before"))
    with override_settings(TEXT_KEYS=new):
        second = filed(n.priya, a_report(saw="after"))
        assert Concern.objects.get(pk=first.pk).saw == "before"
        assert Concern.objects.get(pk=second.pk).saw == "after"
    with override_settings(TEXT_KEYS=old):
        assert Concern.objects.get(pk=second.pk).saw == ANOTHER_KEY


class Service:
    """A key service as a group would rent one. It can be down."""

    def __init__(self) -> None:
        self.root, self.is_down, self.asked = AESGCM.generate_key(bit_length=256), False, 0

    def wrap(self, content: bytes, about: str) -> bytes:
        nonce = os.urandom(12)
        return nonce + self._answer().encrypt(nonce, content, about.encode())

    def unwrap(self, wrapped: bytes, about: str) -> bytes:
        return self._answer().decrypt(wrapped[:12], wrapped[12:], about.encode())

    def _answer(self) -> AESGCM:
        self.asked += 1
        if self.is_down:
            raise KeyUnavailable("It does not answer.")
        return AESGCM(self.root)


def test_while_the_key_service_is_down_filing_goes_on_and_reading_says_so(
    sunflowers: Nursery,
) -> None:
    n, service = sunflowers, Service()
    with override_settings(TEXT_KEYS=Wrapped(service, InTheDatabase())):
        before = filed(n.priya, a_report(saw=MARKER))
        assert Concern.objects.get(pk=before.pk).saw == MARKER
    with override_settings(TEXT_KEYS=Wrapped(service, InTheDatabase())):  # started anew
        service.is_down = True
        during = filed(n.priya, a_report(saw=f"{MARKER} during"))
        assert Concern.objects.get(pk=before.pk).saw == NO_KEY_NOW
        assert Concern.objects.get(pk=during.pk).saw == NO_KEY_NOW
        service.is_down = False
        assert Concern.objects.get(pk=before.pk).saw == MARKER
        assert Concern.objects.get(pk=during.pk).saw == f"{MARKER} during"
    assert MARKER not in "\n".join(every_value())


def test_the_key_service_is_asked_once_in_ten_minutes(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    n, service = sunflowers, Service()
    monkeypatch.setattr(setting_keys, "SETTLED", timedelta())
    with override_settings(TEXT_KEYS=Wrapped(service, InTheDatabase())):
        for _ in range(3):
            filed(n.priya, a_report(saw=MARKER))
        assert service.asked == 2, "to wrap the new key, and to open it"


def test_older_texts_are_encrypted_anew_and_a_second_run_finds_nothing_to_do(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    with override_settings(TEXT_KEYS=Roots([b"1" * 32])):
        concern = filed(n.priya, a_report(saw="before"))
    with override_settings(TEXT_KEYS=Roots([b"2" * 32, b"1" * 32])):
        first, second = StringIO(), StringIO()
        call_command("renew_text_keys", stdout=first)
        call_command("renew_text_keys", stdout=second)
    assert not first.getvalue().startswith("0 ")
    assert second.getvalue().startswith("0 ")
    with override_settings(TEXT_KEYS=Roots([b"2" * 32])):
        assert Concern.objects.get(pk=concern.pk).saw == "before"


def test_what_is_written_of_devices_is_not_in_a_dump(sunflowers: Nursery) -> None:
    """Custody is seen by people who know nothing of the case, so it is under the key of the setting."""
    n = sunflowers
    case = worked_on(n, WELFARE)
    device = Device(MARKER, "child", taken_from=MARKER, owner=MARKER)
    item = actions.take_into_custody(
        by=n.dana, case=case, device=device, place=MARKER, seal=MARKER, quarantine=True
    )
    police = Receiver(None, "police", MARKER, MARKER, MARKER, witness=n.devi)
    refused = actions.offer_handover(by=n.dana, item=item, receiver=police, place=MARKER)
    actions.close_offer(by=n.dana, offer=refused, reason=MARKER)
    actions.lift_quarantine(
        by=n.dana, item=item, **POLICE, advised_at=timezone.now(), advice=MARKER
    )
    offer = actions.offer_handover(by=n.dana, item=item, receiver=police, place=MARKER, seal=MARKER)
    given = actions.accept_handover(by=n.devi, offer=offer)

    assert MARKER not in "\n".join(every_value())
    kept = CustodyItem.objects.get(pk=item.pk)
    assert (kept.what, kept.owner, kept.taken_from) == (MARKER,) * 3
    assert Handover.objects.get(pk=given.pk).keeper == ", ".join([MARKER] * 3)


def test_what_is_written_of_a_frozen_file_is_not_in_a_dump(sunflowers: Nursery) -> None:
    n = sunflowers
    case = worked_on(n, WELFARE)
    letter = actions.add_file(by=n.dana, case=case, name="a.txt", content=b"A.", text="A letter.")
    frozen = actions.freeze_file(by=n.dana, case_file=letter, reason=MARKER)
    asked = actions.ask_to_destroy(
        by=n.dana, frozen=frozen, **POLICE, instructed_at=timezone.now(), instruction=MARKER
    )

    assert MARKER not in "\n".join(every_value())
    assert Destruction.objects.get(pk=asked.pk).digest == asked.bound_to
