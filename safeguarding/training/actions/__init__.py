"""Everything that changes about training: ask, change, record, tell."""

from .recording import (
    add_certificate,
    confirm_attendance,
    correct_attendance,
    record_own,
    record_training,
)

__all__ = [
    "add_certificate",
    "confirm_attendance",
    "correct_attendance",
    "record_own",
    "record_training",
]
