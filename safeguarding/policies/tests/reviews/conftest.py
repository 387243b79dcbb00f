"""A policy that the committee adopted, for tests of what happens to it afterwards."""

from datetime import timedelta

import pytest
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.policies.models import Policy, PolicyVersion

from .given import adopted


@pytest.fixture
def version(sunflowers: Nursery) -> PolicyVersion:
    return adopted(sunflowers, timezone.localdate() - timedelta(days=300))


@pytest.fixture
def policy(version: PolicyVersion) -> Policy:
    return version.policy
