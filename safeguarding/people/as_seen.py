"""A form that knows what stood there when its page was opened."""

from django import forms

from foundation.forms import Form


class AsSeen(Form):
    """A form whose text takes the place of another, and which knows that other text."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def look_again(self, seen: str) -> None:
        """From now what stands there is known to whoever sends it again."""
        self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        self.data["seen"] = seen  # type: ignore[index]
