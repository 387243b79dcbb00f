"""What belongs to any month: the directory, the post, and reports that are not (yet) a case."""

from datetime import timedelta

from demo import reports
from demo.calendar import DAYS_OF_HISTORY, Days
from demo.cast import Nursery
from demo.walker import Story
from safeguarding.concerns import actions
from safeguarding.concerns.report import Person
from safeguarding.directory.actions import Details, change_contact, check_contact
from safeguarding.directory.models import Contact
from safeguarding.notifications.models import Notification
from safeguarding.notifications.outbox import mark_seen
from safeguarding.people.actions import declare_relationship
from safeguarding.people.models import Relationship

# Numbers that Ofcom keeps free for stories, so that nobody's telephone rings.
NUMBERS = {
    "social-care": "01632 960 120",
    "lado": "01632 960 145",
    "education-safeguarding": "01632 960 178",
}
KEEP_UNSEEN = 2  # working days: what came since may still be unread


def opening(here: Nursery, days: Days) -> Story:
    """The lead fills in who to call, and people say to whom they are close."""
    yield days.back(DAYS_OF_HISTORY, "09:10")
    for slug, phone in NUMBERS.items():
        contact = Contact.objects.readable_by(here.dana).current().get(slug=slug)
        changed = change_contact(by=here.dana, contact=contact, details=_with(contact, phone))
        check_contact(by=here.devi, contact=changed)
    yield days.back(DAYS_OF_HISTORY, "12:20")
    kind = Relationship.Kind.CLOSE
    declare_relationship(by=here.wren, about=here.wren, other_member=here.vic, kind=kind)


def _with(contact: Contact, phone: str) -> Details:
    return Details(
        name=contact.name,
        kind=contact.kind,
        level=contact.level,
        audience=tuple(contact.audience),
        when_to_use=contact.when_to_use,
        phone=phone,
        hours="Day and night" if contact.slug == "social-care" else "Weekdays 9:00 to 17:00",
        source="Told by the council on the telephone",
        takes_referrals=contact.takes_referrals,
    )


def mornings(here: Nursery, days: Days) -> Story:
    """Each morning people open what they were told of the day before; the last days are still to come."""
    for number in range(DAYS_OF_HISTORY - 1, KEEP_UNSEEN - 1, -1):
        yield days.back(number, "08:40")
        messages = Notification.objects.filter(setting=here.setting).unseen()
        for message in messages.select_related("recipient"):
            mark_seen(message.recipient, message.subject_id)


SONG = {
    "place": "Garden",
    "saw": "Two children danced by the sand pit and sang part of a song from a video. One word in "
    "it is a swear word. They were laughing, and neither of them seemed to know what it means.",
    "heard": "Noor sang it three times. Theo said: “That’s from my cousin’s phone.”",
    "asked": "Nothing.",
    "did": "I sang a different song with them, and they joined in.",
    "think": "They have picked it up from an older child. I am not worried, but I thought that "
    "you would want to know.",
}
SONG_ASIDE = (
    "I talked it over with Sam. The children repeated one word from a song that is played "
    "everywhere at the moment. Nothing else about either child worries us, there is no earlier "
    "report, and nothing was seen here. No case is needed. Sam will mention it lightly to both "
    "families at pick-up, and we will write about music and video apps in the next newsletter. "
    "If either child says more, or it comes up again, I will look at this afresh."
)


def put_aside(here: Nursery, days: Days) -> Story:
    """A report that needs no case, with the reasons."""
    yield days.back(18, "11:20")
    people = [Person("other", child=here.noor), Person("other", child=here.children["theo"])]
    concern = reports.send(here.sam, "other", "content", SONG, people, minutes_before=35)
    yield days.back(18, "11:50")
    reports.read(here.dana, concern)
    yield days.back(18, "13:15")
    actions.put_aside(by=here.dana, concern=concern, reasons=SONG_ASIDE)


CALL = {
    "place": "At the door, at drop-off",
    "heard": "Maya said to me: “My brother has a new game with headphones and he shouts at the "
    "people in it.” Her grandmother, who brought her, said: “He is eleven and he plays it "
    "until midnight, I cannot get him off it.”",
    "asked": "I asked her grandmother whether she would like to talk to Dana about it. She said yes.",
    "did": "I wrote it down straight away and told Dana that I had.",
    "think": "It may only be a noisy game. I do not know who the people in it are.",
}


def undecided(here: Nursery, days: Days) -> Story:
    """A report that was read, and on which nobody has decided yet. At night the lead is reminded of it."""
    sent = days.lately(110)
    yield sent
    people = [
        Person("other", child=here.children["maya"]),
        Person("sibling", name="Maya’s brother, 11"),
    ]
    concern = reports.send(here.wren, "other", "contact", CALL, people, minutes_before=25)
    yield days.lately(75)
    reports.read(here.dana, concern)
    reminded = sent + timedelta(hours=4, minutes=1)
    if reminded < days.now:
        yield reminded
        mark_seen(here.dana, concern.pk)


ADVERT = {
    "told_lead": "not_yet",
    "place": "At home",
    "saw": "A colouring app, which another parent recommended in our group, showed Kit an advert "
    "for a game with a casino wheel. After the wheel it asked for my bank card to “unlock the "
    "prize”.",
    "heard": "Kit said: “Press it, press it, I won a pony.”",
    "did": "I closed it and deleted the app. I did not enter anything.",
    "think": "Other families here use the app as well, so I think you should know.",
}


def unread(here: Nursery, days: Days) -> Story:
    """A report from a parent that came a short while ago. Nobody has opened it yet."""
    yield days.ago(25)
    reports.send(here.pat, "other", "commerce", ADVERT, minutes_before=120)
