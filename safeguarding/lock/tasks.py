"""What the worker does for the drop. Safe to run twice."""

from django_tasks import task

from . import taking_in


@task()
def look_after_drop() -> None:
    """Take in what was sent while the records were closed, and see that it can be sent again."""
    taking_in.look_after()
