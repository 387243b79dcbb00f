"""Statements that PostgreSQL keeps, so that it plans them once on each connection (ADR 0046).

It takes longer to plan some questions than to answer them: who waits for somebody's word 25 ms, and 0.2.
What `foundation/prepared.py` puts together once is therefore handed over once as well, by `PREPARE`; after
that only its values travel.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from psycopg.errors import FeatureNotSupported, InvalidSqlStatementName

# A column that it gives has become another, or somebody had the server forget it.
STALE = (FeatureNotSupported, InvalidSqlStatementName)
PLACE = re.compile("%[%s]")
MOST = 300  # on one connection; one takes some 0.3 MB of the server
_turn = count(1)


class Kept(str):
    """A statement that others see as any other, and that a connection of ours keeps.

    `places` says which value stands at which of its parameters, `types` what PostgreSQL calls each value.
    What stands at the others, `given`, is the same each time.
    """

    def __new__(cls, statement: str, *_: Any) -> "Kept":
        return super().__new__(cls, statement)

    def __init__(
        self, _: str, given: Sequence[Any], places: Mapping[int, int], types: Sequence[str]
    ) -> None:
        # Not of its text: two may differ in nothing but what is given.
        self._number = next(_turn)
        self._types = types
        self._fixed = [one for at, one in enumerate(given) if at not in places]
        self._first = [min(at for at in places if places[at] == one) for one in range(len(types))]
        at = count()
        self._numbered = PLACE.sub(lambda found: _put(found[0], at, places), self)

    def name(self, role: str) -> str:
        """For each role its own: a plan asks the policies of one, and would be made anew for another."""
        return f"kept_{self._number}_{role.lower()}"

    def handed_over(self, name: str) -> tuple[str, list[Any]]:
        types = f" ({', '.join(self._types)})" if self._types else ""
        return f"PREPARE {name}{types} AS {self._numbered}", self._fixed

    def asked(self, name: str, parameters: Sequence[Any]) -> tuple[str, list[Any]]:
        values = [parameters[at] for at in self._first]
        return f"EXECUTE {name}" + f"({', '.join(['%s'] * len(values))})" * bool(values), values


def _put(found: str, at: "count[int]", places: Mapping[int, int]) -> str:
    if found == "%%":
        return found
    place = next(at)
    return f"${places[place] + 1}" if place in places else found
