"""What can be done with policies and with the duties they hold. Each file is one matter."""

from .committee import (
    answer_proposal,
    propose,
    remind_approver,
    tell_of_missing,
    withdraw_proposal,
)
from .drafting import begin_draft, change_draft, forget_draft, save_draft, undo_draft
from .duties import adopt_duties
from .keeping import accept_loss, add_alias, end_alias
from .mistakes import say_saved_by_mistake
from .versions import Part, write_version

__all__ = [
    "Part",
    "accept_loss",
    "add_alias",
    "adopt_duties",
    "answer_proposal",
    "begin_draft",
    "change_draft",
    "end_alias",
    "forget_draft",
    "propose",
    "remind_approver",
    "save_draft",
    "say_saved_by_mistake",
    "tell_of_missing",
    "undo_draft",
    "withdraw_proposal",
    "write_version",
]
