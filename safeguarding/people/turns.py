"""Two people who do the same thing in a setting at the same moment do it one after the other."""

from uuid import UUID

from .models import Setting


def take_turn(setting_id: UUID) -> None:
    """The second of two who come here waits for the first, and then sees what they did.

    First of all that an action does once it is allowed: before it looks at anything, and before a case is
    held. Nobody waits who only writes something that refers to the setting.
    """
    Setting.objects.select_for_update(no_key=True).get(pk=setting_id)
