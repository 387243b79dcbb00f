"""What the writing coach is shown of a form: what was typed so far, complete or not."""

from django.forms import BaseForm
from django.forms.utils import ErrorDict

from safeguarding.concerns import kinds
from safeguarding.concerns.coach import Context, Suggestion, suggestions
from safeguarding.concerns.models import Entry

from .casework import EntryForm, children_of
from .reporting import WORDS, ReportForm

LOOKED_AT = (*WORDS, "happened_time", "place")
A_CHILD = "child:"


def on_report(form: ReportForm) -> list[Suggestion]:
    """Suggestions on a report as it stands."""
    named = [(row["who"].value() or "", _name(row)) for row in form.people]
    context = Context(
        people=tuple(name for _, name in named if name),
        children=tuple(name for who, name in named if name and who.startswith(A_CHILD)),
        imagery=kinds.is_imagery(_typed(form, "kind")),
        in_danger=is_urgent(form),
    )
    return suggestions({box: _typed(form, box) for box in LOOKED_AT}, context)


def on_entry(form: EntryForm) -> list[Suggestion]:
    """Suggestions on an entry of a case: the child's words are facts, a note may hold opinions."""
    children = tuple(str(child) for child in children_of(form.case))
    context = Context(
        people=children,
        children=children,
        imagery=form.case.is_imagery,
        whole_report=False,
    )
    box = "heard" if _typed(form, "kind") == Entry.Kind.CHILDS_WORDS else "note"
    return suggestions({box: _typed(form, "text")}, context)


def is_urgent(form: BaseForm) -> bool:
    """Whether the form says that a child is in danger right now: then nothing may delay it."""
    return "in_danger_now" in form.fields and _typed(form, "in_danger_now") == "yes"


def hush(*forms: BaseForm) -> None:
    """Show what was typed without saying what is still missing: nobody tried to send it."""
    for form in forms:
        form._errors = ErrorDict()  # type: ignore[attr-defined]


def _typed(form: BaseForm, name: str) -> str:
    return str(form[name].value() or "")


def _name(row: BaseForm) -> str:
    """Whom one row of "Who is it about?" names, by choice or by name."""
    chosen = next((one for one in row.roster.find(_typed(row, "who")) if one), None)  # type: ignore[attr-defined]
    return str(chosen or _typed(row, "name"))
