"""In which state the records are, in words for people."""

from dataclasses import dataclass

WHY = {
    "missing": "The file with the records is not where it should be. It may have been moved or deleted.",
    "cut": "The file with the records is empty. Something has cut it off.",
    "wrong-key": "The key does not open the file with the records: the file may have been swapped for "
    "another, or the key is that of another installation.",
    "damaged": "The file with the records is damaged.",
    "no-key": "The key that opens the records is missing or damaged.",
    "not-changed": "A change of the key was begun and could not come to its end. Most likely the disk "
    "is full; the window in which Hedgerow was started says why. Make room and unlock again: it goes on.",
    "not-prepared": "The records could not be brought up to date with this version of the program.",
}


@dataclass(frozen=True)
class State:
    """`locked`, `file-only` or `changing`, and why."""

    state: str = "locked"
    why: str = ""

    @property
    def reason(self) -> str:
        return WHY.get(self.why, "")


_now = [State()]


def now() -> State:
    return _now[0]


def set_to(state: str, why: str) -> None:
    _now[0] = State(state, "" if why == "-" else why)
