"""What the library shows of the duties about it, at any moment."""

from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from demo.cast import Nursery
from foundation.evidence import Finding, findings
from safeguarding.policies.actions import Part, adopt_duties
from safeguarding.policies.adopting import Take
from safeguarding.policies.evidence import policies_in_force, policies_linked

from .test_adopting import adopted, written

LINKS = Part(
    "2.6", "Links", "See:\n• Behaviour policy\n• Image use policy\n• Online safety policy", 2
)


def shown(here: Nursery, duty: str, at: object = None) -> tuple[int, int]:
    moment = at or timezone.now()
    found = findings([here.setting.pk], moment)[duty][here.setting.pk]  # type: ignore[arg-type]
    return found.kept, found.owed


def test_a_policy_that_a_clause_names_is_owed_until_it_is_in_force_here(
    sunflowers: Nursery,
) -> None:
    version = adopted(sunflowers, written(sunflowers.dana, LINKS))
    adopt_duties(by=sunflowers.dana, takes=[Take("OSP-2-05", version.policy, "2.6")])
    before = timezone.now()
    assert shown(sunflowers, "OSP-2-05") == (0, 2)

    behaviour = written(
        sunflowers.dana, Part("1", "", "Be kind."), title="Behaviour and discipline policy"
    )
    assert shown(sunflowers, "OSP-2-05") == (0, 2), "a draft is not in force"
    adopted(sunflowers, behaviour)

    assert shown(sunflowers, "OSP-2-05") == (1, 1)
    assert shown(sunflowers, "OSP-2-05", before) == (0, 2), "the past still shows the past"


def test_policies_are_owed_until_adopted_and_acceptable_use_is_among_them(
    sunflowers: Nursery,
) -> None:
    nothing = policies_in_force([sunflowers.setting.pk], timezone.now())["OSP-4-LEAD-02"]
    assert nothing[sunflowers.setting.pk] == Finding(sunflowers.setting.pk)
    version = written(sunflowers.dana, LINKS)
    assert shown(sunflowers, "OSP-4-LEAD-02") == (0, 2)

    adopted(sunflowers, version)
    assert shown(sunflowers, "OSP-4-LEAD-02") == (1, 1)
    adopted(
        sunflowers, written(sunflowers.dana, LINKS, title="Acceptable use of technology policy")
    )

    assert shown(sunflowers, "OSP-4-LEAD-02") == (2, 0)


def test_the_number_of_questions_does_not_grow(
    sunflowers: Nursery,
    bluebells: Nursery,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for here in (sunflowers, bluebells):
        version = adopted(here, written(here.dana, LINKS))
        adopt_duties(by=here.dana, takes=[Take("OSP-2-05", version.policy, "2.6")])
    both = [sunflowers.setting.pk, bluebells.setting.pk]

    with django_assert_num_queries(4):
        policies_linked(both, timezone.now())
    with django_assert_num_queries(1):
        policies_in_force(both, timezone.now())
