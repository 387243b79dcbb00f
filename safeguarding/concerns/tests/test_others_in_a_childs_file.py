"""What is about others stays out of the file of a child, and nobody stands in it by name who should not."""

import json

from demo.cast import Nursery
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, Entry
from safeguarding.concerns.papers.child import ChildsFile, content_of, names_in
from safeguarding.concerns.papers.hiding import Names
from safeguarding.people.models import Child

from .childs_files import an_incident, page


def on_paper(n: Nursery, child: Child) -> str:
    """What a paper of a file says, with every name hidden that was found; but for its title."""
    file = ChildsFile(child, n.dana, capability="X")
    hide = Names(names_in(file, file.items))
    return json.dumps({**content_of(file, hide), "title": ""}, ensure_ascii=False)


def corrected(n: Nursery, case: Case, entry: Entry, text: str) -> Entry:
    return actions.correct_entry(by=n.dana, case=case, entry=entry, text=text)


def test_what_corrects_support_for_another_child_is_left_out_with_it(sunflowers: Nursery) -> None:
    n = sunflowers
    case = an_incident(n)
    support = case.entries.get(support__child=n.isla)
    once = corrected(n, case, support, "It was the play therapist.")
    corrected(n, case, once, "It was her play therapist, on Monday.")
    own = case.entries.get(support__child=n.kit)
    corrected(n, case, own, "The corner by the window.")

    for text in (on_paper(n, n.kit), page(n, n.dana, n.kit)):
        assert "play therapist" not in text
        assert "The corner by the window." in text


def test_what_corrects_who_was_let_in_is_left_out_too(sunflowers: Nursery) -> None:
    n = sunflowers
    case = an_incident(n)
    actions.let_know(by=n.dana, case=case, member=n.morgan, reason="plans the staff")
    corrected(n, case, case.entries.get(kind="access"), "She plans the rooms.")

    assert "plans the rooms" not in on_paper(n, n.kit)
