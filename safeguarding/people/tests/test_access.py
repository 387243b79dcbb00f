"""The access matrix is what was agreed: this copy was written by hand from the agreed table."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from safeguarding.people import access
from safeguarding.people.roles import Role

CLASSES = ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10", "C11", "C12"]

# One line a role, one cell a class, in the order of CLASSES; "-" is nothing. The agreed table has
# no column for C8, which all staff read, and says in words that everyone files (F) and has the
# receipt of their own (K). Its local authority officer is the group officer here; its officers for
# data protection, hosting and support hold no role in a setting.
TABLE = """
lead          | FKLRWDGX t | FKLRWDGX n | FKLRWDGX n | FKLRWDGX n | FLRWD t | LRW t | - | R t | R n, V t | A t | LRWD t | -
deputy        | FKLRWD t | FKLRWD n | FKLRWD n | FKLRWD n | FLRW t | LRW t | - | R t | V t | A t | LR n | -
manager       | FK o, S t, R n | FK o, R n | FKLRWDGX n | FK o, R n | LR n | LRW t | FLRWD n | R t | V t | A t | LR n | M t
deputy_manager| FK o, R n | FK o, R n | FK o | FK o | LR n | LRW t | - | R t | V t | A t | - | -
committee_lead| FK o | FK o | FKLRWDGX n | FK o | - | - | R n | R t | V t | A t | - | -
committee     | FK o | FK o | FK o | FK o | - | - | - | R t | V t | A t | - | -
practitioner  | FK o, R n | FK o | FK o | FK o | FK o | R t | - | R t | - | - | F o | -
technical     | FK o | FK o | FK o | FK o | LRW t | - | - | R t | - | - | - | -
parent        | FK o | FK o | FK o | FK o | - | RW c | - | - | - | - | FK o | -
volunteer     | FK o | FK o | FK o | FK o | - | - | - | R t | - | - | - | -
contractor    | FK o | FK o | FK o | FK o | - | - | - | R t | - | - | - | -
group_officer | FK o, LR s | FK o, LR s | FK o, LR s | FK o, LR s | LR s | - | LR s | - | R s | A t | - | -
"""  # noqa: E501  a table is read across


def _agreed() -> dict[tuple[Role, str], access.Grants]:
    table = {}
    for line in TABLE.strip().splitlines():
        role, *cells = (part.strip() for part in line.split("|"))
        assert len(cells) == len(CLASSES)
        for name, cell in zip(CLASSES, cells, strict=True):
            if cell != "-":
                grants = (grant.split() for grant in cell.split(","))
                table[Role(role), name] = frozenset(
                    (letter, scope) for letters, scope in grants for letter in letters
                )
    return table


def test_every_cell_is_as_agreed() -> None:
    assert access.matrix() == _agreed()
    assert {role for role, _ in access.matrix()} == set(Role)
    assert list(access.classes()) == CLASSES


def test_everyone_files_on_the_four_classes_of_concern() -> None:
    for role in Role:
        for name in CLASSES[:4]:
            assert access.scopes([role], name, "F"), f"{role} cannot file {name}"


def test_nobody_who_manages_accounts_decides_about_children_by_that_role() -> None:
    for role in Role:
        if access.scopes([role], "C12", "M"):
            for name in ("C1", "C2", "C4"):
                assert not access.scopes([role], name, "D")


def test_two_roles_give_both_their_scopes() -> None:
    both = [Role.PARENT, Role.PRACTITIONER]
    assert access.scopes(both, "C6", "R") == {"t", "c"}
    assert access.scopes([], "C6", "R") == frozenset()
    assert access.classes_within([Role.LEAD], "R", "n") == {"C2", "C3", "C4", "C9"}


@pytest.mark.parametrize(
    ("roles", "sentence"),
    [
        ("king: {C1: R t}", "no role king"),
        ("lead: {C99: R t}", "no class C99"),
        ("lead: {C1: Q t}", "cannot read"),
        ("lead: {C1: R z}", "cannot read"),
        ("lead: {C1: R}", "cannot read"),
    ],
)
def test_a_word_the_code_does_not_know_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, roles: str, sentence: str
) -> None:
    file = tmp_path / "access.yaml"
    file.write_text(f"classes: {{C1: Concern}}\nroles:\n  {roles}\n")
    monkeypatch.setattr(access, "FILE", file)
    access.matrix.cache_clear()
    with pytest.raises(ImproperlyConfigured, match=sentence):
        access.matrix()
    access.matrix.cache_clear()


def test_the_page_of_permissions_is_current_and_complete(tmp_path: Path) -> None:
    page = tmp_path / "permissions.md"
    with pytest.raises(CommandError, match="permissions_table"):
        call_command("permissions_table", check=True, to=page)
    call_command("permissions_table", to=page)
    call_command("permissions_table", check=True, to=page)

    text = page.read_text()
    assert "| Designated safeguarding lead | FKLRWDGX t |" in text
    assert "`may_grant_role`: The manager gives roles, never to themselves (rule R25)." in text
    assert "`children_readable_by`" in text
