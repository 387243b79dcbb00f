"""What is said of an adult here opens for those who may read it, and for nobody who owns the computer."""

import pytest

from demo.cast import Nursery
from foundation.encrypted import Sealed
from foundation.errors import RuleBroken
from foundation.keyrings import DAMAGED, give_keyring
from safeguarding.approvals.actions import approve
from safeguarding.concerns import actions, kinds, seals
from safeguarding.concerns.models import Case, Concern, Entry, PaperCopy
from safeguarding.concerns.report import Person
from safeguarding.directory.models import Contact
from safeguarding.people import actions as people
from safeguarding.people import keyring
from safeguarding.people.models import KeyCopy, Member, PersonKey
from tests.budget import MOST, queries_of
from tests.people import anew, signed_in

from .sealed_records import (
    MARKER,
    PASSWORD,
    as_read_by,
    closed,
    opened,
    read_by_the_owner,
    said_of,
    with_key,
    with_secret,
)


def a_day(n: Nursery, dana: Member) -> Case:
    """The marker in every box and on every kind of line, through the real actions."""
    concern = said_of(n.morgan, n.priya)
    digits = "0" * 64
    actions.add_to_report(by=n.priya, concern=concern, text=MARKER, fingerprint=digits)
    found = Concern.objects.readable_by(dana).select_related("setting").get(pk=concern.pk)
    case = actions.open_case(
        by=dana,
        concern=found,
        title=MARKER,
        record_class="C3",
        procedures=[kinds.ALLEGATION],
        reasons=MARKER,
    )
    actions.add_entry(by=dana, case=case, text=MARKER)
    actions.decide(by=dana, case=case, to_act=True, text=MARKER, reasons=MARKER)
    actions.name_person(by=dana, case=case, person=Person("witness", name=MARKER))
    agency = Contact.objects.filter(setting=dana.setting).takes_referrals().first()
    assert agency
    actions.refer(by=dana, case=case, agency=agency, route="phone", text=MARKER, person=MARKER)
    actions.give_support(by=dana, case=case, text=MARKER, for_whom=MARKER)
    actions.let_know(by=dana, case=case, member=n.cleo, reason=MARKER)
    content = MARKER.encode()
    actions.add_file(by=dana, case=case, name=f"{MARKER}.txt", content=content, text=MARKER)
    return case


def test_f23_an_accused_manager_with_computer_key_file_and_database_cannot_read_it(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    dana, accused = with_key(n.dana), with_key(n.morgan, "a password of the manager")
    case = a_day(n, dana)

    assert MARKER not in read_by_the_owner(accused)
    assert Case.objects.readable_by(dana).get(pk=case.pk).title == MARKER


def test_f23_the_same_look_finds_it_where_nobody_had_a_key_to_seal_to(sunflowers: Nursery) -> None:
    n = sunflowers
    accused = with_key(n.morgan, "a password of the manager")
    a_day(n, anew(n.dana))

    assert read_by_the_owner(accused).count(MARKER) > 20, "it waits, and the key file opens it"


def test_filing_needs_no_secret_and_only_the_eligible_open_it(sunflowers: Nursery) -> None:
    n = sunflowers
    dana, devi, accused = with_key(n.dana), with_key(n.devi), with_key(n.morgan)
    outsider = with_key(n.sam)

    concern = said_of(n.morgan, n.priya)

    assert as_read_by(dana, concern) == as_read_by(devi, concern) == MARKER
    assert as_read_by(anew(n.dana), concern) == keyring.ENTER
    copies = KeyCopy.objects.filter(key__record_id=concern.pk)
    assert {row.to.user_id for row in copies if row.to} == {dana.user_id, devi.user_id}
    for nobody in (accused, outsider):
        row = Concern.objects.get(pk=concern.pk)
        give_keyring([row], nobody.keyring)
        assert closed(row.saw)


def test_what_waits_is_sealed_as_soon_as_one_of_them_has_a_key(sunflowers: Nursery) -> None:
    n = sunflowers
    concern = said_of(n.morgan, n.priya)
    found = Concern.objects.readable_by(n.dana).with_copies().get(pk=concern.pk)
    standing = seals.standing(found, n.dana)
    assert standing == seals.Standing(is_closed=False, waits=True, opens_for=[])
    assert as_read_by(n.dana, concern) == MARKER, "nobody is kept from reading in the meantime"

    with_key(n.morgan)
    assert KeyCopy.objects.get(key__record_id=concern.pk).to is None, "the accused changes nothing"
    dana = with_key(n.dana)

    assert KeyCopy.objects.get(key__record_id=concern.pk).to
    assert as_read_by(dana, concern) == MARKER
    assert closed(as_read_by(anew(n.dana), concern))


def test_what_waits_is_sealed_to_all_who_get_a_key_together(sunflowers: Nursery) -> None:
    n = sunflowers
    concern = said_of(n.morgan, n.priya)

    readers = (n.dana, n.devi, n.cleo, n.morgan)
    secrets = keyring.make_pairs({one.user: PASSWORD for one in readers})

    for member, secret in zip(readers[:2], secrets, strict=False):
        assert as_read_by(with_secret(member, secret), concern) == MARKER
    assert KeyCopy.objects.filter(key__record_id=concern.pk).count() == 3, "not to the accused"


def test_who_gets_a_key_later_gets_it_only_from_somebody_who_can_open_it(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    dana = with_key(n.dana)
    concern = said_of(n.morgan, n.priya)
    devi = with_key(n.devi)
    assert closed(as_read_by(devi, concern)), "her key came after the report"

    with pytest.raises(RuleBroken, match="passphrase first"):
        actions.share_record(by=anew(n.dana), of=concern)
    assert closed(as_read_by(with_key(n.devi), concern))
    assert actions.share_record(by=dana, of=concern) == 1

    assert as_read_by(with_key(n.devi), concern) == MARKER


def test_whoever_is_let_in_can_open_it_in_the_same_moment(sunflowers: Nursery) -> None:
    n = sunflowers
    dana = with_key(n.dana)
    concern = said_of(n.morgan, n.priya)
    case = opened(dana, concern)
    with_key(n.cleo)

    actions.let_know(by=dana, case=case, member=n.cleo, reason="two lead it")

    cleo = with_key(n.cleo)
    assert Case.objects.readable_by(cleo).get(pk=case.pk).title == "Said of a colleague"
    assert as_read_by(cleo, concern) == MARKER, "the report it began with, as well"


def test_no_paper_is_made_of_what_is_closed(sunflowers: Nursery) -> None:
    n = sunflowers
    dana, cleo = with_key(n.dana), with_key(n.cleo)
    case = opened(dana, said_of(n.morgan, n.priya))
    actions.let_know(by=dana, case=case, member=n.cleo, reason="the second person")

    def printed(by: Member) -> str:
        found = Case.objects.readable_by(by).get(pk=case.pk)
        asked = actions.ask_to_print_case(
            by=by, case=found, recipient="The LADO", purpose="A meeting"
        )
        approve(by=cleo, approval=asked, seen=asked.digest)
        paper = actions.take_paper(by=by, copy=PaperCopy.objects.get(approval=asked))
        return str(paper.content)

    with pytest.raises(RuleBroken, match="Enter your passphrase"):
        printed(anew(n.dana))

    assert MARKER in printed(dana)


def test_who_is_named_later_opens_nothing_from_then_on(sunflowers: Nursery) -> None:
    n = sunflowers
    dana, _cleo, devi = with_key(n.dana), with_key(n.cleo), with_key(n.devi)
    case = opened(dana, said_of(n.morgan, n.priya), n.cleo)
    assert Case.objects.readable_by(with_key(n.devi)).get(pk=case.pk).title.startswith("Said")

    actions.name_person(by=dana, case=case, person=Person("alleged", member=n.devi))
    entry = actions.add_entry(by=dana, case=case, text=MARKER)

    named = with_key(n.devi)
    later, title = Entry.objects.get(pk=entry.pk), Case.objects.get(pk=case.pk)
    give_keyring([later, title], named.keyring)
    assert closed(later.text)
    assert closed(title.title)
    assert not KeyCopy.objects.filter(to__user=devi.user_id).exists()
    assert Entry.objects.readable_by(with_key(n.cleo)).get(pk=entry.pk).text == MARKER


def test_after_a_new_key_nothing_is_sealed_to_it_before_a_second_person_has_checked(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    with_key(n.dana)
    devi = with_key(n.devi)
    first = said_of(n.morgan, n.priya)
    new = keyring.make_pair(n.dana.user, "another password")  # as a link does

    second = said_of(n.morgan, n.priya)
    assert closed(as_read_by(with_secret(n.dana, new), first))
    assert closed(as_read_by(with_secret(n.dana, new), second))
    assert actions.share_record(by=devi, of=second) == 0, "nobody has checked it"
    people.confirm_key(by=n.cleo, key=PersonKey.objects.newest().get(user=n.dana.user))
    assert closed(as_read_by(with_secret(n.dana, new), second)), "to confirm is not to share"
    actions.share_record(by=with_key(n.devi), of=second)

    assert as_read_by(with_secret(n.dana, new), second) == MARKER


def test_changed_ciphertext_is_named_plainly_and_stays_as_it_is(sunflowers: Nursery) -> None:
    n = sunflowers
    dana = with_key(n.dana)
    concern, other = said_of(n.morgan, n.priya), said_of(n.morgan, n.priya)
    stored = Concern.objects.get(pk=concern.pk).__dict__["saw"].stored
    changed = stored[:-9] + ("A" if stored[-9] != "A" else "B") + stored[-8:]
    for forged in (changed, "He was never here.", "h1.", f"h1.{stored.split('.')[1]}.!"):
        Concern.objects.filter(pk=concern.pk).update(saw=Sealed(forged))
        assert as_read_by(with_key(n.dana), concern) == DAMAGED
        assert Concern.objects.get(pk=concern.pk).__dict__["saw"].stored == forged
    Concern.objects.filter(pk=other.pk).update(saw=Sealed(stored))
    assert as_read_by(dana, other) == DAMAGED, "one row's words do not open in another"
    with pytest.raises(TypeError, match="never written back"):
        Concern(setting=n.setting, saw=DAMAGED).save()


def test_a_page_says_that_it_is_sealed_and_opens_with_the_passphrase(sunflowers: Nursery) -> None:
    n = sunflowers
    with_key(n.dana)
    concern = said_of(n.morgan, n.priya, marks=())
    page = n.setting.link_to("concerns:concern", concern.pk)
    browser = signed_in(n.dana)

    shut = browser.get(page)
    assert shut.status_code == 200
    assert "Sealed; enter your passphrase" in shut.content.decode()
    assert MARKER not in shut.content.decode()

    browser.post(f"/accounts/unlock/?next={page}", {"passphrase": PASSWORD})
    text = browser.get(page).content.decode()
    assert MARKER in text
    assert "Sealed to 1 person" in text
    found = queries_of(browser, page)
    assert len(found) <= MOST, "\n".join(one[:300] for one in found)
