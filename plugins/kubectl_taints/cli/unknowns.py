"""What could not be read, said once on stderr."""

from collections.abc import Iterable

from kubectl_fieldkit import entry
from kubectl_fieldkit.envelope import Incomplete


def tell_unknowns(incomplete: Iterable[Incomplete]) -> None:
    """A warning for each reason, with the lists that it makes unknown."""
    by_reason: dict[str, list[Incomplete]] = {}
    for read in incomplete:
        by_reason.setdefault(read.reason, []).append(read)
    for reason, reads in by_reason.items():
        names = ", ".join(read.resource for read in reads)
        takes = "" if len(reads) > 1 else f" (to know, it takes {reads[0].settled_by})"
        entry.tell(f"Warning: {names} are unknown: {reason}{takes}")
