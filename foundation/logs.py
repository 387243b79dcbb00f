"""Logs for whoever looks after the system: where in the code, never what anyone wrote."""

import copy
import logging
import traceback
from types import TracebackType

ErrorInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class PrivateFormatter(logging.Formatter):
    """Leaves out what could name a person: an error's text, a page's address, a form's values."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if request is not None and hasattr(request, "method"):
            match = getattr(request, "resolver_match", None)
            record = copy.copy(record)
            record.msg = "%s to %s %s"
            route = match.route if match else "an address we do not have"
            record.args = (getattr(record, "status_code", "answer"), request.method, route)
            record.exc_text = None
        return super().format(record)

    def formatException(self, ei: ErrorInfo) -> str:  # noqa: N802  the library's name
        """The classes of the errors, and the lines of code they passed; not their words."""
        lines, error = [], ei[1]
        while error is not None:
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
            frames = traceback.extract_tb(error.__traceback__)
            lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)
