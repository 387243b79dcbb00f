"""Two verifiers that share no code, asked in the same way."""

from collections.abc import Iterable
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest

from safeguarding.audit import anchors, checkpoints, export
from safeguarding.audit.checkpoints import text_of
from safeguarding.audit.tests.given import IN_BLUEBELLS, SUNFLOWERS, a_trail
from safeguarding.audit.tests.signed import signing_key
from safeguarding.audit.verify import verify

__all__ = ["signing_key"]
Place = tuple[str, int] | None  # the layer that shows it, and the first bad place


def _other() -> ModuleType:
    path = Path(__file__).parents[3] / "bin" / "verify-export"
    loader = SourceFileLoader("verify_export", str(path))
    spec = spec_from_loader("verify_export", loader)
    assert spec
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


other = _other()
LENGTH = 12


@pytest.fixture
def held(signing_key: Path) -> list[str]:
    """Two settings' chains with two checkpoints; somebody outside holds the text of each."""
    found = []
    for _ in range(2):
        a_trail(LENGTH // 2 - 1)
        a_trail(3, by=IN_BLUEBELLS)
        found.append(text_of(checkpoints.make()))
        a_trail(1)
    return found


def exported() -> bytes:
    file = BytesIO()
    export.write(SUNFLOWERS, file)
    return file.getvalue()


def by_the_other(held: Iterable[str], copy: bytes | None = None) -> Place:
    """What the file that shares no code says of a copy."""
    try:
        other.examine(BytesIO(copy or exported()), held)
    except other.Bad as bad:
        return bad.layer, bad.place
    return None


def by_ours(held: Iterable[str], *, keyed: bool = False) -> Place:
    """What Hedgerow itself says; without its key, as an outsider would."""
    report = verify(SUNFLOWERS, keyed=keyed)
    if report.problems:
        return report.problems[0].layer, report.problems[0].position
    for number, text in enumerate(held, 1):
        if anchors.look_at(text).wrong:
            return "anchor", number
    return None
