"""Lets somebody at a terminal choose among the namespaces."""

import os
from collections.abc import Sequence

from msgspec import Struct

from kubectl_fieldkit.errors import FieldkitError
from kubectl_fieldkit.options import OutputFlags
from kubectl_fieldkit.picker import Choice, can_pick, pick
from kubectl_ns.cli.list import ListNamespaces
from kubectl_ns.place import Place
from kubectl_ns.report import ListedNamespace


class PickNamespace(Struct, frozen=True):
    """Nothing was named: a picker where there is a terminal, else the list."""

    place: Place
    dry_run: bool = False
    output: OutputFlags = OutputFlags()

    def run(self) -> int:
        """Switches to the one that was picked, which the cluster has just named."""
        listing = ListNamespaces(self.place, self.output)
        if not can_pick(os.environ):
            return listing.run()
        from kubectl_ns.cli.switch import SwitchNamespace

        namespaces, _ = listing.read(self.place.find())
        name = _picked(namespaces)
        return SwitchNamespace(self.place, name, True, self.dry_run).run()


def pick_like(place: Place, part: str) -> str:
    """One of the namespaces with this in their names, chosen at a terminal; scripts must be exact."""
    if not can_pick(os.environ):
        return ""
    namespaces, _ = ListNamespaces(place).read(place.find())
    return _picked(namespaces, part) if any(part in each.name for each in namespaces) else ""


def _picked(namespaces: Sequence[ListedNamespace], query: str = "") -> str:
    choices = [
        Choice(each.name, "terminating" if each.status == "Terminating" else "", each.current)
        for each in namespaces
    ]
    name = pick(choices, query=query, environ=os.environ)
    if name is None:
        raise FieldkitError("you did not choose any of the options")
    return name
