"""What a setting asks of whom: stricter than what comes ready-made freely, less for a written reason."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.law.values import Value
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.people.roles import Role
from safeguarding.people.turns import take_turn
from safeguarding.training import permissions
from safeguarding.training.asked import Topic, asked_of
from safeguarding.training.models import OwnTopic, Requirement, RequirementTakenBack
from safeguarding.training.owed import settle

NOT_THERE = "This is not on your list any more."
TAKEN = (
    "There is a topic of this name, or there was one. Choose another name; or change that one, or put it "
    "back, on the list of topics."
)
BEGUN = (
    "This has begun, so it stays on record. Say anew who needs it, from today or a later day. Nothing was "
    "changed."
)
NOT_LOOSER = "A role may be asked sooner, never later: choose {every} or less."


@transaction.atomic
def add_topic(
    *, by: Member, name: str, about: str, every: Value, roles: Collection[Role]
) -> OwnTopic:
    """Add a topic of the setting's own, and say who needs it from today."""
    require(permissions.may_set_requirements, by)
    take_turn(by.setting_id)
    taken = set(OwnTopic.objects.filter(setting=by.setting).values_list("slug", flat=True))
    slug = slugify(name)[:60] or "topic"
    if slug in taken | set(asked_of([by.setting_id], timezone.now())[by.setting_id]):
        raise RuleBroken(TAKEN)
    topic = OwnTopic.objects.create(
        setting=by.setting, slug=slug, name=name, about=about, every=str(every), written_by=by
    )
    today = timezone.localdate()
    Requirement.objects.bulk_create(
        Requirement(
            setting=by.setting, topic=slug, role=role, is_needed=True, starts=today, set_by=by
        )
        for role in sorted(roles)
    )
    record("topic.added", topic, by=by, slug=slug, roles=", ".join(sorted(roles)))
    settle(by.setting)
    return topic


@transaction.atomic
def remove_topic(*, by: Member, slug: str) -> OwnTopic:
    """Take a topic of the setting's own off the list. What was learnt stays on record."""
    require(permissions.may_set_requirements, by)
    newest = _newest(by, slug)
    if newest is None or newest.removed:
        raise RuleBroken(NOT_THERE)
    gone = OwnTopic.objects.create(
        setting=by.setting,
        slug=slug,
        version=newest.version + 1,
        name=newest.name,
        about=newest.about,
        every=newest.every,
        removed=True,
        written_by=by,
    )
    record("topic.removed", gone, by=by, slug=slug)
    settle(by.setting)
    return gone


@transaction.atomic
def change_topic(*, by: Member, slug: str, name: str, about: str, every: Value) -> OwnTopic:
    """Write a topic of the setting's own anew. One that was off the list is back, with who needed it then."""
    require(permissions.may_set_requirements, by)
    newest = _newest(by, slug)
    if newest is None:
        raise RuleBroken(NOT_THERE)
    version = newest.version + 1
    topic = OwnTopic.objects.create(
        setting=by.setting,
        slug=slug,
        version=version,
        name=name,
        about=about,
        every=str(every),
        written_by=by,
    )
    record("topic.changed", topic, by=by, slug=slug, version=version, back=newest.removed)
    settle(by.setting)
    return topic


@transaction.atomic
def ask_of_role(
    *,
    by: Member,
    topic: str,
    role: Role,
    starts: date,
    every: Value | None = None,
    before_role: bool = False,
) -> Requirement:
    """From a day on, ask a topic of a role: also sooner than it comes ready-made, or before the role."""
    require(permissions.may_set_requirements, by)
    known = _topic(by, topic)
    if every is not None and not every.is_within(known.every):
        raise RuleBroken(NOT_LOOSER.format(every=known.every))
    asked = Requirement.objects.create(
        setting=by.setting,
        topic=topic,
        role=role,
        is_needed=True,
        every=str(every or ""),
        before_role=before_role,
        starts=starts,
        set_by=by,
    )
    record("requirement.set", asked, by=by, topic=topic, role=role, starts=starts.isoformat())
    settle(by.setting)
    return asked


@transaction.atomic
def leave_out_for_role(
    *, by: Member, topic: str, role: Role, starts: date, reason: str
) -> Requirement:
    """From a day on, do not ask a topic of a role. The reason stays on record for an inspector."""
    require(permissions.may_set_requirements, by)
    _topic(by, topic)
    if not reason.strip():
        raise RuleBroken("Write why this role does not need it here.")
    left = Requirement.objects.create(
        setting=by.setting,
        topic=topic,
        role=role,
        is_needed=False,
        reason=reason,
        starts=starts,
        set_by=by,
    )
    record("requirement.left_out", left, by=by, topic=topic, role=role, starts=starts.isoformat())
    settle(by.setting)
    return left


@transaction.atomic
def take_back_requirement(*, by: Member, requirement: Requirement) -> RequirementTakenBack:
    """Take back, before its first day, what was to be asked of a role from then on: it never counts."""
    require(permissions.may_change_requirement, by, requirement)
    take_turn(by.setting_id)  # the second of two waits here
    if requirement.starts <= timezone.localdate():
        raise RuleBroken(BEGUN)
    if RequirementTakenBack.objects.filter(requirement=requirement).exists():
        raise RuleBroken("This was taken back already. Nothing was changed.")
    back = RequirementTakenBack.objects.create(
        setting=requirement.setting, requirement=requirement, taken_back_by=by
    )
    topic, role, starts = requirement.topic, requirement.role, requirement.starts.isoformat()
    record("requirement.taken_back", requirement, by=by, topic=topic, role=role, starts=starts)
    return back


def _topic(by: Member, topic: str) -> Topic:
    known = asked_of([by.setting_id], timezone.now())[by.setting_id]
    if topic not in known:
        raise RuleBroken(NOT_THERE)
    return known[topic]


def _newest(by: Member, slug: str) -> OwnTopic | None:
    """The last that was written of a topic; the second of two who change it waits here."""
    take_turn(by.setting_id)
    rows = OwnTopic.objects.filter(setting=by.setting, slug=slug)
    return rows.order_by("-version").first()
