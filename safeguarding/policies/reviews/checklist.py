"""A review as its page shows it: the tasks as steps, and what was said with what was done about it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from safeguarding.people.models import Member

from .actions._here import end_of
from .models import Review, ReviewTask, VoiceAnswer
from .permissions import may_do_task

HINTS = {
    ReviewTask.Kind.READ: "Is each clause true of what you do? Can everybody keep to it?",
    ReviewTask.Kind.CONTACTS: "Call the numbers and open the links. Put the directory right too.",
    ReviewTask.Kind.GUIDANCE: "Is each document it names still in force, and in which edition?",
    ReviewTask.Kind.TECHNICAL: "Does it match the devices, the filter and the accounts as they are now?",
    ReviewTask.Kind.STAFF: "Everyone who works here was asked when the review was opened.",
    ReviewTask.Kind.PARENTS: "Parents with an account were asked. Give others the letter, or write it down.",
    ReviewTask.Kind.CHILDREN: "Ask in play, with a story or with pictures. Write it down without names.",
    ReviewTask.Kind.DECIDE: "Where something changes, write the new version.",
    ReviewTask.Kind.PROPOSE: "The committee adopts a new version, or hears that nothing changes.",
}


def checklist(tasks: Iterable[ReviewTask], member: Member, now: datetime) -> list[dict[str, Any]]:
    """The tasks in their order, each as the step component wants it."""
    order = list(ReviewTask.Kind)
    found = sorted(tasks, key=lambda one: order.index(ReviewTask.Kind(one.kind)))
    return [_step(one, member, now) for one in found]


def you_said(review: Review, member: Member) -> list[VoiceAnswer]:
    """What was said and what was done about it: for all once the review has ended, before for who lead."""
    rows = VoiceAnswer.objects.readable_by(member).filter(voice__review=review)
    return list(rows.select_related("voice").order_by("created_at"))


def _step(task: ReviewTask, member: Member, now: datetime) -> dict[str, Any]:
    done, due = getattr(task, "done", None), end_of(task.due_on)
    state = "open" if due > now else "overdue"
    if done is not None:
        state = "not-needed" if done.left_out else "done"
    return {
        "task": task,
        "done": done,
        "state": state,
        "text": (done.note if done and not done.left_out else "")
        or HINTS[ReviewTask.Kind(task.kind)],
        "due": due,
        "may": done is None and may_do_task(member, task),
    }
