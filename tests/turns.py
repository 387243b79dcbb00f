"""Dear tests take turns: an ordinary run has those whose turn it is, and every other test (ADR 0048).

`turns.txt` names each test function that is dear, what it took, and its turn; all turns cost much the same.
`python -m tests.turns FOLDER` writes it from the reports of a run of all turns. What it does not name runs
every time; so does what is marked `every_time`, and a file that changed with the last commit or since.
"""

import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

LIST = Path(__file__).with_name("turns.txt")
TURNS = 12
DEAR = 0.3  # seconds, of a function with all its parameters
EACH = 0.1  # and of one test of it: many cheap ones are worth their price
HEAD = "# Written by bin/test --turn all --note-turns: turn, seconds, test.\n"
AUTO, ALL = "auto", "all"


def of(words: str) -> int | None:
    """The turn somebody asks for: its number, "auto" for the one that has come, None for "all".

    The next comes with each commit, so that twelve in a row try everything. Where there is no history to
    count, nothing is left to another turn.

    Raises ValueError with a sentence.
    """
    if words == ALL:
        return None
    if words == AUTO:
        known = git("rev-parse", "--is-shallow-repository") == ["false"]
        count = git("rev-list", "--count", "HEAD") if known else []
        return int(count[0]) % TURNS if count else None
    if words.isdecimal() and int(words) < TURNS:
        return int(words)
    raise ValueError(f"A turn is a number from 0 to {TURNS - 1}, or {AUTO}, or {ALL}: {words}")


def git(*words: str) -> list[str]:
    """The lines that git answers; none where it cannot."""
    try:
        done = subprocess.run(  # noqa: S603  our own words
            ("git", *words),  # noqa: S607
            cwd=LIST.parent.parent,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return []
    return done.stdout.splitlines()


def known() -> dict[str, int]:
    """The turn of each dear function, by its id without parameters."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    split = (line.split(maxsplit=2) for line in lines if not line.startswith("#"))
    return {name: int(turn) for turn, _, name in split}


def choose(items: list[pytest.Item], turn: int) -> list[pytest.Item]:
    """Leave out what has another turn. Gives what was left out."""
    turns, new = known(), set(git("diff", "--name-only", "HEAD~1"))

    def waits(item: pytest.Item) -> bool:
        name = item.nodeid.partition("[")[0]
        if turns.get(name, turn) == turn or item.get_closest_marker("every_time"):
            return False
        return name.partition("::")[0] not in new

    left_out = [item for item in items if waits(item)]
    items[:] = [item for item in items if not waits(item)]
    return left_out


def costs(reports: Iterable[Path]) -> dict[str, list[float]]:
    """What each test of each function took, in seconds, in all the runs it was in."""
    taken: defaultdict[str, list[float]] = defaultdict(list)
    for report in reports:
        for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314  our own file
            where = case.attrib["classname"].replace(".", "/")
            name = f"{where}.py::{case.attrib['name'].partition('[')[0]}"
            taken[name].append(float(case.attrib["time"]))
    return dict(taken)


def shared_out(taken: dict[str, list[float]]) -> Iterator[tuple[int, float, str]]:
    """The dear ones, file by file, the dearest first, each into the turn that has least so far."""
    files: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for name, each in taken.items():
        if sum(each) >= max(DEAR, EACH * len(each)):
            files[together(name)][name] = sum(each)
    load = [0.0] * TURNS
    for functions in sorted(files.values(), key=lambda them: (-sum(them.values()), *them)):
        turn = load.index(min(load))
        load[turn] += sum(functions.values())
        yield from ((turn, seconds, name) for name, seconds in functions.items())


def together(name: str) -> str:
    """What shares a turn: a file, whose tests begin with the same; and all that loads the demo."""
    return "demo" if name.startswith("demo/") else name.partition("::")[0]


def note(folder: Path) -> None:
    """Write the list anew from the reports in a folder, and of which commit they tell."""
    at = "".join(
        f"# All of them passed at {commit}.\n" for commit in git("describe", "--always", "--dirty")
    )
    by_name = sorted(shared_out(costs(folder.glob("*.xml"))), key=lambda one: one[2])
    lines = (f"{turn} {seconds:.1f} {name}\n" for turn, seconds, name in by_name)
    LIST.write_text(HEAD + at + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    note(Path(sys.argv[1]))
