"""The pages of the procedures: who reads them, what they show, and what they cost."""

from html import unescape

import pytest
from django.test import Client
from django.utils.html import strip_tags

from demo.cast import Nursery
from safeguarding.directory.models import Contact
from safeguarding.procedures.adapting import adapt
from safeguarding.procedures.guidance import NEXT, sheet_of
from safeguarding.procedures.library import definitions
from safeguarding.procedures.models import Adaptation
from safeguarding.procedures.schema import Definition
from tests.budget import MOST, queries_of
from tests.people import signed_in

from .ours import WELFARE, WHY, added, sooner

EVERY = sorted(definitions())
STEP = {
    "do": "Tell the child’s key person.",
    "place": "decide",
    "by": "lead",
    "need": "must",
    "records": "note",
    "reason": WHY,
}


def text_of(client: Client, path: str) -> str:
    """The words of a page, without its tags."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(unescape(strip_tags(answer.content.decode())).split())


@pytest.mark.parametrize("who", ["dana", "morgan", "priya", "tariq", "vic", "omar"])
def test_whoever_works_or_helps_here_reads_them(sunflowers: Nursery, who: str) -> None:
    browser = signed_in(sunflowers.people[who], second_check=False)
    here, near = map(sunflowers.setting.link_to, ("procedures:library", "policies:library"))
    page = text_of(browser, here)

    assert all(one.title in page for one in definitions().values())
    assert all(one.starts_when in page for one in definitions().values())
    assert f'href="{here}"' in browser.get(near).content.decode()


def test_a_parent_is_not_shown_them(sunflowers: Nursery) -> None:
    browser = signed_in(sunflowers.pat)

    for page in ("library", "procedure", "guidance", "ours"):
        given = [] if page == "library" else [WELFARE]
        link = sunflowers.setting.link_to(f"procedures:{page}", *given)
        assert browser.get(link).status_code == 403
    assert "Procedures" not in browser.get(sunflowers.setting.home).content.decode()


@pytest.mark.parametrize("name", EVERY)
def test_the_list_says_what_the_drawing_says(sunflowers: Nursery, name: str) -> None:
    browser = signed_in(sunflowers.priya)
    page = text_of(browser, sunflowers.setting.link_to("procedures:procedure", name))
    listed = page.partition("The same as a list")[2]

    for step in definitions()[name].steps:
        assert step.do in listed
        assert not step.gate or step.gate.says in listed
    assert all(one.says in page for one in definitions()[name].never)
    assert all(one.ask in listed for one in definitions()[name].questions)


@pytest.mark.parametrize("name", EVERY)
def test_the_guidance_says_what_to_do_what_never_and_whom_to_call(
    sunflowers: Nursery, name: str
) -> None:
    definition = definitions()[name]
    browser = signed_in(sunflowers.priya)
    page = text_of(browser, sunflowers.setting.link_to("procedures:guidance", name))

    assert all(one.says in page for one in definition.never)
    assert definition.summary.split(". ")[0] in page
    assert "999" in page
    told = "Morgan Hughes" if definition.record_class == "C3" else "Dana Okafor"
    assert told in page
    musts = [step for step in definition.steps[1:] if step.need == "must"]
    assert all(step.do in page for step in musts[:NEXT])


def test_the_numbers_are_those_of_the_settings_own_directory(sunflowers: Nursery) -> None:
    row = Contact.objects.filter(setting=sunflowers.setting).current().get(slug="social-care")
    link = sunflowers.setting.link_to("procedures:guidance", WELFARE)
    assert "Ask the lead: not filled in yet" in text_of(signed_in(sunflowers.priya), link)

    Contact.objects.filter(pk=row.pk).update(phone="01234 567890")

    assert "01234 567890" in text_of(signed_in(sunflowers.priya), link)


def test_a_procedure_that_is_not_there_is_not_found(sunflowers: Nursery) -> None:
    browser = signed_in(sunflowers.dana)
    link = sunflowers.setting.link_to

    for path in (
        link("procedures:procedure", "lunch"),
        link("procedures:guidance", "lunch"),
        link("procedures:ours", "lunch"),
        link("procedures:add_step", "lunch"),
        link("procedures:change_step", WELFARE, "lunch"),
    ):
        assert browser.get(path).status_code == 404


def test_the_pages_cost_the_same_however_much_was_changed(sunflowers: Nursery) -> None:
    browser = signed_in(sunflowers.dana)
    link = sunflowers.setting.link_to
    paths = [
        link("procedures:library"),
        link("procedures:procedure", WELFARE),
        link("procedures:guidance", WELFARE),
        link("procedures:ours", WELFARE),
        link("procedures:add_step", WELFARE),
    ]
    browser.get(paths[0])
    added(sunflowers.dana)
    few = [len(queries_of(browser, path)) for path in paths]
    for number in range(2, 12):
        added(sunflowers.dana, id=f"ours-{number}")

    assert [len(queries_of(browser, path)) for path in paths] == few
    assert max(few) <= MOST


def test_the_lead_adds_a_step_on_the_page(sunflowers: Nursery) -> None:
    browser = signed_in(sunflowers.dana)
    link = sunflowers.setting.link_to

    form = browser.get(link("procedures:add_step", WELFARE))
    assert form.status_code == 200
    answer = browser.post(
        link("procedures:add_step", WELFARE), STEP | {"within": "2  Hours", "waits": "on"}
    )

    assert answer.status_code == 302
    row = Adaptation.objects.get()
    assert row.change["step"] == {
        "id": "ours-1",
        "do": "Tell the child’s key person.",
        "by": "lead",
        "need": "must",
        "within": "2 hours",
        "records": "note",
        "after": ["decide"],
    }
    page = text_of(browser, link("procedures:ours", WELFARE))
    assert "with 1 addition of this setting" in page
    assert WHY in page
    assert "Added by us" in text_of(browser, link("procedures:procedure", WELFARE))


def test_a_step_may_depend_on_a_question_and_name_an_agency(sunflowers: Nursery) -> None:
    browser = signed_in(sunflowers.morgan)
    question = definitions()[WELFARE].questions[0].id
    more = {"need": "when", "question": question, "records": "referral", "to": ["police"]}

    path = sunflowers.setting.link_to("procedures:add_step", WELFARE)
    assert browser.post(path, STEP | {"need": "when"}).status_code == 422
    assert browser.post(path, STEP | more).status_code == 302

    step = Adaptation.objects.get().change["step"]
    assert (step["need"], step["to"]) == ({"when": [question]}, ["police"])


def test_whoever_wants_to_remove_a_must_is_told_why_not(sunflowers: Nursery) -> None:
    """The bad input: an override that removes a must, through the form."""
    browser = signed_in(sunflowers.dana)
    path = sunflowers.setting.link_to("procedures:change_step", WELFARE, "decide")

    answer = browser.post(path, {"change": "leave_out", "reason": "It takes too long."})

    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert "is a must. A setting cannot remove it" in page
    assert "It takes too long." in page, "what was typed is kept"
    assert not Adaptation.objects.exists()


def test_a_later_deadline_is_refused_on_the_page_and_an_earlier_one_kept(
    sunflowers: Nursery,
) -> None:
    browser = signed_in(sunflowers.dana)
    path = sunflowers.setting.link_to("procedures:change_step", WELFARE, "decide")
    said = {"change": "sooner", "reason": WHY}

    for within, says in (("5 working days", "not always earlier"), ("soon", "a number"), ("", "")):
        answer = browser.post(path, said | {"within": within})
        assert answer.status_code == 422
        assert says in unescape(answer.content.decode())
    assert browser.post(path, said | {"within": "1 hour"}).status_code == 302
    page = text_of(browser, sunflowers.setting.link_to("procedures:procedure", WELFARE))
    assert "our own deadline" in page


def test_ending_a_change_takes_it_away_and_says_who_and_why(sunflowers: Nursery) -> None:
    row = sooner(sunflowers.morgan, "decide", "1 hour")
    browser = signed_in(sunflowers.dana)
    link = sunflowers.setting.link_to

    path = link("procedures:end", WELFARE, row.pk)
    assert browser.get(path).status_code == 200
    assert browser.post(path, {"reason": "It was too short."}).status_code == 302

    page = text_of(browser, link("procedures:ours", WELFARE))
    assert "Ended by Dana Okafor" in page
    assert "It was too short." in page
    assert browser.get(path).status_code == 404


def test_staff_read_what_was_changed_and_cannot_change_it(sunflowers: Nursery) -> None:
    row = added(sunflowers.dana)
    browser = signed_in(sunflowers.priya)
    link = sunflowers.setting.link_to

    page = text_of(browser, link("procedures:ours", WELFARE))
    assert "Tell the child’s key person" in page
    assert "End this change" not in page
    for path in (
        link("procedures:add_step", WELFARE),
        link("procedures:change_step", WELFARE, "decide"),
        link("procedures:end", WELFARE, row.pk),
    ):
        assert browser.post(path, STEP).status_code == 403
    assert Adaptation.objects.count() == 1


def test_the_more_a_sheet_has_to_say_the_smaller_it_is_printed(sunflowers: Nursery) -> None:
    """How small is enough is tried in a browser, by the journeys."""
    base = definitions()["nude-image"]
    sizes = []
    for never in ((), base.never + base.never[:4], base.never * 3):
        told = Definition.model_construct(**dict(base) | {"never": never})
        sizes.append(sheet_of(adapt(told, [], {}), sunflowers.setting, []).print_size)

    assert sizes == ["", "long", "longest"]
