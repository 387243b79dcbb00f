"""What the writing coach suggests, sentence by sentence, and above all what it leaves alone."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from pydantic import TypeAdapter

from foundation import strict_yaml
from safeguarding.concerns.coach import Context, suggestions
from safeguarding.concerns.coach.schema import RULES, Rules, rules

KIT = Context(people=("Kit Lindqvist",), children=("Kit Lindqvist",), whole_report=False)
PEOPLE = ("Will May", "Grace Moody", "Mark Hall", "May Savage")
WHOLE = Context(people=("Kit Lindqvist",), children=("Kit Lindqvist",))
FULL = {
    "happened_time": "10:15",
    "place": "Garden",
    "saw": "Kit ran to the gate and cried.",
    "heard": "Kit said “he shouted at me”.",
    "asked": "“Tell me what happened.”",
    "did": "I sat with Kit and told Dana.",
}


def found(box: str, text: str, context: Context = KIT) -> list[str]:
    """The words the coach points at in one box."""
    return [word for one in suggestions({box: text}, context) for word in one.words_found]


@pytest.mark.parametrize(
    ("box", "text", "words"),
    [
        ("saw", "He was aggressive towards Noor.", "aggressive"),
        ("saw", "Obviously he wanted the tablet.", "Obviously"),
        ("saw", "She always does this at lunch.", "always"),
        ("saw", "He is just lazy.", "lazy"),
        ("saw", "Kit was attention-seeking again.", "attention-seeking"),
        ("saw", "Attention seeking at tidy-up time.", "Attention seeking"),
        ("saw", "I think Kit had seen it before.", "I think"),
        ("saw", "Kit seemed sad.", "seemed"),
        ("saw", "Kit is manipulating the others.", "manipulating"),
        ("saw", "Kit has ADHD.", "ADHD"),
        ("saw", "He is on the spectrum.", "on the spectrum"),
        ("saw", "HE WAS AGGRESSIVE.", "AGGRESSIVE"),
        ("saw", "Kit must have found it at home.", "must have"),
        ("heard", "Mum was rude.", "rude"),
        ("heard", "Clearly lying, Kit said no.", "Clearly"),
        ("heard", "“I want mummy.” Kit seemed frightened.", "seemed"),
        ("asked", "Did daddy do that?", "Did daddy"),
        ("asked", "I asked did daddy do it", "did daddy"),
        ("asked", "“Why did you open it?”", "Why did you"),
        ("asked", "I said that must have hurt.", "that must have"),
        ("asked", "Was it at home or at nursery?", "Was it at home or at nursery?"),
        ("asked", "I asked her if he had touched her.", "if he had touched her."),
        ("asked", "“Did somebody show you that?”", "Did somebody show you that?"),
        ("asked", "He hurt you, didn't he?", "didn't he"),
        ("asked", "He hurt you, didn’t he?", "didn’t he"),
        ("asked", "Me: Were you scared?\nKit: no", "Were you scared?"),
        ("saw", "KL took the tablet.", "KL"),
        ("saw", "K.L. took the tablet.", "K.L."),
        ("did", "I moved K away from the screen. K's tablet is off.", "K"),
        ("saw", "Child A took it from child B.", "Child A"),
        ("saw", "The child took the tablet.", "The child"),
        ("think", "My password is sunflower1.", "password is"),
        ("saw", "It is at https://example.org/a.jpg now.", "https://example.org/a.jpg"),
        ("did", "Screenshot attached.", "Screenshot attached"),
    ],
)
def test_a_sentence_that_could_be_better_is_pointed_at(box: str, text: str, words: str) -> None:
    assert words in found(box, text)


@pytest.mark.parametrize(
    ("box", "text"),
    [
        ("saw", "Kit threw the tablet and ran to the door."),
        ("saw", "Kit was lying on the floor."),
        ("saw", "I could see clearly that the screen was on."),
        ("saw", "A picture of a dog appeared on the screen."),
        ("saw", "Kit has a diagnosis of autism in his care plan."),
        ("saw", "Kit was crying, and his hands were shaking."),
        ("saw", "Kit drank his milk and looked at the tablet."),
        ("saw", "Kit watched TV with Noor."),
        ("saw", "Kit told me he always sleeps there."),
        ("saw", "Kit kicked a ball."),
        ("saw", "Kit sat with Grace Moody."),
        ("heard", "“He is always nasty and I think he is lazy.”"),
        ("heard", '"Daddy seemed angry", Kit said.'),
        ("heard", "Kit said 'obviously it's my naughty daddy' and ran off."),
        ("heard", "Kit said \u2018he’s always rude to me’."),
        ("heard", "Kit said he always hits him. He is nasty."),
        ("heard", "Kit: he is always aggressive"),
        ("heard", "“I think he always"),
        ("asked", "“Tell me what happened.” “Describe it to me.”"),
        ("asked", "I asked what he saw. He said “did I do something bad?”"),
        ("asked", "“Why did you shout at me?” said Kit."),
        ("asked", "Kit asked: “Is it or is it not bad?”"),
        ("asked", "“Can you tell me more?” “Are you ok?”"),
        ("asked", "I asked if she wanted a drink."),
        ("asked", "Me: What happened?\nKit: did I do bad?"),
        ("asked", "What did he say or do?"),
        ("asked", "Nothing, I listened."),
        ("think", "I think he is obviously unhappy, and always alone."),
        ("did", "I told Dana. Will you see my note, I asked."),
        ("saw", "Kit told me her password."),
    ],
)
def test_a_fact_an_open_question_or_somebody_elses_words_are_left_alone(
    box: str, text: str
) -> None:
    assert suggestions({box: text}, KIT) == []


@pytest.mark.parametrize(
    ("box", "text"),
    [
        ("saw", "Will took the tablet from May."),
        ("saw", "May had a red mark on her arm, and Mark saw it."),
        ("saw", "May may be found in the garden with Mark Hall."),
        ("saw", "Moody was on the mat beside Grace Moody and May Savage."),
        ("saw", "On 4 May Will and Mark played a game."),
        ("asked", "Will did the talking. Mark was there."),
        ("asked", "Will, what happened? May, tell me about it."),
        ("asked", "May I sit with you?"),
    ],
)
def test_a_name_is_only_a_name(box: str, text: str) -> None:
    context = Context(people=PEOPLE, children=PEOPLE, whole_report=False)

    assert found(box, text, context) == []


def test_initials_that_mean_something_else_are_left_alone() -> None:
    context = Context(people=("Tom Vale", "Ian Dean"), children=("Tom Vale",), whole_report=False)

    assert found("saw", "Tom watched TV, and I did so too. I saw ID on it.", context) == []


@pytest.mark.parametrize(
    ("changed", "box"),
    [
        ({"happened_time": ""}, "happened_time"),
        ({"place": ""}, "place"),
        ({"heard": ""}, "heard"),
        ({"did": ""}, "did"),
    ],
)
def test_what_is_missing_is_asked_for_once(changed: dict[str, str], box: str) -> None:
    assert suggestions(FULL, WHOLE) == []
    assert [one.box for one in suggestions(FULL | changed, WHOLE)] == [box]


@pytest.mark.parametrize(
    "changed",
    [
        {"heard": "", "saw": "Kit ran to the gate and said nothing."},
        {"heard": "said nothing"},
        {"place": "", "saw": "Kit ran in the garden and cried."},
        {"happened_time": "", "saw": "Kit has a bruise.", "heard": "Nothing", "did": "I wrote it."},
    ],
)
def test_what_the_words_say_already_is_not_asked_for(changed: dict[str, str]) -> None:
    context = WHOLE if "said nothing" in str(changed) else Context(people=("Kit Lindqvist",))

    assert [one.says for one in suggestions(FULL | {"asked": ""} | changed, context)] == []


def test_a_time_in_the_words_is_pointed_at() -> None:
    [one] = suggestions(FULL | {"happened_time": "", "saw": "At 10.15 Kit ran out."}, WHOLE)

    assert (one.box, one.words_found) == ("happened_time", ("At 10",))


def test_hardly_anything_and_everything_in_one_box_are_noticed() -> None:
    short = rules().length.short.says
    one_box = rules().length.one_box.says

    assert short in [one.says for one in suggestions({"saw": "Kit cried."}, WHOLE)]
    everything = {"saw": "Kit ran over to the gate. " * 20}
    assert one_box in [one.says for one in suggestions(everything, WHOLE)]
    assert suggestions({}, WHOLE) == [] or not suggestions({}, Context())


def test_copies_are_warned_of_where_a_picture_of_a_child_may_be_involved() -> None:
    words = {"did": "I took a screenshot for the lead."}
    imagery = Context(imagery=True, whole_report=False)

    [warned] = suggestions(words, imagery)
    assert "copy" in warned.says
    assert suggestions(words, Context(whole_report=False)) == []
    assert suggestions({"saw": "He took a screenshot of it."}, imagery) == []


def test_nothing_is_suggested_while_a_child_is_in_danger() -> None:
    assert suggestions({"saw": "Obviously lazy."}, Context(in_danger=True)) == []


def test_there_are_never_more_than_a_few() -> None:
    many = {
        "saw": "KL was lazy. I think he is autistic and always rude. Screenshot attached.",
        "asked": "Did daddy do it? Why did you go? Was it here or there? Is it bad?",
    }
    assert len(suggestions(many, WHOLE)) == rules().most


@pytest.mark.parametrize("letters", ["“", '"', "'a ", "I asked “Did he? ", "K.", "a.", "@@", "K: "])
def test_a_flood_of_odd_letters_is_answered(letters: str) -> None:
    text = letters * 60_000

    suggestions({"saw": text, "heard": text, "asked": text}, WHOLE)


def test_every_sentence_of_the_coach_is_kind() -> None:
    words = RULES.read_text(encoding="utf-8").casefold()

    for blame in ("you must not", "you should have", "wrong", "mistake", "error", "failed"):
        assert blame not in words


def test_a_word_put_in_the_wrong_place_stops_the_start(tmp_path: object) -> None:
    file = RULES.__class__(str(tmp_path)) / "rules.yaml"
    text = RULES.read_text(encoding="utf-8")
    file.write_text(text.replace("  blaming:", "  blamming:"), encoding="utf-8")

    with pytest.raises(ImproperlyConfigured, match=r"rules\.yaml line"):
        strict_yaml.read(file, TypeAdapter(Rules))
