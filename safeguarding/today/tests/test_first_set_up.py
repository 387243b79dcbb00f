"""The first set-up: five pages, once, by hand and without script."""

import pytest
from django.test import Client, override_settings
from django_tasks_db.models import DBTaskResult

from foundation import mails
from safeguarding.directory.models import Contact
from safeguarding.people.models import Member, Setting
from safeguarding.people.roles import Role
from safeguarding.today.welcome.set_up_code import set_up_code

PEOPLE = {
    "lead_name": "Dana Field",
    "lead_email": "Dana@field.example",
    "manager_name": "Mo Hill",
    "manager_email": "mo@hill.example",
    "committee_name": "Cora Brook",
    "committee_email": "cora@brook.example",
    "you": "lead",
}
WORDS = "marble saddle thunder nine"


def let_in() -> Client:
    """A browser in which the code was given."""
    client = Client()
    assert client.post("/welcome/", {"code": set_up_code()}).status_code == 302
    return client


def _answer(client: Client, people: dict[str, str] | None = None) -> None:
    """The first four pages."""
    client.post("/welcome/setting/", {"name": "Little Oaks", "kind": "preschool", "area": "kent"})
    client.post("/welcome/people/", people or PEOPLE)
    client.post("/welcome/hours/", {"opens_0": "8am", "closes_0": "6pm"})
    client.post("/welcome/terms/", {})


def _finish(client: Client, password: str = WORDS, again: str = "") -> str:
    typed = {"password": password, "again": again or password}
    return client.post("/welcome/password/", typed, follow=True).content.decode()


def test_five_pages_open_a_setting_and_sign_the_person_in(db: None) -> None:
    client = let_in()
    assert b"Begin" in client.get("/welcome/").content
    for step in ("setting", "people", "hours", "terms"):
        answer = client.get(f"/welcome/{step}/")
        assert answer.status_code == 200, step
        _one(client, step)
    page = _finish(client)

    setting = Setting.objects.get()
    assert (setting.name, setting.slug) == ("Little Oaks", "little-oaks")
    roles = {one.user.name: one.roles for one in setting.members.all()}
    assert roles == {
        "Dana Field": {Role.LEAD},
        "Mo Hill": {Role.MANAGER},
        "Cora Brook": {Role.COMMITTEE_LEAD},
    }
    assert [str(one) for one in setting.opening_hours()] == ["08:00 to 18:00"]
    assert page.count("/accounts/password/reset/key/") == 2
    assert client.get("/")["Location"] == "/at/little-oaks/"
    assert "second-check/?next=/at/little-oaks/" in page
    here = Contact.objects.filter(setting=setting)
    assert "Kent" in here.get(slug="lado").name, "whom to call there is known from the start"


def _one(client: Client, step: str) -> None:
    answers: dict[str, dict[str, str]] = {
        "setting": {"name": "Little Oaks", "kind": "preschool", "area": "kent"},
        "people": PEOPLE,
        "hours": {"opens_0": "8am", "closes_0": "6pm"},
        "terms": {},
    }
    assert client.post(f"/welcome/{step}/", answers[step]).status_code == 302


def test_the_others_are_mailed_their_link(db: None) -> None:
    client = let_in()
    _answer(client)
    _finish(client)
    to = {row.args_kwargs["args"][1] for row in DBTaskResult.objects.all()}
    for email in ("mo@hill.example", "cora@brook.example"):
        assert str(Member.objects.get(user__email=email).user_id) in to


def test_the_links_are_there_again_after_back_or_loading_anew_and_for_nobody_else(
    db: None,
) -> None:
    client = let_in()
    _answer(client)
    first = _finish(client)
    mo = Member.objects.get(user__email="mo@hill.example")
    assert first.count("/accounts/password/reset/key/") == 2
    mo.user.set_password(WORDS)
    mo.user.save()

    again = client.get("/welcome/done/").content.decode()
    assert again.count("/accounts/password/reset/key/") == 1, "she has used hers"
    assert "Mo Hill" not in again
    other = Client()
    other.force_login(mo.user)
    assert other.get("/welcome/done/").status_code == 404
    client.post("/accounts/logout/")
    assert client.get("/welcome/done/").status_code == 302


def test_it_is_closed_for_good_afterwards(db: None) -> None:
    client, late = let_in(), let_in()
    _answer(client)
    _answer(late)
    _finish(client)
    for path in ("", "setting/", "people/", "password/"):
        assert Client().get(f"/welcome/{path}").status_code == 404
    assert late.post("/welcome/password/", {"password": WORDS, "again": WORDS}).status_code == 404
    assert Setting.objects.count() == 1


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [
        ("short", "", "use at least 12"),
        ("danafielddanafield", "", "mostly made of"),
        (WORDS, "something else", "The two passwords differ"),
    ],
)
def test_the_password_has_to_be_a_good_one(
    db: None, password: str, again: str, sentence: str
) -> None:
    client = let_in()
    _answer(client)
    assert sentence in _finish(client, password, again)
    assert not Setting.objects.exists()


def test_one_person_may_be_all_three_after_a_kind_word(db: None) -> None:
    client = let_in()
    client.post(
        "/welcome/setting/", {"name": "Little Oaks", "kind": "childminder", "area": "england"}
    )
    same = {
        f"{post}_{part}": PEOPLE[f"lead_{part}"]
        for post in ("lead", "manager", "committee")
        for part in ("name", "email")
    }
    asked = client.post("/welcome/people/", {**same, "you": "manager"})
    assert b"with two people it reaches somebody else" in asked.content

    _answer(client, {**same, "you": "manager", "same_for_now": "on"})
    _finish(client)
    assert Member.objects.get().roles == {Role.LEAD, Role.MANAGER, Role.COMMITTEE_LEAD}


def test_no_page_can_be_skipped_and_no_other_opened(db: None) -> None:
    client = let_in()
    assert client.get("/welcome/hours/")["Location"] == "/welcome/setting/"
    assert client.get("/welcome/password/")["Location"] == "/welcome/setting/"
    assert client.get("/welcome/anything/").status_code == 404
    client.post("/welcome/setting/", {"name": "Little Oaks", "kind": "preschool", "area": "kent"})
    assert b'value="Little Oaks"' in client.get("/welcome/setting/").content
    assert client.post("/welcome/people/", {}).status_code == 422


def test_the_password_is_never_in_the_session(db: None) -> None:
    client = let_in()
    _answer(client)
    _finish(client, "short")
    assert "short" not in str(dict(client.session))


def test_where_no_mail_leaves_this_computer_the_last_page_says_so(db: None) -> None:
    """It is the usual case of a first day: nobody has named a mail server yet."""
    with override_settings(EMAIL_BACKEND=mails.INTO_A_FOLDER):
        client = let_in()
        _answer(client)
        page = _finish(client)
    assert "has been mailed" not in page
    assert "No mail leaves this computer yet" in page
    assert "hand each of them their link" in page
