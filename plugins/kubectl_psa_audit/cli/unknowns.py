"""What could not be read, said once on stderr."""

from collections.abc import Iterable

from kubectl_fieldkit import entry
from kubectl_fieldkit.envelope import Incomplete


def tell_unknowns(incomplete: Iterable[Incomplete]) -> None:
    """A warning for each list, with what would settle it."""
    for read in incomplete:
        takes = f"to know, it takes {read.settled_by}"
        entry.tell(f"Warning: {read.resource} are unknown: {read.reason} ({takes})")
