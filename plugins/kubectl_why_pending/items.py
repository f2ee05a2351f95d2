"""The answer as programs read it: docs/schemas/PendingReport.json is made of these."""

from typing import Any

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from kubectl_fieldkit.envelope import Document, Envelope
from kubectl_why_pending.scheduler.filter import Failure


class NodeItem(Document, frozen=True):
    """A node that is refused: by the first filter that fails, and by every other."""

    name: str
    filter: str
    reasons: list[str]
    resolvable: bool
    failures: list[Failure]


class SchedulerItem(Document, frozen=True):
    """What the scheduler said last, and whether this answer says the same; null: nothing to compare."""

    message: str
    agrees: bool | None
    why: str


class VictimsItem(Document, frozen=True):
    """The pods that preemption would take from a node, and how many disruption budgets that breaks."""

    victims: list[str]
    pdb_violations: int


class PreemptionItem(Document, frozen=True):
    """Where preemption would make room, and what it says."""

    candidates: dict[str, VictimsItem]
    message: str


class ChangeItem(Document, frozen=True):
    """One change of one object, as a patch that can be applied."""

    kind: str
    namespace: str
    name: str
    title: str
    patch: Any


class FixItem(Document, frozen=True):
    """A smallest set of changes after which the pod fits on `nodes`; proven by running the rules again."""

    title: str
    changes: list[ChangeItem]
    nodes: list[str]
    risk: str
    command: str


class PendingItem(Document, frozen=True, kw_only=True):
    """One pod, or one workload without its pods (`state` NotCreated), that waits.

    `message` is the scheduler's sentence as rebuilt here, absent for a pod that fits or that no
    scheduler looks at. `uncertain` names the lists without which the verdict is not certain.
    """

    namespace: str
    name: str
    kind: str
    state: str
    headline: str
    evidence: list[str]
    next: list[str]
    autoscaler: list[str]
    message: str | UnsetType = UNSET
    fits: list[str]
    scheduler: SchedulerItem
    nodes: list[NodeItem]
    preemption: PreemptionItem
    fixes: list[FixItem]
    uncertain: list[str]

    def on(self, fits: list[str], nodes: list[NodeItem]) -> "PendingItem":
        """The same with the nodes that fit and those that do not."""
        return replace(self, fits=fits, nodes=nodes)


class PendingReport(Envelope, frozen=True, kw_only=True):
    """The answer of `kubectl why-pending`."""

    items: list[PendingItem]
