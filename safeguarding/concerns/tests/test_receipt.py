"""What a reporter keeps: a code and how far it has come, never the words."""

import pytest

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.models import Concern
from safeguarding.concerns.report import Person
from safeguarding.people.actions import declare_relationship
from tests.people import signed_in

from .given import SAID, WELFARE, a_report, filed, opened, told


def receipt(nursery: Nursery, concern: Concern) -> str:
    page = nursery.setting.link_to("concerns:receipt", concern.pk)
    return signed_in(nursery.priya, second_check=False).get(page).content.decode()


def test_the_receipt_shows_the_code_and_not_the_words(sunflowers: Nursery) -> None:
    concern = filed(sunflowers.priya, a_report(place="Acorns", web_address="bad.example"))
    page = receipt(sunflowers, concern)

    assert concern.code in page
    assert SAID not in page
    assert "Acorns" not in page
    assert "bad.example" not in page


def test_it_is_received_then_read_then_acted_on(sunflowers: Nursery) -> None:
    n = sunflowers
    concern = filed(n.priya)
    seen = [concern.progress]
    actions.read_concern(by=n.dana, concern=concern)
    seen.append(Concern.objects.get().progress)
    opened(n.dana, concern)
    seen.append(Concern.objects.get().progress)

    assert seen == ["received", "read", "acted on"]


def test_putting_it_aside_with_reasons_is_acting_on_it(sunflowers: Nursery) -> None:
    concern = filed(sunflowers.priya)
    actions.put_aside(by=sunflowers.dana, concern=concern, reasons="A game for all ages.")

    assert Concern.objects.get().progress == "acted on"
    assert "A game for all ages." not in receipt(sunflowers, concern)


def test_opening_the_report_is_what_makes_it_read(sunflowers: Nursery) -> None:
    concern = filed(sunflowers.priya)
    page = sunflowers.setting.link_to("concerns:concern", concern.pk)
    assert SAID in signed_in(sunflowers.dana).get(page).content.decode()
    assert signed_in(sunflowers.dana).get(page).status_code == 200

    assert Concern.objects.get().progress == "read"
    assert concern.readings.count() == 1


def test_somebody_elses_receipt_is_not_there(sunflowers: Nursery) -> None:
    concern = filed(sunflowers.priya)
    for page in ("concerns:receipt", "concerns:add"):
        link = sunflowers.setting.link_to(page, concern.pk)
        assert signed_in(sunflowers.sam).get(link).status_code == 404
        assert signed_in(sunflowers.dana).get(link).status_code == 404


def test_my_reports_lists_codes_and_nothing_of_others(sunflowers: Nursery) -> None:
    mine, other = filed(sunflowers.priya), filed(sunflowers.sam)
    page = signed_in(sunflowers.priya, second_check=False).get(
        sunflowers.setting.link_to("concerns:mine")
    )

    assert mine.code in page.content.decode()
    assert other.code not in page.content.decode()
    assert SAID not in page.content.decode()


def test_an_addition_is_read_by_the_lead_and_stands_beside_the_first_words(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    concern = filed(n.priya)
    link = n.setting.link_to("concerns:add", concern.pk)
    signed_in(n.priya, second_check=False).post(link, {"text": "It was at ten."})
    page = signed_in(n.dana).get(n.setting.link_to("concerns:concern", concern.pk))

    assert SAID in page.content.decode()
    assert "It was at ten." in page.content.decode()
    assert "It was at ten." not in receipt(n, concern)


def test_anyone_here_may_report(sunflowers: Nursery, subtests: pytest.Subtests) -> None:
    for who in ["priya", "tariq", "pat", "vic", "omar", "cleo", "dana"]:
        with subtests.test(who):
            member = sunflowers.people[who]

            assert filed(member).reported_by == member


def test_a_receipt_shows_who_to_call_when_nobody_told_may_decide(sunflowers: Nursery) -> None:
    n = sunflowers
    for one in (n.dana, n.devi):
        declare_relationship(by=one, about=one, kind="relative", child=n.noor)
    concern = filed(n.priya, a_report(WELFARE, Person("harmed", child=n.noor)))

    page = signed_in(n.priya).get(n.setting.link_to("concerns:receipt", concern.pk))

    assert told(concern) == {"Morgan", "Wren"}, "they know of it, but may not decide"
    assert "Nobody here can deal with this report" in page.content.decode()
