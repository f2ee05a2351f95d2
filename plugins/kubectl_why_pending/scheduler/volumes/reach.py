"""Which nodes a volume can be reached from: its node affinity, and an index over many of them."""

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from kubectl_fieldkit.node_affinity import selects
from kubectl_fieldkit.objects.affinity import NodeAffinity, NodeSelector, NodeSelectorTerm
from kubectl_fieldkit.objects.meta import ObjectMeta
from kubectl_why_pending.objects.affinity import Affinity
from kubectl_why_pending.objects.pod import PodSpec
from kubectl_why_pending.objects.storage import Volume

T = TypeVar("T")
Labels = Mapping[str, str]
Clue = tuple[str, Iterable[str]]  # a label that must be there, and the values it may have


class Reach:
    """A volume's required node affinity, made ready to be asked for many nodes."""

    def __init__(self, required: NodeSelector | None) -> None:
        self.required = required
        affinity = Affinity(node_affinity=NodeAffinity(required=required))
        self._spec = PodSpec(affinity=affinity)

    def includes(self, labels: dict[str, str]) -> bool:
        """CheckNodeAffinity: by labels alone, so that a term about a node's name matches none."""
        return self.required is None or selects(self._spec, ObjectMeta(labels=labels))

    @property
    def clue(self) -> Clue | None:
        """A label that every term asks for; None where there is none."""
        terms = self.required.node_selector_terms if self.required else []
        wanted = [_wanted(term) for term in terms]
        for key in wanted[0] if wanted else ():
            if all(key in values for values in wanted):
                return key, {value for values in wanted for value in values[key]}
        return None


def _wanted(term: NodeSelectorTerm) -> dict[str, list[str]]:
    return {c.key: c.values for c in term.match_expressions if c.operator == "In"}


def reach_of(volume: Volume) -> Reach:
    """Of the volume as it is."""
    affinity = volume.spec.node_affinity
    return Reach(affinity.required if affinity else None)


class ByLabel(Generic[T]):
    """Things that only some nodes can use, found by a node's labels without asking each thing.

    A local volume is one node's: without this a thousand nodes would each look at a thousand volumes.
    """

    def __init__(self, things: Iterable[tuple[T, Clue | None]]) -> None:
        self.things: list[T] = []
        self._anywhere: list[int] = []
        self._places: dict[str, dict[str, list[int]]] = {}
        for number, (thing, clue) in enumerate(things):
            self.things.append(thing)
            if clue is None:
                self._anywhere.append(number)
                continue
            place = self._places.setdefault(clue[0], {})
            for value in clue[1]:
                place.setdefault(value, []).append(number)

    def near(self, labels: Labels) -> list[T]:
        """What may be for a node with these labels, in order; the rest certainly is not."""
        numbers = list(self._anywhere)
        for key, place in self._places.items():
            if key in labels:
                numbers += place.get(labels[key], ())
        return [self.things[number] for number in sorted(numbers)]
