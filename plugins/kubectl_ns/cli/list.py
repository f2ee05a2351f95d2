"""`kubectl ns`: the namespaces, the current one marked."""

import os
import sys
from datetime import UTC, datetime

from msgspec import Struct

from kubectl_fieldkit import entry, output
from kubectl_fieldkit.envelope import Incomplete, unread
from kubectl_fieldkit.errors import ServerError
from kubectl_fieldkit.natural import natural_key
from kubectl_fieldkit.objects.namespace import NAMESPACES
from kubectl_fieldkit.options import OutputFlags
from kubectl_fieldkit.reading import Refused, Request
from kubectl_fieldkit.state import load_state
from kubectl_fieldkit.untrusted import clean
from kubectl_ns.gather import read_namespaces
from kubectl_ns.place import Found, Place
from kubectl_ns.report import ListedNamespace, listed, remembered, report


class ListNamespaces(Struct, frozen=True):
    """All namespaces of the cluster."""

    place: Place
    output: OutputFlags = OutputFlags()

    def run(self) -> int:
        """Prints them in natural order: by name alone unless another format is asked for."""
        items, incomplete = self.read(self.place.find())
        screen = entry.screen(self.output.color)
        if self.output.format == "table":
            output.write("".join(_line(item, screen.color) for item in items), sys.stdout)
            return 0
        answer = report(items, incomplete)
        text = output.render(answer, self.output.format, screen, self.output.headers)
        output.write(text, sys.stdout)
        return 0

    def read(self, found: Found) -> tuple[list[ListedNamespace], list[Incomplete]]:
        """All that there are, or that are remembered, in natural order; and what was not to be read."""
        answer, incomplete = read_namespaces(self.place, found.context), []
        if isinstance(answer, Refused):
            items = self._remembered(found, answer)
            incomplete.append(unread(Request(NAMESPACES), answer, ["items"]))
        else:
            now = datetime.now(UTC)
            items = [listed(each, found.namespace, now) for each in answer]
        return sorted(items, key=lambda item: natural_key(item.name)), incomplete

    def _remembered(self, found: Found, refused: Refused) -> list[ListedNamespace]:
        """Those that were switched to before; an error where there are none."""
        state = load_state(found.kubeconfigs.files, os.environ)
        names = {*state.namespaces.get(found.context, ()), found.namespace}
        if names == {found.namespace}:
            hint = "kubectl ns NAME switches all the same; to list them, see docs/rbac/ns.yaml"
            raise ServerError(403, "Forbidden", refused.message, hint)
        entry.tell(f"warning: these are remembered, the cluster shows none: {refused.message}")
        return [remembered(name, found.namespace) for name in names]


def _line(item: ListedNamespace, color: bool) -> str:
    name = clean(item.name)
    marked = f"\033[33;1m{name}\033[0m" if item.current and color else name
    return f"{marked} (terminating)\n" if item.status == "Terminating" and color else f"{marked}\n"
