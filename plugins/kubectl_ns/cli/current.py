"""`kubectl ns -c`: the current namespace's name."""

import sys

from msgspec import Struct

from kubectl_fieldkit.output import write
from kubectl_fieldkit.untrusted import clean
from kubectl_ns.place import Place


class ShowCurrent(Struct, frozen=True):
    """Which namespace counts."""

    place: Place

    def run(self) -> int:
        """Prints it."""
        write(f"{clean(self.place.find().namespace)}\n", sys.stdout)
        return 0
