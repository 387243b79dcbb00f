"""What is shown of a version: what changed in it, which policies it names, and which guidance."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from pydantic import TypeAdapter

from demo.cast import Nursery
from foundation import strict_yaml
from foundation.errors import RuleBroken
from safeguarding.law.library import guidance
from safeguarding.policies.actions import Part, add_alias, end_alias, write_version
from safeguarding.policies.differing import compared
from safeguarding.policies.models import Alias, Clause, PolicyVersion
from safeguarding.policies.naming import KnownPolicy, Names, common_titles, names_for, plain
from safeguarding.policies.references import CITATIONS, Cited, citations, cited_in
from safeguarding.policies.shown import laid_out

once = pytest.mark.once


def clauses(*parts: tuple[str, str]) -> list[Clause]:
    return [Clause(position=n, number=one, text=text) for n, (one, text) in enumerate(parts)]


BEFORE = clauses(
    ("1", "Phones stay in the locker all day."),
    ("2", "Visitors sign in at the door."),
    ("3", "We look at this every year."),
)


@once
def test_words_that_went_and_came_are_marked_and_the_others_stay() -> None:
    after = clauses(("1", "Phones stay in the office all day."), *_of(BEFORE[1:]))

    [change] = compared(BEFORE, after).only_changed

    assert [(run.kind, run.words) for run in change.runs] == [
        ("same", "Phones stay in the"),
        ("gone", "locker"),
        ("new", "office"),
        ("same", "all day."),
    ]


@once
def test_a_clause_that_only_got_another_number_is_no_change_of_its_words() -> None:
    after = clauses(
        ("1", BEFORE[0].text),
        ("2", "A new clause about toys."),
        ("3", BEFORE[1].text),
        ("4", BEFORE[2].text),
    )

    found = compared(BEFORE, after)

    kinds = [(one.kind, one.clause.number) for one in found.changes]
    assert kinds == [("same", "1"), ("new", "2"), ("moved", "3"), ("moved", "4")]


@once
def test_what_went_stands_where_it_was() -> None:
    found = compared(BEFORE, clauses(*_of([BEFORE[0], BEFORE[2]])))

    assert [(one.kind, one.clause.number) for one in found.changes] == [
        ("same", "1"), ("gone", "2"), ("same", "3"),
    ]  # fmt: skip


def _of(some: list[Clause]) -> list[tuple[str, str]]:
    return [(one.number, one.text) for one in some]


def policy(here: Nursery, title: str, text: str = "We do well.") -> PolicyVersion:
    parts = [Part("1", "", text)]
    return write_version(by=here.dana, title=title, parts=parts, made=PolicyVersion.Made.WRITTEN)


def names(version: PolicyVersion) -> Names:
    return names_for(version, PolicyVersion.objects.all(), Alias.objects.standing())


def html(version: PolicyVersion) -> str:
    shown = laid_out(version.clauses.all(), names(version))
    return " ".join(line for one in shown.clauses for block in one.blocks for line in block.lines)


def test_a_policy_that_is_named_by_any_of_its_titles_is_a_link(sunflowers: Nursery) -> None:
    phones = policy(sunflowers, "Mobile technology and social media policy")
    text = "See the Use of Mobile Phones & Cameras policy and the Pocket rules."
    version = policy(sunflowers, "Online safety policy", text)
    assert html(version).count("<a ") == 1

    alias = add_alias(by=sunflowers.dana, policy=phones.policy, name="Pocket rules policy")
    assert html(version).count("<a ") == 1, "two words of plain speech need “policy” behind them"
    add_alias(by=sunflowers.dana, policy=phones.policy, name="The pocket rules of Sunflowers")

    assert str(phones.policy_id) in html(version)
    with pytest.raises(RuleBroken, match="already"):
        add_alias(by=sunflowers.dana, policy=version.policy, name="pocket RULES policy")
    end_alias(by=sunflowers.dana, alias=alias)
    assert [one.name for one in Alias.objects.standing()] == ["The pocket rules of Sunflowers"]


def test_a_policy_that_is_not_here_is_named_as_missing(sunflowers: Nursery) -> None:
    version = policy(
        sunflowers,
        "Online safety policy",
        "As in our Anti-bullying policy.\n• Confidentiality policy",
    )

    shown = laid_out(version.clauses.all(), names(version))

    assert shown.missing == ["Behaviour policy", "Confidentiality policy"]
    assert "not in the library yet" in html(version)


def test_words_of_a_clause_are_never_markup(sunflowers: Nursery) -> None:
    text = "<script>alert(1)</script> & the <b>Behaviour policy</b>"
    version = policy(sunflowers, "<i>Online</i> safety policy", text)

    assert "<script>" not in html(version)
    assert "<b>" not in html(version)


def test_plain_speech_is_no_policy(sunflowers: Nursery) -> None:
    policy(sunflowers, "Child protection policy")
    version = policy(
        sunflowers, "Trips policy", "Online safety and child protection matter on trips."
    )

    assert "<a " not in html(version)


@once
@pytest.mark.parametrize(
    ("words", "title", "state"),
    [
        (
            "“Keeping Children Safe in Education” 2018, and so on",
            "Keeping children safe in education",
            "newer",
        ),
        ("Keeping children safe in education", "Keeping children safe in education", "no year"),
        ("Early Years and Foundation Stage 2017", "Early years foundation stage", "newer"),
        (
            "'Working Together to Safeguard Children' 2018",
            "Working together to safeguard children",
            "newer",
        ),
        (
            "as set out in the UKCCIS guidance",
            "The guidance on shared nudes, once called sexting",
            "changed",
        ),
        ("the KSCB procedures", "Kent's safeguarding bodies", "changed"),
        ("in line with the GDPR", "Data protection law", "changed"),
        ("see www.thinkuknow.co.uk", "CEOP's education pages", "changed"),
        ("Prevent duty guidance 2023", "Prevent duty guidance", "newest we know"),
    ],
)
def test_guidance_is_recognised_and_flagged_when_a_newer_rules(
    words: str, title: str, state: str
) -> None:
    [found] = cited_in(words)

    assert (found.cited.title, found.state) == (title, state)
    assert found.now.source.title


@once
def test_a_word_that_only_looks_like_guidance_is_none() -> None:
    assert cited_in("We work together to safeguard our toys, and preventing is our duty.") == []


@once
def test_what_we_know_of_guidance_says_whether_anybody_checked_it() -> None:
    for one in citations():
        now = guidance()[one.guidance]
        assert (
            now.verified is (now.seen_in == "primary" and now.checked_on is not None)
            or not now.verified
        )


@once
def test_an_unknown_guidance_or_key_stops_the_start(tmp_path: object) -> None:
    broken = CITATIONS.read_text().replace("guidance: kcsie", "guidance: kcsei", 1)
    path = CITATIONS.__class__(str(tmp_path)) / "citations.yaml"
    path.write_text(broken)

    with pytest.raises(ImproperlyConfigured, match=r"citations\.yaml line 4"):
        strict_yaml.read(path, TypeAdapter(list[Cited]))


@once
def test_no_title_belongs_to_two_policies() -> None:
    every = [plain(title) for one in common_titles() for title in {one.title, *one.also}]
    titles: list[KnownPolicy] = list(common_titles())

    assert len(titles) > 10
    by_policy = {plain(t): one.title for one in titles for t in (one.title, *one.also)}
    for one in titles:
        assert {by_policy[plain(t)] for t in (one.title, *one.also)} == {one.title}
    assert every
