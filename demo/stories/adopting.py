"""The committee of Sunflowers adopts both policies; later the lead writes a newer version of one."""

from dataclasses import replace

from demo.calendar import DAYS_OF_HISTORY, Days
from demo.cast import Nursery
from demo.walker import Story
from safeguarding.policies.actions import Part, answer_proposal, propose, write_version
from safeguarding.policies.models import PolicyVersion, ProposalAnswer

NOTE = "Both of us read it with the staff in May. Section 7 is where most has changed."
NEW = "Smart watches and glasses with a camera count as devices with a camera, and stay in the lockers."


def adopted(here: Nursery, days: Days) -> Story:
    """Cleo and Omar say yes after the meeting, and everybody here is told."""
    yield days.back(DAYS_OF_HISTORY, "10:40")
    mine = PolicyVersion.objects.filter(setting=here.setting).select_related("policy", "setting")
    for version in mine.order_by("title"):
        propose(by=here.dana, version=version, approvers=[here.cleo, here.omar], note=NOTE)
    for member, clock in ((here.cleo, "19:30"), (here.omar, "20:10")):
        yield days.back(DAYS_OF_HISTORY - 2, clock)
        for version in mine.filter(proposals__isnull=False).order_by("title"):
            answer_proposal(
                by=member,
                proposal=version.proposals.get(),
                answer=ProposalAnswer.Kind.YES,
                seen=version.digest,
                adopted_on=days.back(DAYS_OF_HISTORY - 2, clock).date(),
                minutes="Item 4 of the meeting",
            )


def redrafted(here: Nursery, days: Days) -> Story:
    """A newer version of one of them, not yet with the committee: a clause more, and one less."""
    yield days.back(4, "14:15")
    mine = PolicyVersion.objects.filter(setting=here.setting).select_related("policy", "setting")
    version = mine.filter(title__icontains="mobile").order_by("-number")[0]
    parts = [
        Part(one.number, one.heading, one.text, one.level, one.is_ours)
        for one in version.clauses.order_by("position")
    ]
    words = [place for place, one in enumerate(parts) if one.number and not one.heading]
    changed, gone = words[len(words) // 3], words[len(words) // 2]
    parts[changed] = replace(parts[changed], text=f"{parts[changed].text} {NEW}")
    write_version(
        by=here.devi,
        title=version.title,
        parts=[one for place, one in enumerate(parts) if place != gone],
        made=PolicyVersion.Made.WRITTEN,
        policy=version.policy,
        change_note="Watches and glasses with a camera; one clause that said the same twice is gone.",
    )
