"""The pages of reviews: who sees what, that forms lose nothing, and what a page costs."""

from datetime import timedelta

from django.utils import timezone

from demo.cast import Nursery
from safeguarding.people.models import Member
from safeguarding.policies.models import Policy
from safeguarding.policies.reviews import actions
from safeguarding.policies.reviews.models import (
    Review,
    ReviewRequest,
    ReviewTask,
    ReviewTaskDone,
    Voice,
    VoiceAnswer,
    Why,
)
from tests.budget import MOST, queries_of
from tests.people import signed_in
from tests.standing import built_once

DAY = timedelta(days=1)


@built_once
def review(sunflowers: Nursery, policy: Policy) -> Review:
    today = timezone.localdate()
    dates = {"input_until": today + 14 * DAY, "due_on": today + 30 * DAY}
    return actions.open_review(by=sunflowers.dana, policy=policy, why=Why.YEARLY, **dates)


def path(review: Review, page: str = "") -> str:
    return f"{review.get_absolute_url()}{page}"


def reviews(at: Nursery) -> str:
    return at.setting.link_to("policies:reviews")


def text_of(member: Member, address: str, status: int = 200) -> str:
    answer = signed_in(member).get(address)
    assert answer.status_code == status
    return answer.content.decode()


def date_in(name: str, days: int) -> dict[str, str]:
    day = timezone.localdate() + days * DAY
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(day.year),
    }


def test_a_lead_begins_a_review_from_the_list(sunflowers: Nursery, policy: Policy) -> None:
    n = sunflowers
    dana = signed_in(n.dana)
    begin = n.setting.link_to("policies:open_review", policy.pk)
    assert begin in text_of(n.dana, reviews(n))
    typed = {"why": "yearly"} | date_in("input_until", 14) | date_in("due_on", 30)
    answer = dana.post(begin, typed)

    assert answer.status_code == 302
    assert answer["Location"] == Review.objects.get(policy=policy).get_absolute_url()
    again = dana.post(begin, typed)
    assert again.status_code == 422
    assert "open already" in again.content.decode()


def test_what_a_practitioner_says_the_lead_reads_and_her_colleague_does_not(
    sunflowers: Nursery, review: Review
) -> None:
    n = sunflowers
    said = "Nobody can keep to the part about tablets."
    answer = signed_in(n.priya).post(path(review, "say/"), {"text": said, "clause": ""})

    assert answer.status_code == 302
    assert said in text_of(n.dana, path(review))
    assert said in text_of(n.priya, path(review, "say/"))
    assert said not in text_of(n.sam, path(review))
    assert said not in text_of(n.sam, path(review, "say/"))


def test_an_empty_say_keeps_the_chosen_clause_and_nothing_to_add_is_one_press(
    sunflowers: Nursery, review: Review
) -> None:
    priya = signed_in(sunflowers.priya)
    clause = review.version.clauses.first()
    assert clause
    answer = priya.post(path(review, "say/"), {"text": "", "clause": str(clause.pk)})

    assert answer.status_code == 422
    assert f'value="{clause.pk}" selected' in answer.content.decode()
    assert priya.post(path(review, "say/"), {"nothing": "yes"}).status_code == 302
    assert not Voice.objects.get(review=review).text


def test_a_parent_says_what_they_think_and_later_sees_what_was_done(
    sunflowers: Nursery, review: Review
) -> None:
    n = sunflowers
    voice = actions.say(by=n.pat, review=review, text="Please say it in fewer words.")
    actions.answer_voice(
        by=n.dana, voice=voice, did=VoiceAnswer.Did.CHANGED, said="Too long", text="It is shorter."
    )
    assert "It is shorter." not in text_of(n.pat, path(review)), "not before it has ended"
    assert "What there is to do" not in text_of(n.pat, path(review))
    for task in review.tasks.all():
        actions.do_task(by=n.dana, task=task, note="Later.", left_out=True)
    actions.record_outcome(by=n.dana, review=review, kind="no_change", considered="Secret words")  # type: ignore[arg-type]

    shown = text_of(n.pat, path(review))
    assert "It is shorter." in shown
    assert "Secret words" not in shown
    text_of(n.pat, reviews(n), 403)


def test_what_children_said_is_written_down_by_those_who_work_with_them(
    sunflowers: Nursery, review: Review
) -> None:
    n = sunflowers
    typed = {"whose": "children", "how": "play", "people": "5", "clause": ""}
    priya = signed_in(n.priya)
    refused = priya.post(path(review, "write-down/"), typed | {"text": "Kit wants a song."})
    assert refused.status_code == 422
    assert "Kit wants a song." in refused.content.decode(), "nothing that was written is lost"
    assert priya.post(path(review, "write-down/"), typed | {"text": "A song."}).status_code == 302
    for member in (n.tariq, n.pat):
        text_of(member, path(review, "write-down/"), 403)


def test_a_task_is_ticked_off_and_one_left_out_needs_a_reason(
    sunflowers: Nursery, review: Review
) -> None:
    n = sunflowers
    task = ReviewTask.objects.get(review=review, kind="technical")
    address = n.setting.link_to("policies:review_task", task.pk)
    tariq = signed_in(n.tariq)
    assert tariq.post(address, {"left_out": "on"}).status_code == 422
    assert tariq.post(address, {"note": "The filter is the same."}).status_code == 302
    assert ReviewTaskDone.objects.get(task=task).done_by == n.tariq
    text_of(n.sam, address, 403)


def test_a_request_is_answered_with_a_reason(sunflowers: Nursery, policy: Policy) -> None:
    n = sunflowers
    typed = {"policy": str(policy.pk), "why": "technical", "reason": "New tablets came."}
    ask = n.setting.link_to("policies:ask_for_review")
    assert signed_in(n.sam).post(ask, typed).status_code == 302
    asked = ReviewRequest.objects.get(policy=policy)
    address = n.setting.link_to("policies:review_request", asked.pk)
    text_of(n.priya, address, 404)
    assert "New tablets came." in text_of(n.dana, address)
    assert signed_in(n.dana).post(address, {"reason": "It covers them."}).status_code == 302

    assert "It covers them." in text_of(n.sam, address)


def test_the_outcome_form_says_what_is_missing_and_keeps_what_was_written(
    sunflowers: Nursery, review: Review
) -> None:
    dana = signed_in(sunflowers.dana)
    typed = {"kind": "no_change", "considered": "We looked at everything.", "version": ""}
    answer = dana.post(path(review, "outcome/"), typed)

    assert answer.status_code == 422
    assert "not done yet" in answer.content.decode()
    assert "We looked at everything." in answer.content.decode()


def test_the_pages_cost_the_same_however_much_there_is(sunflowers: Nursery, review: Review) -> None:
    n = sunflowers
    dana = signed_in(n.dana)
    pages = (reviews(n), path(review), path(review, "say/"))
    actions.say(by=n.wren, review=review, text="An empty page asks for less.")
    for address in pages:
        dana.get(address)
    before = [len(queries_of(dana, address)) for address in pages]
    for member in (n.priya, n.sam, n.tariq, n.pat):
        actions.say(by=member, review=review, text="Something.")
        actions.ask_for_review(by=n.sam, policy=review.policy, why=Why.OTHER, reason="Look.")
    after = [len(queries_of(dana, address)) for address in pages]

    assert max(after) <= MOST
    assert after == before
