"""What can be done with policies and with the duties they hold."""

from .duties import adopt_duties
from .versions import Part, write_version

__all__ = ["Part", "adopt_duties", "write_version"]
