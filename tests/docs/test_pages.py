"""What the pages say of the program is so: settings, roles, sign-ins, generated parts, decisions."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings

from demo.cast import ADULTS
from demo.people import PASSWORD
from foundation import written
from foundation.management.commands.docs import renew
from safeguarding.people.roles import Role

from .pages import ROOT, pages, short, text

pytestmark = pytest.mark.once

VARIABLE = re.compile(r"(HEDGEROW_[A-Z_]+|DATABASE_URL)")
ROW = re.compile(r"^\| `(?P<name>[A-Z_]+)` \| .+ \| .+ \|$", re.MULTILINE)
NUMBERED = re.compile(r"^(?P<number>\d{4})-[a-z0-9-]+\.md$")
LONGEST_DECISION = 40
PARTS_OF_A_DECISION = ["Status", "Context", "Decision", "Consequences"]
DECISIONS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))


def variables() -> set[str]:
    """Every variable of the environment that the program or its commands read."""
    files = [ROOT / "config" / "settings.py", ROOT / "manage.py"]
    files += [path for path in (ROOT / "bin").iterdir() if path.is_file()]
    files += [path for path in (ROOT / "foundation").rglob("*.py") if "tests" not in path.parts]
    return {
        node.value
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if VARIABLE.fullmatch(node.value)
    }


def test_every_setting_has_its_line_and_every_line_its_setting() -> None:
    lines = [row["name"] for row in ROW.finditer(text(ROOT / "docs" / "settings.md"))]

    assert len(lines) == len(set(lines))
    assert set(lines) == variables()


def test_nothing_of_ours_is_read_from_the_environment_under_another_name() -> None:
    source = (ROOT / "config" / "settings.py").read_text(encoding="utf-8")
    read = re.findall(r"(?:environ\.get|environ\[|env_\w+|postgresql|port_of)\(?\"(\w+)\"", source)

    assert len(read) > 10
    assert [name for name in read if not VARIABLE.fullmatch(name)] == []


def test_the_generated_parts_are_current() -> None:
    call_command("docs", check=True)


def test_a_stale_part_is_found_and_written_anew(tmp_path: Path) -> None:
    page = "# Page\n\n<!-- decisions -->\n- an old one\n<!-- end decisions -->\n\nEnd\n"
    (tmp_path / "docs" / "adr").mkdir(parents=True)
    (tmp_path / "docs" / "adr" / "0001-one.md").write_text("# 0001 One\n", encoding="utf-8")
    (tmp_path / "README.md").write_text(page, encoding="utf-8")

    with override_settings(BASE_DIR=tmp_path):
        with pytest.raises(CommandError, match=r"README\.md"):
            call_command("docs", check=True)
        assert renew(tmp_path / "README.md", write=True)
        assert not renew(tmp_path / "README.md", write=True)

    assert "- [0001 One](0001-one.md)\n<!-- end" in text(tmp_path / "README.md")
    assert text(tmp_path / "README.md").startswith("# Page\n\n<!-- decisions -->\n")
    assert text(tmp_path / "README.md").endswith("-->\n\nEnd\n")


def test_the_readme_and_the_map_hold_their_generated_parts() -> None:
    assert written.names(text(ROOT / "README.md")) == ["map"]
    assert written.names(text(ROOT / "docs" / "map.md")) == ["map", "apps", "timetable", "actions"]


def test_the_readme_lets_one_into_the_demo() -> None:
    readme = text(ROOT / "README.md")
    people = re.findall(r"`(\w+)@sunflowers\.example` \|", readme)

    assert PASSWORD in readme
    assert len(people) > 5
    assert set(people) <= set(ADULTS)


def test_every_role_is_in_the_glossary() -> None:
    glossary = text(ROOT / "docs" / "glossary.md")
    assert [role for role in Role if f"`Role.{role.name}`" not in glossary] == []


def test_the_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]

    assert numbers == list(range(1, len(numbers) + 1))
    assert all(NUMBERED.match(path.name) for path in DECISIONS)


@pytest.mark.parametrize("page", DECISIONS, ids=short)
def test_a_decision_is_short_and_has_its_parts(page: Path) -> None:
    lines = text(page).splitlines()

    assert len(lines) <= LONGEST_DECISION
    assert lines[0].startswith(f"# {page.name[:4]} ")
    assert [line[3:] for line in lines if line.startswith("## ")] == PARTS_OF_A_DECISION
    assert not lines[0].endswith((".", "?")), "the title is the decision"


@pytest.mark.parametrize("page", pages(), ids=short)
def test_a_page_begins_with_its_title_and_promises_nothing(page: Path) -> None:
    page_text = text(page)

    assert page_text.startswith("# ")
    assert not re.search(r"\b(TODO|TBD|FIXME|coming soon|lorem ipsum)\b", page_text, re.IGNORECASE)
