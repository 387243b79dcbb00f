"""What people see of training: everybody for those who watch, oneself for all, at most 12 questions."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.people.models import Member, RoleHeld, User
from safeguarding.training import actions
from safeguarding.training.matrix import PAGE
from safeguarding.training.models import Attendance, Certificate, OwnTopic, Requirement, Training
from safeguarding.training.tasks import look_after_training
from tests.budget import MOST, queries_of, shape
from tests.people import signed_in

from .given import all_learnt, given, state, talk
from .test_induction import a_new_volunteer

HOME = "/at/sunflowers/training/"


def day(name: str, days_ago: int = 0) -> dict[str, str]:
    on = timezone.localdate() - timedelta(days=days_ago)
    return {
        f"{name}_day": str(on.day),
        f"{name}_month": str(on.month),
        f"{name}_year": str(on.year),
    }


def test_a_manager_writes_down_a_talk_with_one_absent(sunflowers: Nursery) -> None:
    n = sunflowers
    morgan = signed_in(n.morgan)
    form = {
        "title": "Online safety evening",
        **day("done_on"),
        "how": "talk",
        "covered": ["online-safety/content", "online-safety/contact"],
        "present": [str(n.priya.pk), str(n.sam.pk), str(n.wren.pk)],
        "absent": [str(n.devi.pk)],
    }
    both = morgan.post(f"{HOME}events/record/", form | {"absent": [str(n.sam.pk)]})
    assert "Ticked as there and as absent: Sam Whitlock" in both.content.decode()
    page = morgan.post(f"{HOME}events/record/", form, follow=True).content.decode()

    assert "No, absent" in page
    assert "Not this time: How people behave" in page
    assert [state(one, "online-safety") for one in (n.priya, n.devi)] == ["current", "never"]
    matrix = morgan.get(HOME).content.decode()
    assert "Priya Nair" in matrix
    assert "</span> to " in matrix


def test_others_see_only_their_own(sunflowers: Nursery) -> None:
    n = sunflowers
    talk(n, "online-safety", to=n.sam)
    (his,) = n.sam.trainings.all()
    priya, pat = signed_in(n.priya), signed_in(n.pat)
    assert priya.get(HOME).headers["Location"] == f"{HOME}mine/"
    assert b"My training" in priya.get(f"{HOME}mine/").content
    for path in (
        f"people/{n.sam.pk}/",
        f"people/{n.sam.pk}/register.csv",
        f"events/{his.training_id}/",
        f"attendances/{his.pk}/take-back/",
        f"attendances/{his.pk}/paper/",
    ):
        assert priya.get(f"{HOME}{path}").status_code == 404, path
    for path in ("to-confirm/", "register.csv", "induction/", "events/record/", "topics/add/"):
        assert priya.get(f"{HOME}{path}").status_code == 403, path
    assert pat.get(f"{HOME}mine/").status_code == 403


def a_pdf() -> bytes:
    made = BytesIO()
    with pikepdf.new() as paper:
        paper.add_blank_page()
        paper.save(made)
    return made.getvalue()


def test_ones_own_course_with_its_certificate_waits_for_another(sunflowers: Nursery) -> None:
    n = sunflowers
    priya, morgan = signed_in(n.priya), signed_in(n.morgan)
    form = {"title": "A course", **day("done_on"), "how": "online", "covered": ["filtering/limits"]}
    there = priya.post(f"{HOME}mine/record/", form).headers["Location"]
    not_a_paper = SimpleUploadedFile("a.pdf", b"MZ not a pdf")
    assert priya.post(there, {"file": not_a_paper}).status_code == 422
    priya.post(there, {"file": SimpleUploadedFile("mine.pdf", a_pdf())})
    kept = Certificate.objects.get()

    got = morgan.get(f"{HOME}certificates/{kept.pk}/")
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert signed_in(n.sam).get(f"{HOME}certificates/{kept.pk}/").status_code == 404
    assert b"A course" in morgan.get(f"{HOME}to-confirm/").content
    assert state(n.priya, "filtering") == "never"
    morgan.post(f"{HOME}attendances/{kept.attendance_id}/confirm/")
    assert state(n.priya, "filtering") == "current"
    assert priya.get(f"{HOME}attendances/{kept.attendance_id}/paper/").content[:5] == b"%PDF-"


def test_the_register_holds_no_formula(sunflowers: Nursery) -> None:
    n = sunflowers
    trap = actions.record_training(
        by=n.dana, given=given("online-safety", provider="=cmd|' /C calc'!A0"), present=[n.priya]
    )
    dana = signed_in(n.dana)
    text = dana.get(f"{HOME}register.csv").content.decode("utf-8-sig")
    assert "'=cmd" in text
    assert str(trap) in text
    assert dana.get(f"{HOME}register.pdf").content[:5] == b"%PDF-"
    assert b"Priya" in signed_in(n.priya).get(f"{HOME}people/{n.priya.pk}/register.csv").content


def test_a_new_colleague_is_shown_things_and_signs_on_her_own_page(sunflowers: Nursery) -> None:
    n = sunflowers
    nell = a_new_volunteer(n)
    look_after_training.call()
    induction = nell.inductions.get()
    first = induction.items.all()[0]
    said = {"items": [str(first.pk)], **day("on"), "presenter": str(n.dana.pk)}
    dana, hers = signed_in(n.dana), signed_in(nell)
    assert "0 of 6 shown" in dana.get(f"{HOME}induction/").content.decode()
    assert hers.post(f"{HOME}induction/{induction.pk}/", said).status_code == 403
    dana.post(f"{HOME}induction/{induction.pk}/", said)
    assert b"sign for what you were shown" in hers.get(f"{HOME}mine/").content
    hers.post(f"{HOME}induction/{induction.pk}/sign/", {"items": [str(first.pk)]})
    assert "1 of 6 signed" in dana.get(f"{HOME}induction/").content.decode()


def test_a_setting_asks_for_more_and_for_less_only_with_a_reason(sunflowers: Nursery) -> None:
    n = sunflowers
    dana = signed_in(n.dana)
    own = {"name": "Forest school", "about": "Fire and knives.", "every": "2 years"}
    assert dana.post(f"{HOME}topics/add/", own | {"roles": ["practitioner"]}).status_code == 302
    assert state(n.priya, "forest-school") == "never"
    ask, base = f"{HOME}topics/filtering/", {"role": "practitioner", **day("starts")}
    assert b"Write why this role" in dana.post(ask, base | {"needs": "no"}).content
    assert b"never later" in dana.post(ask, base | {"needs": "yes", "every": "3 years"}).content
    dana.post(ask, base | {"needs": "yes", "every": "6 months"})
    talk(n, "filtering", to=n.priya, days_ago=200)
    assert state(n.priya, "filtering") == "out"
    assert b"Forest school" in dana.get(f"{HOME}topics/").content
    dana.post(f"{HOME}topics/forest-school/remove/")
    assert OwnTopic.objects.get(version=2).removed
    assert Requirement.objects.count() == 2


@pytest.mark.once
def test_the_matrix_is_paged_and_asks_no_more_of_five_hundred(sunflowers: Nursery) -> None:
    n = sunflowers
    all_learnt(n)
    dana = signed_in(n.dana)
    pages = ("", "?role=practitioner", "events/", f"people/{n.priya.pk}/", "mine/")
    few = {page: queries_of(dana, f"{HOME}{page}") for page in pages}
    _many(n, 500)
    for page, before in few.items():
        now = queries_of(dana, f"{HOME}{page}")
        assert [shape(one) for one in now] == [shape(one) for one in before], page
        assert len(now) <= MOST, (page, now)
    assert dana.get(HOME).content.count(b'<th scope="row"') == PAGE


def _many(n: Nursery, number: int) -> None:
    """So many more practitioners, who were all at one talk."""
    users = [User(email=f"p{one}@x.example", name=f"P{one}") for one in range(number)]
    User.objects.bulk_create(users)
    people = [Member(setting=n.setting, user=user, name=user.name) for user in users]
    Member.objects.bulk_create(people)
    today = timezone.localdate()
    RoleHeld.objects.bulk_create(
        RoleHeld(setting=n.setting, member=one, role="practitioner", starts=today) for one in people
    )
    training = Training.objects.earliest("created_at")
    Attendance.objects.bulk_create(
        Attendance(setting=n.setting, training=training, member=one) for one in people
    )
