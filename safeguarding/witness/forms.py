"""What is typed to check the record, and to have its proof sent outside."""

from foundation.forms import Form, Line
from safeguarding.people.forms import EmailLine


class WordsForm(Form):
    """The words of an older sheet."""

    words = Line(
        label="The eight words of an older sheet or mail",
        missing="Type the eight words.",
        most=120,
        help_text="In their order, with spaces between. Capital letters make no difference.",
    )


class MailboxForm(Form):
    """A mailbox outside the setting."""

    name = Line(
        label="Whose mailbox is it?",
        missing="Say whose mailbox it is.",
        most=120,
        help_text="For example: Early years team of the council",
    )
    email = EmailLine(
        label="Its address",
        missing="Type the address of the mailbox.",
        help_text="Choose a mailbox that nobody who works here can open.",
    )
