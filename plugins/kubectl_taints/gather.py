"""Which objects a question needs: nodes always, pods where it asks what becomes of them."""

from collections.abc import Sequence

from msgspec import Struct

from kubectl_fieldkit.envelope import Incomplete, unread
from kubectl_fieldkit.errors import ServerError
from kubectl_fieldkit.objects.node import NODES, Node
from kubectl_fieldkit.objects.pod import PODS, Pod
from kubectl_fieldkit.reader import required
from kubectl_fieldkit.reading import Objects, Request, Source, one_object

AFFECTED_BY_PODS = ["nodes[].pods"]


class Gathered(Struct, frozen=True):
    """What was read: nodes with their pods (None: unknown), and the names that are not there."""

    nodes: tuple[tuple[Node, Sequence[Pod] | None], ...]
    missing: tuple[ServerError, ...] = ()
    incomplete: tuple[Incomplete, ...] = ()


def named_nodes(source: Source, names: Sequence[str]) -> Gathered:
    """The nodes of these names, each with its pods; raises ServerError where all are missing."""
    nodes, missing = [], []
    incomplete: dict[str, Incomplete] = {}
    for name in dict.fromkeys(names):
        try:
            node = read_nodes(source, one_object(NODES, name))[0]
        except ServerError as err:
            if err.code != 404:
                raise
            missing.append(err)
            continue
        pods = _pods(source, Request(PODS, field_selector=f"spec.nodeName={name}"), incomplete)
        nodes.append((node, pods))
    return Gathered(tuple(nodes), tuple(missing), tuple(incomplete.values()))


def all_nodes(source: Source, label_selector: str, with_pods: bool) -> Gathered:
    """Every node that the selector matches, by name; with all the pods there are on request."""
    nodes = sorted(
        read_nodes(source, Request(NODES, label_selector=label_selector)),
        key=lambda n: n.metadata.name,
    )
    if not with_pods:
        return Gathered(tuple((node, None) for node in nodes))
    incomplete: dict[str, Incomplete] = {}
    pods = _pods(source, Request(PODS), incomplete)
    if pods is None:
        return Gathered(tuple((node, None) for node in nodes), (), tuple(incomplete.values()))
    on_node: dict[str, list[Pod]] = {}
    for pod in pods:
        on_node.setdefault(pod.spec.node_name, []).append(pod)
    return Gathered(tuple((node, on_node.get(node.metadata.name, [])) for node in nodes))


def read_nodes(source: Source, request: Request[Node]) -> Sequence[Node]:
    """The nodes asked for; ServerError or SnapshotError where they cannot be read."""
    return required(source.read(request), request, "taints")


def _pods(
    source: Source, request: Request[Pod], incomplete: dict[str, Incomplete]
) -> Sequence[Pod] | None:
    answer = source.read(request)
    if isinstance(answer, Objects):
        return answer.items
    incomplete["pods"] = unread(request, answer, AFFECTED_BY_PODS)
    return None
