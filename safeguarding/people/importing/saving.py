"""Writing what a plan says, inside the transaction of whoever asked for it."""

from collections.abc import Mapping

from safeguarding.audit.trail import Line as TrailLine
from safeguarding.audit.trail import record_many
from safeguarding.people.models import Carer, Child, Family, Member, Room

from .children import ChangedChild, ChildrenPlan, NewChild
from .counting import Count
from .homes import Home


class Saving:
    """A list of children, saved in a few statements, with one line in the trail for each record."""

    def __init__(self, by: Member, plan: ChildrenPlan, count: Count) -> None:
        self.by, self.plan, self.count = by, plan, count
        self.trail: list[TrailLine] = []
        self.families: Mapping[int, Family] = {}

    def save(self) -> None:
        rooms = Room.objects.readable_by(self.by)
        self.rooms = {room.name.casefold(): room for room in rooms}
        self.count.total = 2 * self._rows()  # each with its line in the trail
        self._add_rooms()
        self._add_families()
        self._add_carers()
        self._admit()
        self._alter()
        for part in self.count.in_batches(self.trail):
            record_many(part, by=self.by)

    def _rows(self) -> int:
        """How many rows there will be: rooms, families, carers, children."""
        homes = self.plan.homes
        new = sum(one.family is None for one in homes) + sum(len(one.new_carers) for one in homes)
        return len(self.plan.rooms) + new + len(self.plan.admitted) + len(self.plan.altered)

    def _add_rooms(self) -> None:
        new = [Room(setting=self.by.setting, name=name) for name in self.plan.rooms.values()]
        for part in self.count.in_batches(new):
            Room.objects.bulk_create(part)
        for room in new:
            self.rooms[room.name.casefold()] = room
            self.trail.append(TrailLine("room.added", room, {}))

    def _add_families(self) -> None:
        known = {id(home): home.family for home in self.plan.homes if home.family}
        new = {
            id(home): Family(setting=self.by.setting, name=home.name)
            for home in self.plan.homes
            if home.family is None
        }
        for part in self.count.in_batches(list(new.values())):
            Family.objects.bulk_create(part)
        self.trail += [TrailLine("family.added", one, {}) for one in new.values()]
        self.families = known | new

    def _add_carers(self) -> None:
        """By name only. No account is ever tied to a family by a list (ADR 0019)."""
        new = [
            Carer(setting=self.by.setting, family=self._family(home), name=name, relation=relation)
            for home in self.plan.homes
            for name, relation in home.new_carers
        ]
        for part in self.count.in_batches(new):
            Carer.objects.bulk_create(part)
        self.trail += [TrailLine("carer.added", one, {"family": str(one.family_id)}) for one in new]

    def _admit(self) -> None:
        new = [self._child(one) for one in self.plan.admitted]
        for part in self.count.in_batches(new):
            Child.objects.bulk_create(part)
        self.trail += [TrailLine("child.admitted", one, {}) for one in new]

    def _child(self, new: NewChild) -> Child:
        line = new.line
        return Child(
            setting=self.by.setting,
            known_as=line.known_as or line.full_name.partition(" ")[0][:80],
            full_name=line.full_name,
            born_on=line.born_on,
            room=self.rooms.get(line.room.casefold()),
            family=self._family(new.home) if new.home else None,
        )

    def _alter(self) -> None:
        for changed in self.plan.altered:
            self._set(changed)
            details = {"fields": ", ".join(changed.fields)}
            self.trail.append(TrailLine("child.changed", changed.child, details))
        children = [one.child for one in self.plan.altered]
        fields = ["known_as", "born_on", "room", "family"]
        for part in self.count.in_batches(children):
            Child.objects.bulk_update(part, fields, batch_size=100)

    def _set(self, changed: ChangedChild) -> None:
        child, line = changed.child, changed.line
        values = {
            "known_as": line.known_as,
            "born_on": line.born_on,
            "room": self.rooms.get(line.room.casefold()),
            "family": self._family(changed.home) if changed.home else None,
        }
        for name in changed.fields:
            setattr(child, name, values[name])

    def _family(self, home: Home) -> Family:
        return self.families[id(home)]
