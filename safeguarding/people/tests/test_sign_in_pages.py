"""The pages of the sign-in library, in our frame and our words."""

from pathlib import Path

import allauth
import pytest
from django.template.loader import get_template

THEIRS = Path(allauth.__file__).parent / "templates"
OURS = Path(__file__).parents[1] / "templates"
# What account_urls.py can show, with the snippets those pages include.
PAGES = [
    "account/account_inactive.html",
    "account/login.html",
    "account/logout.html",
    "account/password_change.html",
    "account/password_reset.html",
    "account/password_reset_done.html",
    "account/password_reset_from_key.html",
    "account/password_reset_from_key_done.html",
    "account/reauthenticate.html",
    "mfa/authenticate.html",
    "mfa/index.html",
    "mfa/reauthenticate.html",
    "mfa/recovery_codes/generate.html",
    "mfa/recovery_codes/index.html",
    "mfa/totp/activate_form.html",
    "mfa/totp/deactivate_form.html",
    "mfa/trust.html",
    "mfa/webauthn/add_form.html",
    "mfa/webauthn/authenticator_confirm_delete.html",
    "mfa/webauthn/authenticator_list.html",
    "mfa/webauthn/edit_form.html",
    "mfa/webauthn/reauthenticate.html",
    "usersessions/usersession_list.html",
]
PARTS = [
    str(path.relative_to(THEIRS))
    for folder in ("layouts", "elements")
    for path in sorted((THEIRS / "allauth" / folder).glob("*.html"))
    if "provider" not in path.name  # no other service signs anyone in
]


@pytest.mark.parametrize("name", PAGES + PARTS)
def test_no_page_of_the_library_is_shown_bare(name: str) -> None:
    origin = get_template(name).origin.name  # type: ignore[attr-defined]

    assert Path(origin).is_relative_to(OURS)


@pytest.mark.parametrize("path", sorted(OURS.glob("**/*.html")), ids=lambda path: path.name)
def test_no_page_leads_to_signing_up(path: Path) -> None:
    source = path.read_text().lower()

    assert "signup" not in source
    assert "sign up" not in source.replace("nobody can sign up", "")
