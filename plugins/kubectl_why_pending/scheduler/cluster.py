"""The cluster as one scheduling cycle sees it."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Self, TypeVar

from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.objects.namespace import NAMESPACES
from kubectl_fieldkit.objects.resource import Resource
from kubectl_why_pending.objects.node import NODES, Node
from kubectl_why_pending.objects.pod import PODS, Pod
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo, placed

T = TypeVar("T", bound=KubeObject)

Lists = Mapping[Resource[Any], Sequence[Any] | None]  # None: could not be read
NEWEST = 37
LATEST = 99  # the patch of a release that says none
DEFAULT_SCHEDULER = "default-scheduler"
ENDED = ("Succeeded", "Failed")


class Unknown(Exception):
    """A rule needs a list that could not be read: whatever it would say is unknown."""

    def __init__(self, resource: Resource[Any]) -> None:
        super().__init__(resource.plural)
        self.resource = resource


class Undecided(Exception):
    """A rule that this program does not work out: what it would say is unknown, and why is the text."""


class Cluster:
    """Nodes with their pods, and every other list by kind; nothing in it is changed by a cycle.

    `minor` and `patch` are the server's version 1.MINOR.PATCH: they pick rules and words.
    """

    def __init__(self, lists: Lists, minor: int = NEWEST, patch: int = LATEST) -> None:
        self.minor, self.patch = minor, patch
        self.lists = lists
        self._lowest: dict[str, float] = {}
        self._found: dict[Resource[Any], dict[tuple[str, str], Any]] = {}
        nodes: Iterable[Node] = lists.get(NODES) or ()
        self.nodes = {node.metadata.name: NodeInfo(node) for node in nodes}
        self.nominated: dict[str, list[PodInfo]] = {}
        self._place(lists.get(PODS) or ())

    def _place(self, pods: Iterable[Pod]) -> None:
        """Pods that have ended hold nothing; those of a node that is gone belong to none here."""
        nodes, minor = self.nodes, self.minor
        for pod in pods:
            name = pod.spec.node_name
            if pod.status.phase in ENDED:
                continue
            if name:
                if node := nodes.get(name):
                    node.add(placed(pod, minor))
            elif pod.status.nominated_node_name and self._is_queued(pod):
                nominated = self.nominated.setdefault(pod.status.nominated_node_name, [])
                nominated.append(placed(pod, minor))

    def _is_queued(self, pod: Pod) -> bool:
        """Whether the scheduler knows of the nomination: of its own pods, and since 1.37 of gated ones."""
        gated = bool(pod.spec.scheduling_gates) and self.minor < 37
        return pod.spec.scheduler_name == DEFAULT_SCHEDULER and not gated

    def with_node(self, node: Node) -> Self:
        """The same cluster with the node as it is here: changed, or one more."""
        name = node.metadata.name
        before = self.nodes.get(name)
        return self._with_changed(NodeInfo(node, before.pods if before else ()))

    def without(self, key: str) -> Self:
        """The same cluster without that pod."""
        for pod, node in self.pods():
            if pod.key == key:
                left = [other for other in node.pods if other is not pod]
                return self._with_changed(NodeInfo(node.node, left))
        return self

    def _copy(self) -> Self:
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        return other

    def _with_changed(self, node: NodeInfo) -> Self:
        other = self._copy()
        other.nodes = {**self.nodes, node.name: node}
        other._lowest = {}
        elsewhere = [(pod, at) for pod, at in self.avoiding if at.name != node.name]
        here = [(pod, node) for pod in node.pods if pod.anti_affinity_terms]
        other.__dict__["avoiding"] = [*elsewhere, *here]
        other.__dict__.pop("is_namespace_selected", None)
        return other

    def with_list(self, resource: Resource[T], things: Sequence[T]) -> Self:
        """The same cluster with other objects of a kind that is neither nodes nor pods."""
        other = self._copy()
        other.lists = {**self.lists, resource: things}
        other._found = {kind: found for kind, found in self._found.items() if kind != resource}
        return other

    def all(self, resource: Resource[T]) -> Sequence[T]:
        """Every object of a kind; Unknown where they could not be read."""
        things = self.lists.get(resource)
        if things is None:
            raise Unknown(resource)
        return things

    def find(self, resource: Resource[T], name: str, namespace: str = "") -> T | None:
        """The object of that name; Unknown where the kind could not be read."""
        found = self._found.get(resource)
        if found is None:
            found = {
                (thing.metadata.namespace, thing.metadata.name): thing
                for thing in self.all(resource)
            }
            self._found[resource] = found
        thing: T | None = found.get((namespace, name))
        return thing

    def namespace_labels(self, name: str) -> Mapping[str, str]:
        """A namespace's labels; none for one that is not there."""
        space = self.find(NAMESPACES, name)
        return space.metadata.labels if space else {}

    def lowest_priority(self, node: NodeInfo) -> float:
        """The least of the node's pods; none is less than infinity."""
        if node.name not in self._lowest:
            priorities = (pod.priority for pod in node.pods)
            self._lowest[node.name] = min(priorities, default=float("inf"))
        return self._lowest[node.name]

    @cached_property
    def avoiding(self) -> list[tuple[PodInfo, NodeInfo]]:
        """The pods with required anti-affinity, which forbid nodes to others."""
        return [(pod, node) for pod, node in self.pods() if pod.anti_affinity_terms]

    @cached_property
    def is_namespace_selected(self) -> bool:
        """Whether any pod's anti-affinity asks for the labels of namespaces."""
        terms = (term for pod, _ in self.avoiding for term in pod.anti_affinity_terms)
        nominated = (p for pods in self.nominated.values() for p in pods)
        more = (term for pod in nominated for term in pod.anti_affinity_terms)
        return any(term.namespace_selector is not None for term in (*terms, *more))

    def pods(self) -> Iterable[tuple[PodInfo, NodeInfo]]:
        """Every pod that a node has, with its node."""
        return ((pod, node) for node in self.nodes.values() for pod in node.pods)
