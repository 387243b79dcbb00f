"""Whether somebody wrote down a child's name where there should be none."""

from uuid import UUID

from foundation.names import Finder, likely
from safeguarding.people.models import Child

# Names that are everyday words as well. In small letters they are taken for the word: "the children will".
WORDS = {
    *("amber", "april", "art", "ash", "august", "autumn", "bay", "bill", "bud"),
    *("chance", "clay", "dale", "daisy", "dawn", "dean", "dot", "drew", "faith", "fern"),
    *("frank", "grace", "grant", "guy", "harmony", "hazel", "heath", "heather", "holly"),
    *("honey", "hope", "hunter", "iris", "ivy", "jasmine", "jay", "jet", "jewel"),
    *("joy", "june", "kit", "lane", "lily", "mark", "mason", "max", "may", "melody"),
    *("mercy", "miles", "noble", "olive", "page", "pat", "pearl", "penny", "pip", "poppy"),
    *("precious", "ray", "red", "reed", "rich", "river", "rob", "robin", "rose"),
    *("rosemary", "rowan", "ruby", "sage", "sandy", "scarlet", "skip", "sky", "star"),
    *("storm", "sue", "summer", "sunny", "trinity", "van", "violet", "will"),
    *("willow", "win", "wren"),
}


def child_named_in(text: str, setting_id: UUID) -> str:
    """A child of the setting whose name stands in a text, however it is spelt there; empty for none."""
    rows = Child.objects.filter(setting=setting_id).values_list("known_as", "full_name")
    names = likely({name for row in rows for name in row if name}, text)
    for found in Finder(names).each_in(text):
        if text[found.start : found.end].removesuffix("s") not in WORDS:
            return found.name
    return ""
