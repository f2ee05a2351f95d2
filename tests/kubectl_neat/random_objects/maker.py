"""Random values of any type of the API's schema: all of its fields can come, and come empty."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

from tests.kubectl_neat.random_objects import values

Tree = dict[str, Any]
Mend = Callable[["Maker", Tree], None]

SCHEMA = json.loads(Path(__file__).with_name("schema.json").read_text())
TYPES: dict[str, Any] = SCHEMA["types"]
# What the server writes, and what a whole object gets from its own maker.
NEVER = {"status", "managedFields"}
OWN = {"apiVersion", "kind", "metadata"}
SPECS = {"spec", "template", "jobTemplate", "containers"}


class Maker:
    """Draws each field with a chance that falls with the depth, so that objects stay within a page or two."""

    def __init__(
        self,
        random: Random,
        chance: float,
        fields: Mapping[str, Callable[["Maker"], Any]],
        mends: Mapping[str, Mend],
        musts: Collection[str] = (),
    ) -> None:
        self.random = random
        self._chance = chance
        self._fields = fields
        self._mends = mends
        self._musts = musts
        self._depth = 0

    def hit(self, share: float = 1.0) -> bool:
        """Whether something that need not be there comes this time."""
        return self.random.random() < self._chance * share * (0.9**self._depth)

    def _never(self, field: str) -> bool:
        return field in NEVER or (self._depth == 1 and field in OWN)

    def _must(self, owner: str, field: str) -> bool:
        """Required fields come, and so does what an object is about."""
        if field in self._musts or f"{owner}.{field}" in self._musts:
            return True
        about = self._depth == 1 or field in SPECS
        return field.endswith("!") or (about and self.random.random() < 0.9)

    def one(self, options: Sequence[Any]) -> Any:
        """One of these, as it is."""
        return self.random.choice(options)

    def tree(self, name: str) -> Tree:
        """A value of a type with fields, mended where the schema does not say enough."""
        self._depth += 1
        made: Tree = {}
        for field, kind in TYPES[name].items():
            bare = field.rstrip("!")
            if not self._never(bare) and (self._must(name, field) or self.hit()):
                made[bare] = self.field(name, bare, kind)
        if name in self._mends:
            self._mends[name](self, made)
        self._depth -= 1
        return made

    def field(self, owner: str, field: str, kind: Any) -> Any:
        """A value of this field: by its own rule where it has one, else by its type."""
        own = self._fields.get(f"{owner}.{field}") or self._fields.get(field)
        return own(self) if own else self.value(kind, field)

    def value(self, kind: Any, field: str = "") -> Any:
        """A value of this type; the field's name says which values are usual."""
        if isinstance(kind, list):
            return self._list(kind[0], field)
        if isinstance(kind, dict):
            return self._map(kind, field) if "*" in kind else self.one(kind["enum"])
        if kind in TYPES and isinstance(TYPES[kind], dict):
            return self.tree(kind)
        return values.scalar(self.random, kind, field, not self._musts)

    def _list(self, kind: Any, field: str) -> list[Any]:
        made = [self.value(kind, field) for _ in range(self.one((0, 1, 1, 1, 2, 2, 3)))]
        if made and self.random.random() < 0.1:
            made.append(deepcopy(self.one(made)))
        return made

    def _map(self, kind: Tree, field: str) -> Tree:
        keys = self.random.sample(values.KEYS.get(field, values.ANY_KEYS), self.one((0, 1, 1, 2)))
        return {key: self.value(kind["*"], field) for key in keys}
