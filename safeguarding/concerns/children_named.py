"""Children whom words from outside name, where somebody here is close to them and so kept out (R10)."""

from django.db.models import Q

from safeguarding.people.models import Child, Setting

from .adults import in_order


def children_named_in(text: str, setting: Setting) -> list[Child]:
    """Children named in full to whom somebody with an account here is close. One query.

    Any others are named by whoever reads the report: two children may have the same name.
    """
    close = Q(family__carers__member__isnull=False) | Q(relationships_to__isnull=False)
    rows = Child.objects.filter(close, setting=setting).distinct().order_by("known_as", "pk")
    said = _spaced(text)
    return [one for one in rows if any(name in said for name in _names(one))]


def _names(child: Child) -> list[str]:
    """The whole name, and the one they are called by with the last; a single word names nobody."""
    known_as = f"{child.known_as} {child.full_name.rpartition(' ')[2]}"
    return [_spaced(one) for one in (child.full_name, known_as) if len(in_order(one)) > 1]


def _spaced(text: str) -> str:
    return f" {' '.join(in_order(text))} "
