"""An answer is to exactly the wording that was shown, and stays as it was given."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.agreements import actions
from safeguarding.agreements.audiences import SIGN, Audience, Part, Wording, ours
from safeguarding.agreements.evidence import WORKING
from safeguarding.agreements.models import Agreement, Published, Signature, SpokenFor, digest_of
from safeguarding.approvals.actions import approve
from safeguarding.approvals.asked import those_asked
from safeguarding.people import actions as people
from safeguarding.people.models import Carer
from safeguarding.people.roles import Role
from tests.people import signed_in

from .given import in_force, sign

SHORT = Wording(title="Our tablets", parts=(Part(heading="Care", text="I am careful."),))
ALWAYS = {"monitoring", "reporting", "social_media", "no_guarantee", "kindness"}


@pytest.mark.once
@pytest.mark.parametrize("audience", Audience)
def test_each_audience_has_a_wording_of_ours_that_says_what_every_duty_wants(
    audience: Audience,
) -> None:
    covered = {one for part in ours(audience).parts for one in part.covers}

    assert covered >= ALWAYS
    assert audience == Audience.SOCIAL_MEDIA or {"sharing", "private_matters"} <= covered
    assert audience not in WORKING or {"own_account", "secure_mail"} <= covered
    assert audience != Audience.PARENT or {"with_child", "information"} <= covered


@pytest.mark.once
def test_everybody_who_comes_in_is_asked_for_something() -> None:
    """A group officer answers to the group, and is no person of this setting."""
    asked = {role for who in SIGN.values() for role in who}

    assert asked == set(Role) - {Role.GROUP_OFFICER}


def test_two_people_put_it_into_force_and_the_digest_is_of_its_words(sunflowers: Nursery) -> None:
    n = sunflowers
    written = actions.write_agreement(by=n.dana, audience=Audience.STAFF, wording=SHORT)
    today = timezone.localdate()
    approval = actions.ask_to_publish(by=n.dana, agreement=written, in_force_from=today)
    assert n.dana not in those_asked(approval)
    assert not Published.objects.exists()
    with pytest.raises(RuleBroken, match="second person"):
        actions.publish(by=n.dana, agreement=written, in_force_from=today, approval=approval)

    approve(by=n.cleo, approval=approval, seen=approval.digest)

    assert Published.objects.get().digest == written.digest == digest_of(SHORT)
    other = SHORT.model_copy(update={"title": "Our tablet"})
    assert digest_of(other) != written.digest
    with pytest.raises(PermissionDenied):
        actions.write_agreement(by=n.devi, audience=Audience.STAFF, wording=SHORT)


@pytest.mark.parametrize("table", ["agreement", "published", "signature"])
def test_what_was_written_and_signed_never_moves(sunflowers: Nursery, table: str) -> None:
    agreement = in_force(sunflowers, wording=SHORT)
    [signature] = sign(agreement, sunflowers.priya)
    row = {"agreement": agreement, "published": agreement.published, "signature": signature}[table]
    with pytest.raises(DatabaseError), transaction.atomic():
        type(row)._default_manager.filter(pk=row.pk).update(digest="0" * 64)  # type: ignore[misc]


def test_a_yes_to_other_words_than_those_in_force_is_no_yes(sunflowers: Nursery) -> None:
    n = sunflowers
    first = in_force(n)
    with pytest.raises(RuleBroken, match="not the one you were shown"):
        actions.accept(by=n.priya, agreement=first, seen="0" * 64)
    in_force(n, wording=SHORT)

    with pytest.raises(RuleBroken, match="newer version"):
        sign(first, n.priya)
    assert not Signature.objects.exists()


def test_what_was_written_to_an_older_version_is_kept_for_the_newest(sunflowers: Nursery) -> None:
    """The page of an answer that came too late is that of the newest version, with its form."""
    n = sunflowers
    first = in_force(n)
    second = in_force(n, wording=SHORT)
    client, path = signed_in(n.priya), f"/at/sunflowers/agreements/{first.pk}/"
    newest = f"/at/sunflowers/agreements/{second.pk}/"
    assert newest in client.get(path).content.decode()

    said = {"answer": "no", "seen": first.digest, "note": "I share my telephone."}
    page = client.post(path, said)

    assert page.status_code == 422
    words = page.content.decode()
    assert "nothing was sent" in words
    assert "I share my telephone." in words
    assert f'action="{newest}"' in words
    assert client.post(newest, said | {"seen": second.digest}).status_code == 302
    assert Signature.objects.get().note == "I share my telephone."


def test_the_page_asks_its_questions_until_all_are_right(sunflowers: Nursery) -> None:
    agreement = in_force(sunflowers)
    client, path = signed_in(sunflowers.priya), f"/at/sunflowers/agreements/{agreement.pk}/"
    right = {f"question_{n}": str(one.right) for n, one in enumerate(agreement.asked)}
    yes = {"answer": "yes", "seen": agreement.digest}

    wrong = client.post(path, yes | right | {"question_0": "0"})
    assert wrong.status_code == 422
    assert agreement.asked[0].why in wrong.content.decode()
    sent = client.post(path, yes | right)

    receipt = client.get(sent["Location"]).content.decode()
    assert agreement.digest in receipt
    assert "On screen" in receipt
    assert client.get(f"{sent['Location']}paper/")["Content-Type"] == "application/pdf"


def test_a_no_needs_no_right_answers_and_its_reason_is_not_for_everybody(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    agreement = in_force(n)
    path = f"/at/sunflowers/agreements/{agreement.pk}/"
    said = {"answer": "no", "seen": agreement.digest, "note": "I share my telephone."}

    assert signed_in(n.priya).post(path, said).status_code == 302
    refused = Signature.objects.get()
    receipt = f"/at/sunflowers/agreements/answers/{refused.pk}/"
    sign(agreement, n.sam)

    assert (refused.answer, refused.note) == ("refused", "I share my telephone.")
    assert signed_in(n.sam).get(receipt).status_code == 404


def test_a_parent_speaks_for_their_own_children_and_no_others(sunflowers: Nursery) -> None:
    n = sunflowers
    agreement = in_force(n, Audience.PARENT)
    client, path = signed_in(n.pat), f"/at/sunflowers/agreements/{agreement.pk}/"
    yes = {"answer": "yes", "seen": agreement.digest}
    page = client.get(path).content.decode()

    assert "Kit" in page
    assert "Noor" not in page
    assert "Talk about it with your child first" in client.post(path, yes).content.decode()
    with pytest.raises(RuleBroken, match="your own children"):
        actions.accept(by=n.pat, agreement=agreement, seen=agreement.digest, children=[n.noor])
    client.post(path, yes | {"children": str(n.kit.pk)})
    assert SpokenFor.objects.get().child == n.kit


def test_a_parent_signs_once_more_for_a_child_who_came_since(sunflowers: Nursery) -> None:
    """Also for the first one, where the parent had an account before it was put with the family."""
    n = sunflowers
    agreement = in_force(n, Audience.PARENT)
    path = f"/at/sunflowers/agreements/{agreement.pk}/"
    told: dict[str, Any] = {"agreement": agreement, "seen": agreement.digest, "children": [n.kit]}
    actions.accept(by=n.pat, **told)
    assert "Take my yes back" in signed_in(n.pat).get(path).content.decode()
    baby = people.admit_child(by=n.morgan, known_as="Ari", family=n.kit.family)
    asked = signed_in(n.pat).get(path).content.decode()
    assert "not talked over yet" in asked
    assert "Take my yes back" in asked, "a child who came takes nothing away"

    yes = {"answer": "yes", "seen": agreement.digest, "children": str(baby.pk)}
    assert signed_in(n.pat).post(path, yes).status_code == 302

    newest = Signature.objects.newest().get(member=n.pat)
    assert {one.child for one in newest.children.all()} == {n.kit, baby}
    assert "Take my yes back" in signed_in(n.pat).get(path).content.decode()
    with pytest.raises(RuleBroken, match="accepted already"):
        actions.accept(by=n.pat, **told)


def test_a_parent_whose_care_has_ended_does_not_speak_for_the_child(sunflowers: Nursery) -> None:
    n = sunflowers
    agreement = in_force(n, Audience.PARENT)
    carer = Carer.objects.get(member=n.pat)
    people.end_carer(by=n.dana, carer=carer, reason="A court said so.")

    page = signed_in(n.pat).get(f"/at/sunflowers/agreements/{agreement.pk}/")

    assert "Kit" not in page.content.decode()
    with pytest.raises(RuleBroken, match="your own children"):
        actions.accept(by=n.pat, agreement=agreement, seen=agreement.digest, children=[n.kit])


def test_nobody_signs_what_is_for_others_and_everyone_may_sign_for_social_media(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    with pytest.raises(PermissionDenied):
        sign(in_force(n, Audience.PARENT), n.priya)

    assert sign(in_force(n, Audience.SOCIAL_MEDIA), n.priya)


def test_a_draft_is_read_by_those_who_keep_agreements_only(sunflowers: Nursery) -> None:
    n = sunflowers
    sign(in_force(n), n.morgan)
    draft = actions.write_agreement(by=n.dana, audience=Audience.STAFF, wording=SHORT)
    path = f"/at/sunflowers/agreements/{draft.pk}/"

    assert signed_in(n.priya).get(path).status_code == 404
    in_reading = signed_in(n.morgan).get(path)
    assert in_reading.status_code == 200
    assert "Send my answer" not in in_reading.content.decode()
    with pytest.raises(PermissionDenied):
        sign(draft, n.morgan)


def test_a_setting_changes_the_wording_part_by_part_and_the_old_one_stays(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    first = in_force(n)
    sign(first, n.dana)
    client, path = signed_in(n.dana), "/at/sunflowers/agreements/versions/staff/"
    form = client.get(path).context["form"]
    said = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    said = {name: value or "" for name, value in said.items()} | {
        "text_0": "Ours, in our own words.",
        "heading_1": "",
        "text_1": "",
    }
    assert client.post(path, said | {"text_0": ""}).status_code == 422

    assert client.post(path, said).status_code == 302
    second = Agreement.objects.get(number=2)
    assert second.said[0].text == "Ours, in our own words."
    assert len(second.said) == len(first.said) - 1
    assert second.asked == first.asked
    assert "monitoring" in second.covered
    assert Agreement.objects.get(pk=first.pk).said == first.said


def test_the_list_for_a_spreadsheet_names_everyone_and_how_they_stand(sunflowers: Nursery) -> None:
    n = sunflowers
    agreement = in_force(n)
    sign(agreement, n.morgan, n.priya)
    actions.refuse(by=n.sam, agreement=agreement, seen=agreement.digest)
    saved = signed_in(n.morgan).get("/at/sunflowers/agreements/everyone/list/").content.decode()

    lines = {line.split(",")[0].strip("\ufeff"): line for line in saved.splitlines()}
    assert "Signed" in lines["Priya Nair"]
    assert "Said no" in lines["Sam Whitlock"]
    assert "Not signed yet" in lines["Tariq Mansour"]
    assert "Pat Lindqvist" not in lines
