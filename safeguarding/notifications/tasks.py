"""What the worker does for messages and clocks. Safe to run twice."""

from django.utils import timezone
from django_tasks import task

from . import ladders, post
from .models import Clock, Delivery


@task()
def deliver(delivery_id: str) -> None:
    """Send one mail, straight after the change it tells of."""
    post.send(delivery_id)


@task()
def deliver_waiting() -> None:
    """Send whatever mail is still waiting: a try that failed, or one a stopped worker left behind."""
    now = timezone.now()
    waiting = Delivery.objects.filter(
        sent_at__isnull=True, given_up_at__isnull=True, next_try_at__lte=now
    )
    for delivery_id in waiting.order_by("next_try_at").values_list("pk", flat=True)[:200]:
        post.send(str(delivery_id))


@task()
def escalate_missed() -> None:
    """Tell the next person of every clock that ran out and was not answered."""
    due = Clock.objects.to_escalate(timezone.now()).order_by("escalate_at")
    for clock_id in due.values_list("pk", flat=True)[:200]:
        ladders.climb(clock_id)
