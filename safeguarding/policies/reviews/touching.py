"""Which policies something touches: those in force here that hold the duties about it."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils import timezone

from safeguarding.law.schema import Guidance
from safeguarding.policies.duties import catalogue
from safeguarding.policies.models import Clause, DutyAdoption, Policy, PolicyVersion
from safeguarding.policies.references import Citation, cited_in

from .models import TechnicalChange

Kind = TechnicalChange.Kind
# The parts of the work that a technical change is about.
PARTS: Mapping[str, frozenset[str]] = {
    Kind.FILTER: frozenset({"filtering_register", "filtering_checks", "filtering_breaches"}),
    Kind.DEVICES: frozenset({"devices_setting", "devices_personal", "portable_media"}),
    Kind.ACCOUNTS: frozenset({"passwords", "access_grants", "security_checks"}),
    Kind.SERVICES: frozenset({"approved_resources", "learning_journal", "website_compliance"}),
    Kind.NETWORK: frozenset({"filtering_register", "security_checks", "access_grants"}),
}


def touched_by(setting_id: UUID, parts: Collection[str]) -> list[Policy]:
    """The policies in force that hold a duty of these parts; all of them where none does. Two queries."""
    duties = [one.id for one in catalogue().values() if one.feature in parts]
    return _in_force(setting_id, duties)


def holding(setting_id: UUID, duty_id: str) -> list[Policy]:
    """The policy in force under which a duty was taken on; all of them where none is. Two queries."""
    return _in_force(setting_id, [duty_id])


def superseded(setting_id: UUID) -> list[tuple[Policy, str, Citation]]:
    """What each policy in force cites that something else took the place of by now. Two queries."""
    versions = PolicyVersion.objects.filter(setting=setting_id).in_force().select_related("policy")
    by_version = {one.pk: one.policy for one in versions}
    found: dict[tuple[UUID, str], tuple[Policy, str, Citation]] = {}
    today = timezone.localdate()
    for clause in Clause.objects.filter(version__in=by_version):
        policy = by_version[clause.version_id]
        for one in cited_in(f"{clause.heading}\n{clause.text}"):
            if one.state in {"changed", "newer"} and one.now.is_in_force(today):
                edition = edition_of(one.now, one.cited.newest)
                found.setdefault((policy.pk, edition), (policy, edition, one))
    return list(found.values())


def edition_of(guidance: Guidance, newest: int | None) -> str:
    """What a prompt is bound to: a later edition of the same guidance prompts once more."""
    since = newest or (guidance.in_force_from.isoformat() if guidance.in_force_from else "changed")
    return f"guidance/{guidance.id}/{since}"


def _in_force(setting_id: UUID, duties: Collection[str]) -> list[Policy]:
    taken = DutyAdoption.objects.filter(setting=setting_id, duty_id__in=duties)
    rows = taken.as_at(timezone.now()).filter(opted_out_because="")
    under = set(rows.values_list("policy", flat=True))
    versions = PolicyVersion.objects.filter(setting=setting_id).in_force().select_related("policy")
    policies = [one.policy for one in versions.order_by("title")]
    return [one for one in policies if one.pk in under] or policies
