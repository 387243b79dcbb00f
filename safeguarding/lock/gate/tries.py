"""Slowing down whoever tries passphrases. It never shuts anybody out for good."""

import threading
import time

FREE = 3  # wrong tries before one has to wait
LONGEST = 30  # seconds
PLACES = 1000  # remembered at most


class Tries:
    """Wrong tries, counted for each place they come from. One try at a time: each takes much memory."""

    def __init__(self) -> None:
        self.one_at_a_time = threading.Lock()
        self._wrong: dict[str, tuple[int, float]] = {}

    def wait(self, place: str) -> int:
        """Seconds this place still has to wait; 0 when it may try."""
        _, until = self._wrong.get(place, (0, 0.0))
        left = until - time.monotonic()
        return int(left) + 1 if left > 0 else 0

    def note_wrong(self, place: str) -> None:
        count = self._wrong.get(place, (0, 0.0))[0] + 1
        pause = min(2.0 ** (count - FREE), LONGEST) if count > FREE else 0
        if len(self._wrong) >= PLACES:
            self._wrong.pop(next(iter(self._wrong)))
        self._wrong[place] = (count, time.monotonic() + pause)
