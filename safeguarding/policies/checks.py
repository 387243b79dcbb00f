"""The catalogue of duties is sound before anybody is served."""

from typing import Any

from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from foundation.evidence import evidenced
from foundation.safe_start import TAG

from .duties import catalogue


@checks.register(TAG, deploy=True)
def the_catalogue(**_: Any) -> list[checks.CheckMessage]:
    """Every file can be read, and nothing is shown for a duty that is in none."""
    try:
        unknown = evidenced() - catalogue().keys()
    except ImproperlyConfigured as error:
        return [checks.Error(str(error), hint="Put the file right.", id="hedgerow.duties")]
    said = ", ".join(sorted(unknown))
    hint = "Put the id right in evidence.py or in a procedure."
    return [checks.Error(f"No duty {said}.", hint=hint, id="hedgerow.duties")] if unknown else []
