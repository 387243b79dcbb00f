"""The pages about people, as a browser uses them, and the wall between settings."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from safeguarding.people import actions
from safeguarding.people.models import Child, Member, Relationship, RoleHeld, Room, User
from safeguarding.people.roles import Role
from tests.people import signed_in as checked_in

from .cast import Place, events, signed_in

MOST_QUERIES = 12


def test_home_goes_to_the_only_setting_or_asks_which(sunflowers: Place, bluebells: Place) -> None:
    client = signed_in(sunflowers.member("Priya"))
    assert client.get("/")["Location"] == "/at/sunflowers/"

    user = sunflowers.people["Priya"].user
    there = Member.objects.create(setting=bluebells.setting, user=user)
    RoleHeld.objects.create(
        setting=bluebells.setting, member=there, role="committee", starts=timezone.localdate()
    )
    page = client.get("/").content
    assert b'href="/at/sunflowers/"' in page
    assert b'href="/at/bluebells/"' in page


def test_a_member_holds_the_account_itself_and_nothing_that_stands_for_it(
    sunflowers: Place,
) -> None:
    page = signed_in(sunflowers.member("Priya")).get(sunflowers.setting.home)

    assert type(page.wsgi_request.member.user) is User  # type: ignore[attr-defined]


def test_home_without_a_role_says_whom_to_ask_and_whom_to_tell(sunflowers: Place) -> None:
    held = sunflowers.member("Priya").roles_held.get()
    actions.end_role(by=sunflowers.member("Mo"), held=held, reason="left")
    page = signed_in(sunflowers.member("Priya")).get("/").content
    assert b"no role in a setting today" in page
    assert b"999" in page


def test_home_asks_strangers_to_sign_in_and_nobody_yet_to_set_up(db: None) -> None:
    assert Client().get("/")["Location"] == "/welcome/"
    User.objects.create_user("somebody@example.org")
    assert Client().get("/")["Location"] == "/welcome/"


def test_home_asks_strangers_to_sign_in(sunflowers: Place) -> None:
    assert Client().get("/")["Location"] == "/accounts/login/?next=/"
    answer = Client().get(sunflowers.at("people/"))
    assert answer["Location"] == "/accounts/login/?next=/at/sunflowers/people/"


def test_another_setting_is_not_there_and_the_try_is_on_its_record(
    sunflowers: Place, bluebells: Place
) -> None:
    client = signed_in(sunflowers.member("Mo"))
    there = client.get(bluebells.at("people/"))
    nowhere = client.get("/at/no-such-place/people/")

    assert there.status_code == nowhere.status_code == 404
    assert _plain(there.content) == _plain(nowhere.content)
    [entry] = events("setting.refused")
    assert entry.setting_id == bluebells.setting.pk
    assert entry.actor_id == sunflowers.people["Mo"].user_id


def test_a_person_of_another_setting_is_not_found_and_the_try_is_on_record(
    sunflowers: Place, bluebells: Place
) -> None:
    client = checked_in(sunflowers.member("Mo"))
    other = bluebells.people["Priya"]
    for path in ("", "invite/", "roles/", "ties/"):
        assert client.get(sunflowers.at(f"people/{other.pk}/{path}")).status_code == 404
    assert client.get(sunflowers.at(f"people/children/{bluebells.kit.pk}/")).status_code == 404
    held = other.roles_held.get()
    assert client.get(sunflowers.at(f"people/roles/{held.pk}/end/")).status_code == 404
    assert len(events("member.refused")) == 4
    assert len(events("child.refused")) == len(events("roleheld.refused")) == 1


def test_a_role_that_ends_closes_the_setting_in_an_open_session(sunflowers: Place) -> None:
    client = signed_in(sunflowers.member("Devi"))
    assert client.get(sunflowers.at("people/")).status_code == 200
    held = sunflowers.member("Devi").roles_held.get()
    ending = actions.end_role(by=sunflowers.member("Mo"), held=held, reason="left")
    actions.confirm_end(by=sunflowers.member("Dana"), ending=ending)
    answer = client.get(sunflowers.at("people/"))
    assert answer["Location"].startswith("/accounts/login/"), "every session of theirs has ended"


def test_a_setting_without_its_last_slash_is_found(sunflowers: Place) -> None:
    client = signed_in(sunflowers.member("Devi"))
    assert client.get("/at/sunflowers")["Location"] == "/at/sunflowers/"


@pytest.mark.parametrize(
    ("name", "status"),
    [("Dana", 200), ("Devi", 200), ("Mo", 200), ("Priya", 403), ("Pat", 403), ("Cora", 200)],
)
def test_those_who_lead_see_who_is_here(sunflowers: Place, name: str, status: int) -> None:
    client = signed_in(sunflowers.member(name))
    assert client.get(sunflowers.at("people/")).status_code == status


def test_somebody_sees_their_own_page_and_no_colleagues(sunflowers: Place) -> None:
    client = signed_in(sunflowers.member("Priya"))
    assert client.get(sunflowers.at(f"people/{sunflowers.people['Priya'].pk}/")).status_code == 200
    assert client.get(sunflowers.at(f"people/{sunflowers.people['Dana'].pk}/")).status_code == 404


def test_the_manager_adds_somebody_and_sees_their_link_once(sunflowers: Place) -> None:
    client = checked_in(sunflowers.member("Mo"))
    data = {"name": "Nia North", "email": "Nia@North.example", "roles": ["practitioner"]}
    page = client.post(sunflowers.at("people/add/"), data)["Location"]
    nia = Member.objects.get(user__email="nia@north.example")

    assert page == sunflowers.at(f"people/{nia.pk}/invite/")
    assert b"password/reset/key/" not in client.get(page).content
    assert b"http://localhost:8000/accounts/password/reset/key/" in client.post(page).content
    assert not nia.user.has_usable_password()
    again = client.post(sunflowers.at("people/add/"), data)
    assert again.status_code == 422
    assert b"already here" in again.content


def test_the_manager_gives_and_ends_a_role(sunflowers: Place) -> None:
    client, priya = checked_in(sunflowers.member("Mo")), sunflowers.people["Priya"]
    give = sunflowers.at(f"people/{priya.pk}/roles/")
    assert client.post(give, {"role": "volunteer"}).status_code == 422
    assert client.post(give, {"role": "committee"}).status_code == 302
    held = priya.roles_held.get(role=Role.COMMITTEE)
    end = sunflowers.at(f"people/roles/{held.pk}/end/")
    assert client.get(end).status_code == 200
    assert client.post(end, {"reason": ""}).status_code == 422
    assert client.post(end, {"reason": "only for a day"}).status_code == 302
    assert b"only for a day" in client.get(sunflowers.at(f"people/{priya.pk}/")).content
    assert client.post(end, {"reason": "again"}).status_code == 422


def test_a_child_is_added_with_room_and_family_and_leaves(sunflowers: Place) -> None:
    client, at = checked_in(sunflowers.member("Dana")), sunflowers.at
    client.post(at("people/rooms/add/"), {"name": "Acorns"})
    assert client.get(at("people/families/add/")).status_code == 200
    carers = client.post(at("people/families/add/"), {"name": "Fern"})["Location"]
    assert client.get(carers).status_code == 200
    client.post(carers, {"name": "Fay Fern", "relation": "mother"})
    room = Room.objects.get()
    data = {"known_as": "Robin", "room": room.pk, "family": carers.split("/")[-3]}
    assert client.post(at("people/children/add/"), data).status_code == 302

    robin = Child.objects.get(known_as="Robin")
    page = client.get(at(f"people/children/{robin.pk}/")).content
    assert b"Acorns" in page
    assert b"Fay Fern (mother)" in page
    today = timezone.localdate() - timedelta(days=1)
    gone = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    leaving = at(f"people/children/{robin.pk}/leaving/")
    assert client.get(leaving).status_code == 200
    assert client.post(leaving, gone).status_code == 302
    for by in ("room", "family", "nonsense"):
        assert b"Robin" not in client.get(at(f"people/children/?by={by}")).content


def test_anyone_puts_a_tie_on_record(sunflowers: Place) -> None:
    client, page = signed_in(sunflowers.member("Priya")), sunflowers.at("people/ties/")
    assert client.post(page, {"kind": "close"}).status_code == 422
    dana = sunflowers.people["Dana"].pk
    assert client.post(page, {"kind": "close", "adult": dana}).status_code == 302
    assert b"Priya and Dana" in client.get(page).content
    assert Relationship.objects.get().declared_by_id == sunflowers.people["Priya"].pk


def test_the_manager_keeps_hours_and_terms(sunflowers: Place) -> None:
    client, at = checked_in(sunflowers.member("Mo")), sunflowers.at
    hours, terms = at("people/setting/hours/"), at("people/setting/terms/")
    assert client.post(hours, {"opens_0": "8am", "closes_0": ""}).status_code == 422
    assert client.post(hours, {"opens_0": "6pm", "closes_0": "8am"}).status_code == 422
    assert client.post(hours, {"opens_0": "8am", "closes_0": "6pm"}).status_code == 302
    assert client.post(terms, {"name_0": "Autumn"}).status_code == 422
    day = {
        f"{part}_0_{name}": n
        for part, d in (("starts", 3), ("ends", 18))
        for name, n in (("day", d), ("month", 9), ("year", 2026))
    }
    assert client.post(terms, {"name_0": "Autumn", **day}).status_code == 302
    assert b"08:00 to 18:00" in client.get(at("people/setting/")).content
    assert b"18 September 2026" in client.get(at("people/setting/")).content
    assert b'value="Autumn"' in client.get(terms).content


@pytest.mark.parametrize(
    "path",
    ["add/", "setting/hours/", "setting/terms/", "children/add/", "rooms/add/", "families/add/"],
)
def test_pages_that_change_something_are_closed_to_practitioners(
    sunflowers: Place, path: str
) -> None:
    client = checked_in(sunflowers.member("Priya"))
    assert client.get(sunflowers.at(f"people/{path}")).status_code == 403
    assert client.post(sunflowers.at(f"people/{path}"), {"name": "x"}).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "people/",
        "people/children/",
        "people/children/?by=family",
        "people/ties/",
        "people/setting/",
        "people/add/",
        "people/children/add/",
    ],
)
def test_a_page_costs_the_same_with_many_rows(sunflowers: Place, path: str) -> None:
    client = checked_in(sunflowers.member("Mo"))
    _fill(sunflowers, 50)
    client.get(sunflowers.at(path))
    few = _queries(client, sunflowers.at(path))
    _fill(sunflowers, 450)
    many = _queries(client, sunflowers.at(path))

    assert few == many <= MOST_QUERIES


def test_lists_come_in_pages_of_fifty(sunflowers: Place) -> None:
    _fill(sunflowers, 120)
    client = checked_in(sunflowers.member("Mo"))
    first = client.get(sunflowers.at("people/children/")).content
    assert first.count(b"/people/children/") - first.count(b"children/add/") <= 55
    assert b"Page 1 of 3" in first
    assert b"Page 3 of 3" in client.get(sunflowers.at("people/children/?page=99")).content


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def _fill(place: Place, number: int) -> None:
    here, start = place.setting, Child.objects.count()
    Child.objects.bulk_create(
        Child(setting=here, known_as=f"C{start + n:04}", full_name="Child") for n in range(number)
    )
    users = User.objects.bulk_create(
        User(email=f"u{start + n}@x.example", name=f"U{start + n:04}") for n in range(number)
    )
    members = Member.objects.bulk_create(
        Member(setting=here, user=user, name=user.name) for user in users
    )
    RoleHeld.objects.bulk_create(
        RoleHeld(setting=here, member=one, role="practitioner", starts=timezone.localdate())
        for one in members
    )


def _plain(page: bytes) -> str:
    return re.sub(
        r'(nonce=|csrfmiddlewaretoken" value=|X-CSRFToken": |written_by" value=)"[^"]*"',
        "",
        page.decode(),
    )
