"""What a procedure definition may say. Anything else is a mistake, named with its file and line."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Words = Annotated[str, StringConstraints(min_length=3, max_length=600)]
Obligation = Annotated[str, StringConstraints(pattern=r"^(OSP|MTSM)-[0-9]+[A-Z0-9.a-z-]*$")]
Span = Annotated[
    str,
    StringConstraints(
        pattern=r"^(immediately|[1-9][0-9]* (minutes|hours?|working days?|calendar days?|months?))$"
    ),
]

By = Literal["anyone", "lead", "manager", "leadership", "technical"]
RecordKind = Literal[
    "note",  # what was done, in words
    "answers",  # yes or no to the questions in `asks`
    "decision",  # what was decided, with reasons
    "outcome",  # one of `options`, with reasons: a decision in the procedure's own words
    "referral",  # agency, route, person, reference, reply due
    "advice",  # from whom, when, what they said
    "parents_informed",  # who was told, when, by whom, or why not
    "support",  # which child, what support
    "risk_assessment",  # vulnerability, checks with agencies, conclusion
    "custody",  # where the device is, sealed, handed over by and to
    "containment",  # confirmed by technical staff, who see no case
    "viewing",  # why there was no other way, and the second senior person present
    "deletion",  # who deleted, from where, witnessed by
    "review",  # how it was handled, what changes, who does it by when
]
# Under which heading a procedure is offered: on the report form, and where a case takes up another.
Group = Literal["device", "child", "message", "picture", "us", "adult"]
# What the system knows about a case without asking.
Fact = Literal["early-years-child"]
FACTS: frozenset[str] = frozenset({"early-years-child"})


class Strict(BaseModel):
    """Refuses a key it does not know; cannot be changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(Strict):
    """A deadline that comes from a dated rule of `law`.

    It counts from the moment the setting knew, or, with `since`, from when an earlier step was settled.
    """

    rule: str
    since: Slug | None = None


class Time(Strict):
    """A time of a setting's own for a step whose rule counts from when an earlier one was settled."""

    time: Span
    since: Slug


class Condition(Strict):
    """The step is a must when any of these is so; otherwise as `otherwise` says."""

    when: Annotated[tuple[Slug, ...], Field(min_length=1)]
    otherwise: Literal["if_appropriate", "not_needed"] = "not_needed"


class Gate(Strict):
    """Locked until every one of these questions is answered yes; `says` tells the person why."""

    answers: Annotated[tuple[Slug, ...], Field(min_length=1)]
    says: Words


class Never(Strict):
    """Something the system gives no way to do, and the sentence it says instead."""

    id: Slug
    says: Words


class Question(Strict):
    """A question with the answer yes or no, asked by one step."""

    id: Slug
    ask: Words
    hint: Words | None = None


class Option(Strict):
    """One way in which a step can turn out, in words that go on the record."""

    id: Slug
    says: Words
    acts: bool = True  # no for an outcome that is a decision not to act


class Step(Strict):
    """One thing to be done: by whom, by when, why, and what has to be on record first."""

    id: Slug
    do: Words
    why: Words | None = None
    by: By
    # must · if_appropriate (the lead decides, with a reason) · if_applies (may be marked as not
    # applying, with a reason) · or a condition on facts and answers
    need: Literal["must", "if_appropriate", "if_applies"] | Condition
    within: Span | Rule | Time | None = None
    records: RecordKind
    asks: tuple[Slug, ...] = ()
    options: tuple[Option, ...] = ()
    to: tuple[Slug, ...] = ()  # agencies a referral or advice may go to, from the directory
    after: tuple[Slug, ...] = ()
    apart_from: tuple[Slug, ...] = ()  # recorded by somebody else than whoever recorded these
    gate: Gate | None = None
    repeats: bool = False  # may be recorded again: several referrals, several children
    starts: tuple[Slug, ...] = ()  # procedures that begin on the same case once this is done
    quarantine: bool = False  # a device secured here stays untouched until the police advise
    obligations: tuple[Obligation, ...] = ()

    @property
    def counts_from(self) -> tuple[Slug, ...]:
        """The earlier step from which its time counts, if not from when the setting knew."""
        since = self.within.since if isinstance(self.within, Rule | Time) else None
        return (since,) if since else ()

    @model_validator(mode="after")
    def asks_only_where_answers_are_recorded(self) -> Self:
        if bool(self.asks) != (self.records == "answers"):
            raise ValueError(f"step {self.id}: `asks` goes with `records: answers`, and only there")
        return self

    @model_validator(mode="after")
    def options_only_where_an_outcome_is_recorded(self) -> Self:
        ids = [option.id for option in self.options]
        if (self.records == "outcome") != (len(ids) > 1) or len(set(ids)) != len(ids):
            raise ValueError(
                f"step {self.id}: two or more different `options` go with `records: outcome`, "
                "and only there"
            )
        return self

    @model_validator(mode="after")
    def only_somebody_who_reads_the_case_starts_more(self) -> Self:
        if self.starts and (self.by == "technical" or self.records == "answers"):
            raise ValueError(
                f"step {self.id}: `starts` needs a step that is done, by somebody who reads the case"
            )
        return self

    @model_validator(mode="after")
    def only_a_device_in_custody_is_quarantined(self) -> Self:
        if self.quarantine and self.records != "custody":
            raise ValueError(f"step {self.id}: `quarantine` goes with `records: custody`")
        return self


class Definition(Strict):
    """One procedure, as people read it and as the engine follows it."""

    id: Slug
    title: Words
    version: Annotated[int, Field(ge=1)]
    group: Group
    order: Annotated[int, Field(ge=1)] = 50  # within its group, the most common first
    # The words a practitioner chooses on the report form; none where nobody reports it as such.
    report_as: Words | None = None
    starts_when: Words
    record_class: Literal["C1", "C2", "C3", "C4"]
    imagery: bool = False
    rests_on: tuple[Words, ...]  # the policies it carries out
    guidance: tuple[Slug, ...] = ()  # ids in law's guidance table
    summary: Words  # one paragraph for staff who are not leads
    never: tuple[Never, ...]
    questions: tuple[Question, ...] = ()
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

    @property
    def by_id(self) -> dict[str, Step]:
        return {step.id: step for step in self.steps}

    @property
    def surely_asked(self) -> frozenset[str]:
        """The questions that every case answers: those of steps that are a must."""
        return frozenset(one for step in self.steps if step.need == "must" for one in step.asks)

    @model_validator(mode="after")
    def every_id_is_used_once(self) -> Self:
        for what in ("steps", "questions", "never"):
            ids = [item.id for item in getattr(self, what)]
            if twice := {one for one in ids if ids.count(one) > 1}:
                raise ValueError(f"{what}: {', '.join(sorted(twice))} stands twice")
        return self

    @model_validator(mode="after")
    def steps_wait_only_for_earlier_steps(self) -> Self:
        earlier: set[str] = set()
        for step in self.steps:
            if unknown := {*step.after, *step.apart_from, *step.counts_from} - earlier:
                raise ValueError(
                    f"step {step.id} waits for {', '.join(sorted(unknown))}, which is not an earlier step"
                )
            earlier.add(step.id)
        return self

    @model_validator(mode="after")
    def every_question_is_asked_and_every_condition_known(self) -> Self:
        known = {question.id for question in self.questions}
        asked = [one for step in self.steps for one in step.asks]
        if set(asked) != known or len(asked) != len(known):
            raise ValueError("every question is asked by exactly one step")
        for step in self.steps:
            names = set(step.gate.answers) if step.gate else set()
            if isinstance(step.need, Condition):
                names |= set(step.need.when)
            if unknown := names - known - FACTS:
                raise ValueError(f"step {step.id}: no question {', '.join(sorted(unknown))}")
        return self

    @model_validator(mode="after")
    def it_ends_with_a_review(self) -> Self:
        if self.steps[-1].records != "review" or self.steps[-1].need != "must":
            raise ValueError("the last step is a must and records the review of how it was handled")
        return self

    @model_validator(mode="after")
    def imagery_is_class_c4_or_c3(self) -> Self:
        fitting = {"C3", "C4"} if self.imagery else {"C1", "C2", "C3"}
        if self.record_class not in fitting:
            raise ValueError(
                "`imagery: true` goes with record_class C4 always, with C3 where it is so, "
                "and nowhere else"
            )
        return self

    @model_validator(mode="after")
    def it_does_not_start_itself(self) -> Self:
        for step in self.steps:
            if self.id in step.starts:
                raise ValueError(f"step {step.id} starts the procedure it is part of")
        return self
