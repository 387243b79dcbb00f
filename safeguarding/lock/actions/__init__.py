"""What can be done with the lock: locking, the ways in, and taking in what was sent meanwhile."""

from .asking import (
    ask_for_passphrase,
    ask_for_sheets,
    ask_to_change_key,
    ask_to_end_passphrase,
    ask_to_put_key_file_away,
)
from .closing import Content, allow_changes, lock_now, stop_changes, take_in
from .keys import (
    KEEPERS,
    change_key,
    end_passphrase,
    let_in,
    make_sheets,
    put_key_file_away,
    set_passphrase,
    use_sheets,
)

__all__ = [
    "KEEPERS",
    "Content",
    "allow_changes",
    "ask_for_passphrase",
    "ask_for_sheets",
    "ask_to_change_key",
    "ask_to_end_passphrase",
    "ask_to_put_key_file_away",
    "change_key",
    "end_passphrase",
    "let_in",
    "lock_now",
    "make_sheets",
    "put_key_file_away",
    "set_passphrase",
    "stop_changes",
    "take_in",
    "use_sheets",
]
