"""How somebody is called here, as a form."""

from foundation.forms import Form, Line


class CalledForm(Form):
    """A name as it is now."""

    name = Line(label="Full name", most=120, missing="Write their name.")
