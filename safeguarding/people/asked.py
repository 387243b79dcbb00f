"""What apps above ask with the member of every request: in the query that finds the member, not in one more.

A question is an expression on the rows of the roles held (`RoleHeld`); the answer stands on each of them
under the question's name, in `member.current_roles`. It is put together once for all requests (see
`foundation.prepared`), so it takes the day and the moment it is asked for, and does not look at the clock.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db.models import Q
from django.db.models.expressions import BaseExpression

Question = Callable[[date, datetime], BaseExpression | Q]

_questions: dict[str, Question] = {}


def asked_with_member(name: str) -> Callable[[Question], Question]:
    """Register a question under a name. One that was registered before can be used in it."""

    def register(question: Question) -> Question:
        _questions[name] = question
        return question

    return register


def questions(on: date, at: datetime) -> dict[str, BaseExpression | Q]:
    """Every question as it is asked of a day and a moment, in the order they were registered."""
    return {name: question(on, at) for name, question in _questions.items()}
