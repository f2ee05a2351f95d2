"""What is linted, and what a rule is."""

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from kubectl_fieldkit.findings import Finding
from kubectl_fieldkit.manifests import Manifest
from kubectl_fieldkit.objects.node import NODES, Node
from kubectl_fieldkit.targets import WITH_PODS
from kubectl_fieldkit.workloads import Workload

NODE_LIST = frozenset((NODES.plural,))
WORKLOAD_LISTS = frozenset(resource.plural for resource in WITH_PODS)
_KINDS = frozenset((resource.group, resource.kind) for resource in WITH_PODS)


class Linted(Struct, frozen=True):
    """A cluster, or manifests; `whole` is a cluster of which every list was read, in all namespaces."""

    nodes: tuple[Node, ...] = ()
    workloads: tuple[Workload, ...] = ()
    manifests: tuple[Manifest, ...] = ()
    whole: bool = False

    def known_workloads(self) -> Iterator[Workload]:
        """Those whose template was read, or that are of a kind which is never read.

        A pod says little of the template it was made from: controllers and admission add to it.
        """
        for workload in self.workloads:
            if workload.own or (workload.group, workload.kind) not in _KINDS:
                yield workload


class Rule(Struct, frozen=True):
    """`needs` are the lists without which it may miss something."""

    id: str
    needs: frozenset[str]
    find: Callable[[Linted], Iterable[Finding]]
