"""Sign-in and one's own security: /accounts/… There is no page to sign up."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from . import account_views as views
from . import key_views
from .account_views import after_second_check, changes_factors, checks, passkeys, sets_up
from .pages import for_anyone, for_signed_in

RESET_KEY = r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"

urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("logout/", views.sign_out, name="account_logout"),
    path("inactive/", for_anyone(account.account_inactive), name="account_inactive"),
    path(
        "reauthenticate/",
        for_signed_in(checks(account.reauthenticate)),
        name="account_reauthenticate",
    ),
    path("password/change/", views.change_password, name="account_change_password"),
    path("password/reset/", for_anyone(account.password_reset), name="account_reset_password"),
    path(
        "password/reset/done/",
        for_anyone(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        RESET_KEY,
        for_anyone(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        for_anyone(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("security/", views.security, name="security"),
    path("second-check/", views.second_check, name="second_check"),
    path("unlock/", key_views.unlock, name="unlock"),
    path("stay/", views.stay, name="stay_signed_in"),
    path(
        "sessions/",
        for_signed_in(after_second_check(sessions.list_usersessions)),
        name="usersessions_list",
    ),
    path("2fa/", for_signed_in(mfa.index), name="mfa_index"),
    path(
        "2fa/reauthenticate/",
        for_signed_in(checks(mfa.reauthenticate)),
        name="mfa_reauthenticate",
    ),
    path(
        "2fa/app/add/",
        for_signed_in(sets_up(changes_factors(totp.activate_totp))),
        name="mfa_activate_totp",
    ),
    path(
        "2fa/app/remove/",
        for_signed_in(changes_factors(totp.deactivate_totp)),
        name="mfa_deactivate_totp",
    ),
    path(
        "2fa/recovery-codes/",
        for_signed_in(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/new/",
        for_signed_in(changes_factors(recovery.generate_recovery_codes)),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        for_signed_in(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("passkeys/", for_signed_in(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path(
        "passkeys/sign-in/",
        for_anyone(passkeys(webauthn.login_webauthn)),
        name="mfa_login_webauthn",
    ),
    path(
        "passkeys/add/",
        for_signed_in(sets_up(changes_factors(webauthn.add_webauthn))),
        name="mfa_add_webauthn",
    ),
    path(
        "passkeys/check/",
        for_signed_in(checks(webauthn.reauthenticate_webauthn)),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "passkeys/<int:pk>/name/",
        for_signed_in(webauthn.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
    path(
        "passkeys/<int:pk>/remove/",
        for_signed_in(changes_factors(webauthn.remove_webauthn)),
        name="mfa_remove_webauthn",
    ),
]
