"""A policy that the committee adopted, for tests of what happens to it afterwards."""

from datetime import timedelta

from django.utils import timezone

from demo.cast import Nursery
from safeguarding.policies.models import Policy, PolicyVersion
from tests.standing import built_once

from .given import adopted


@built_once
def version(sunflowers: Nursery) -> PolicyVersion:
    return adopted(sunflowers, timezone.localdate() - timedelta(days=300))


@built_once
def policy(version: PolicyVersion) -> Policy:
    return version.policy
