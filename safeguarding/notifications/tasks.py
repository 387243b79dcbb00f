"""What the worker does for messages and clocks. Safe to run twice."""

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from foundation import fence

from . import ladders, post
from .models import Clock, Delivery


@task()
def deliver(delivery_id: str) -> None:
    """Send one mail, straight after the change it tells of."""
    _send(Delivery.objects.filter(pk=delivery_id))


@task()
def deliver_waiting() -> None:
    """Send whatever mail is still waiting: a try that failed, or one a stopped worker left behind."""
    now = timezone.now()
    waiting = Delivery.objects.filter(
        post.is_due(now), sent_at__isnull=True, given_up_at__isnull=True
    )
    _send(waiting.order_by("next_try_at")[:200])


def _send(deliveries: QuerySet[Delivery]) -> None:
    """Send these, each from inside its own setting."""
    with fence.across("what is due"):
        found = list(deliveries.values_list("setting", "pk"))
    for setting, delivery_id in found:
        with fence.inside(setting):
            post.send(str(delivery_id))


@task()
def escalate_missed() -> None:
    """Tell the next person of every clock that ran out and was not answered."""
    due = Clock.objects.to_escalate(timezone.now()).order_by("escalate_at")
    with fence.across("what is due"):
        found = list(due.values_list("setting", "pk")[:200])
    for setting, clock_id in found:
        with fence.inside(setting):
            ladders.climb(clock_id)
