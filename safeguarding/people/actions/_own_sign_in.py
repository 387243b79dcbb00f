"""A sign-in that opens cases, or another setting, is its person's alone. Only actions use it."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils import timezone

from safeguarding.audit.trail import System, record
from safeguarding.people.models import Member, User
from safeguarding.people.tasks import send_letter

SEEN = "a link that a colleague saw"


def note_shown(user: User) -> None:
    """Note that a colleague is shown a link of theirs."""
    user.link_shown_at = timezone.now()
    user.save(update_fields=["link_shown_at"])


def make_it_theirs_alone(member: Member) -> None:
    """Where a colleague was shown a link: the password goes, and a new link by mail to them alone.

    Whoever saw the link may have chosen the password, or may still do so within three days.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=member.user_id)
    if user.link_shown_at is None:
        return
    user.link_shown_at = None
    user.set_unusable_password()  # which ends every link that was made before
    user.save(update_fields=["link_shown_at", "password"])
    end_all_sign_ins(user)
    send_letter.enqueue("theirs_alone", str(user.pk))
    record("invitation.made_anew", member, by=System(SEEN, member.setting_id))


def end_all_sign_ins(user: User) -> int:
    """Remove passkeys, code app and recovery codes, and end every session. How many were removed."""
    removed = Authenticator.objects.filter(user=user).count()
    Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    user.end_sessions()
    return int(removed)
