"""An answer on paper, or written down for somebody who cannot use the screen."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.agreements import actions
from safeguarding.agreements.audiences import Audience
from safeguarding.agreements.models import Signature
from safeguarding.audit.models import Entry as Line
from safeguarding.notifications.models import Notification
from tests.architecture.made import a_pdf
from tests.people import signed_in

from .given import in_force, sign


def test_a_signature_on_paper_is_kept_with_its_sheet(sunflowers: Nursery) -> None:
    n = sunflowers
    agreement = in_force(n, Audience.VISITOR)
    sign(in_force(n), n.morgan)
    client = signed_in(n.morgan)
    sheet = client.get(f"/at/sunflowers/agreements/{agreement.pk}/sheet/")
    path = f"/at/sunflowers/agreements/{agreement.pk}/by/{n.vic.pk}/"
    today = timezone.localdate()
    said = {
        "answer": "accepted",
        "signed_on_day": str(today.day),
        "signed_on_month": str(today.month),
        "signed_on_year": str(today.year),
        "note": "",
    }
    assert client.post(path, said).status_code == 422, "neither a sheet nor a reason"
    picture = SimpleUploadedFile("sheet.png", b"\x89PNG\r\n\x1a\n" + b"0" * 99)
    assert client.post(path, said | {"file": picture}).status_code == 422
    scanned = SimpleUploadedFile("sheet.pdf", sheet.content)

    assert client.post(path, said | {"file": scanned}).status_code == 302
    signature = Signature.objects.get(member=n.vic)
    assert (signature.how, signature.written_by) == (Signature.How.PAPER, n.morgan)
    kept = client.get(f"/at/sunflowers/agreements/answers/{signature.pk}/scan/")
    assert kept.content.startswith(b"%PDF-")
    assert signed_in(n.vic).get("/at/sunflowers/").status_code == 200


def test_who_opened_a_sheet_is_on_record_and_colleagues_do_not(sunflowers: Nursery) -> None:
    n = sunflowers
    signed = actions.write_down(
        by=n.morgan,
        member=n.vic,
        agreement=in_force(n, Audience.VISITOR),
        answer=Signature.Answer.ACCEPTED,
        signed_on=timezone.localdate(),
        sheet=actions.Sheet("sheet.pdf", a_pdf()),
    )
    kept = signed_in(n.morgan).get(f"/at/sunflowers/agreements/answers/{signed.pk}/scan/")

    assert kept["Content-Security-Policy"].startswith("sandbox")
    lines = Line.objects.filter(event="sheet.read", subject_id=signed.pk)
    assert [line.actor_id for line in lines] == [n.morgan.pk]
    with pytest.raises(PermissionDenied):
        actions.read_scan(by=n.sam, signature=signed)


def test_a_sheet_that_is_the_wrong_file_is_taken_back_for_good(sunflowers: Nursery) -> None:
    n = sunflowers
    sign(in_force(n), n.morgan)
    signed = actions.write_down(
        by=n.dana,
        member=n.vic,
        agreement=in_force(n, Audience.VISITOR),
        answer=Signature.Answer.ACCEPTED,
        signed_on=timezone.localdate(),
        sheet=actions.Sheet("payslip.pdf", a_pdf()),
    )
    morgan, receipt = signed_in(n.morgan), f"/at/sunflowers/agreements/answers/{signed.pk}/"
    take_back = f"{receipt}scan/take-back/"
    assert take_back in morgan.get(receipt).text
    with pytest.raises(PermissionDenied):
        actions.destroy_scan(by=n.vic, signature=signed)

    assert morgan.get(take_back).status_code == 200
    page = morgan.post(take_back, follow=True)

    assert "Nobody can open it any more" in page.text
    assert "it was the wrong file" in page.text
    assert morgan.get(f"{receipt}scan/").status_code == 404
    assert Line.objects.filter(event="sheet.destroyed", subject_id=signed.pk).exists()
    assert Signature.objects.newest().get(member=n.vic).is_accepted, "the answer stays"
    with pytest.raises(RuleBroken, match="any more"):
        actions.destroy_scan(by=n.morgan, signature=signed)


def test_somebody_else_writes_down_with_a_reason_and_never_their_own(sunflowers: Nursery) -> None:
    n = sunflowers
    agreement, today = in_force(n), timezone.localdate()
    said = {"agreement": agreement, "answer": Signature.Answer.ACCEPTED, "signed_on": today}
    with pytest.raises(RuleBroken, match="Write why"):
        actions.write_down(by=n.dana, member=n.sam, **said)  # type: ignore[arg-type]
    with pytest.raises(PermissionDenied):
        actions.write_down(by=n.dana, member=n.dana, note="Quicker.", **said)  # type: ignore[arg-type]
    with pytest.raises(PermissionDenied):
        actions.write_down(by=n.priya, member=n.sam, note="He asked.", **said)  # type: ignore[arg-type]
    for days, why in ((1, "future"), (-1, "nobody signed it before")):
        another = said | {"signed_on": today + timedelta(days=days)}
        with pytest.raises(RuleBroken, match=why):
            actions.write_down(by=n.dana, member=n.sam, note="Reads badly.", **another)  # type: ignore[arg-type]

    done = actions.write_down(by=n.dana, member=n.sam, note="Reads badly.", **said)  # type: ignore[arg-type]
    assert (done.how, done.note) == (Signature.How.FOR_THEM, "Reads badly.")


def test_whoever_it_is_written_down_for_hears_of_it(sunflowers: Nursery) -> None:
    """Also who had said no themselves. They take the yes back if it is not right."""
    n = sunflowers
    agreement = in_force(n)
    actions.refuse(by=n.priya, agreement=agreement, seen=agreement.digest, note="Not my post.")
    yes = actions.write_down(
        by=n.dana,
        member=n.priya,
        agreement=agreement,
        answer=Signature.Answer.ACCEPTED,
        signed_on=timezone.localdate(),
        note="She said so.",
    )

    told = Notification.objects.get(kind="agreement_written_down")

    assert told.recipient == n.priya
    page = signed_in(n.priya).get(told.path).content.decode()
    assert "Dana Okafor wrote this down for you" in page
    actions.withdraw(by=n.priya, signature=yes)
