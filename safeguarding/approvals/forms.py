"""What is asked of whoever answers."""

from django import forms

from foundation.forms import Form, Words


class YesForm(Form):
    """A yes, to exactly what stood on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class NoForm(Form):
    reason = Words(label="Why not?", rows=3, most=500, help_text="Whoever asked reads this.")
