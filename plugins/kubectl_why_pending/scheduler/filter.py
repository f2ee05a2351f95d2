"""What a filter plugin is: made for one pod by `pre_filter`, then asked node by node."""

from abc import ABC, abstractmethod
from typing import ClassVar, Self

from msgspec import Struct

from kubectl_fieldkit.envelope import Document
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo


class Rejection(Struct, frozen=True):
    """A no: of a node, or (from `pre_filter`) of all nodes.

    Without `resolvable` it is UnschedulableAndUnresolvable: no pod that goes would help.
    """

    filter: str
    reasons: tuple[str, ...]
    resolvable: bool = False


class Failure(Document, frozen=True):
    """One reason of one filter, with the numbers and names behind it."""

    filter: str
    reason: str
    detail: str = ""


class SchedulerError(Exception):
    """The plugin fails rather than refuses: the cycle ends with this text (condition SchedulerError)."""


class Filter(ABC):
    """One filter plugin, for one pod in one cluster.

    `nodes` is its PreFilterResult: the only nodes that it lets be looked at. `add_pod` and `remove_pod`
    are its PreFilterExtensions; they change it, so they are called on a `clone`.
    """

    NAME: ClassVar[str]
    nodes: frozenset[str] | None = None

    @classmethod
    @abstractmethod
    def pre_filter(cls, pod: PodInfo, cluster: Cluster) -> "Self | Rejection | None":
        """The filter for this pod; None (Skip) where it has nothing to say of it; or a no for all nodes.

        Raises Unknown for a list that could not be read, and SchedulerError as the plugin does.
        """

    @abstractmethod
    def filter(self, node: NodeInfo) -> Rejection | None:
        """Whether the node is refused."""

    def explain(self, node: NodeInfo) -> tuple[Failure, ...]:
        """Every reason of a refusal with its details; nothing for a node that passes."""
        rejection = self.filter(node)
        if rejection is None:
            return ()
        return tuple(Failure(self.NAME, reason) for reason in rejection.reasons)

    def add_pod(self, pod: PodInfo, node: NodeInfo) -> None:  # noqa: B027  # most filters keep no count
        """The pod was added to the node."""

    def remove_pod(self, pod: PodInfo, node: NodeInfo) -> None:  # noqa: B027
        """The pod was removed from the node."""

    def clone(self) -> Self:
        """One that may be changed by itself; the same where nothing can change it."""
        return self
