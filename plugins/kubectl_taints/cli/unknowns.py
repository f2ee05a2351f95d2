"""What could not be read, said once on stderr."""

from collections.abc import Iterable, Sequence

from kubectl_fieldkit import entry
from kubectl_fieldkit.envelope import Incomplete
from kubectl_fieldkit.objects.node import NODES

NODE_ROLE, WORKLOAD_ROLE = "docs/rbac/taints.yaml", "docs/rbac/taints-workloads.yaml"


def tell_unknowns(incomplete: Iterable[Incomplete]) -> None:
    """One warning for all that the server refused, one for all that the snapshot does not hold."""
    by_remedy: dict[str, list[Incomplete]] = {}
    for read in incomplete:
        by_remedy.setdefault(read.settled_by.removesuffix(read.resource), []).append(read)
    for remedy, reads in by_remedy.items():
        names = ", ".join(read.resource for read in reads)
        entry.tell(f"Warning: {names} are unknown: {_reason(remedy, reads)}")


def _reason(remedy: str, reads: Sequence[Incomplete]) -> str:
    """Where the reasons differ, they do so by the resource alone."""
    if len(reads) == 1:
        return f"{reads[0].reason} (to know, it takes {reads[0].settled_by})"
    if len({read.reason for read in reads}) == 1:
        return reads[0].reason
    roles = dict.fromkeys(_role(read.resource) for read in reads)
    return f"it takes {remedy}them (see {' and '.join(roles)})"


def _role(resource: str) -> str:
    return NODE_ROLE if resource == NODES.plural else WORKLOAD_ROLE
