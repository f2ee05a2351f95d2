"""What a change needs to know: its nodes, and for the forecast their pods and budgets."""

from collections.abc import Sequence
from typing import TypeVar

from msgspec import Struct

from kubectl_fieldkit.envelope import Incomplete, unread
from kubectl_fieldkit.errors import FieldkitError, ServerError
from kubectl_fieldkit.objects.budget import BUDGETS
from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.objects.node import NODES, Node
from kubectl_fieldkit.objects.pod import PODS, Pod
from kubectl_fieldkit.reading import Objects, Request, Source, one_object
from kubectl_taints.changes import NodeChange, TaintChange, change
from kubectl_taints.forecast import GOING, Forecast, changes_executing, foresee
from kubectl_taints.gather import all_nodes, read_nodes

T = TypeVar("T", bound=KubeObject)

AFFECTED_BY_PODS = ["forecast"]
AFFECTED_BY_BUDGETS = ["forecast.budgets", "forecast.pods[].budgets"]
FEW = 10  # up to so many nodes are asked for their pods one by one


class Failure(Struct, frozen=True):
    """A node that is not changed, and why; `unsure` where the server may have changed it after all."""

    node: str
    error: FieldkitError
    unsure: bool = False


class Plan(Struct, frozen=True):
    """The change to each node that can be changed."""

    changes: tuple[NodeChange, ...]
    failures: tuple[Failure, ...] = ()


def make_plan(source: Source, names: Sequence[str], selector: str, asked: TaintChange) -> Plan:
    """The plan for the nodes of these names, or where there are none for all that match."""
    nodes, failures = _named(source, names) if names else _selected(source, selector)
    changes = []
    for node in nodes:
        try:
            changes.append(change(node, asked))
        except FieldkitError as err:
            failures.append(Failure(node.metadata.name, err))
    return Plan(tuple(changes), tuple(failures))


def _named(source: Source, names: Sequence[str]) -> tuple[list[Node], list[Failure]]:
    nodes, failures = list[Node](), list[Failure]()
    for name in dict.fromkeys(names):
        try:
            nodes += read_nodes(source, one_object(NODES, name))
        except ServerError as err:
            failures.append(Failure(name, err))
    return nodes, failures


def _selected(source: Source, selector: str) -> tuple[list[Node], list[Failure]]:
    return [node for node, _ in all_nodes(source, selector, with_pods=False).nodes], []


def make_forecast(
    source: Source, changes: Sequence[NodeChange]
) -> tuple[Forecast | None, list[Incomplete]]:
    """What becomes of the pods, and what was not read for it; None where no pod can be moved."""
    executing = [one for one in changes if changes_executing(one)]
    if not executing:
        return None, []
    incomplete: dict[str, Incomplete] = {}
    pods = _pods(source, [one.name for one in executing], incomplete)
    if pods is None:
        return Forecast(pods=None, budgets=None), list(incomplete.values())
    there = [(one, pods.get(one.name, [])) for one in executing]
    forecast = foresee(there, (), source.now)
    if forecast.count(*GOING):
        budgets = _read(source, Request(BUDGETS), AFFECTED_BY_BUDGETS, incomplete)
        forecast = foresee(there, budgets, source.now)
    return forecast, list(incomplete.values())


def _pods(
    source: Source, nodes: Sequence[str], incomplete: dict[str, Incomplete]
) -> dict[str, list[Pod]] | None:
    """The pods by node; a few nodes are asked for theirs, more are cheaper in one list."""
    selectors = [f"spec.nodeName={node}" for node in nodes] if len(nodes) <= FEW else [""]
    found: dict[str, list[Pod]] = {}
    for selector in selectors:
        pods = _read(source, Request(PODS, field_selector=selector), AFFECTED_BY_PODS, incomplete)
        if pods is None:
            return None
        for pod in pods:
            found.setdefault(pod.spec.node_name, []).append(pod)
    return found


def _read(
    source: Source, request: Request[T], affects: list[str], incomplete: dict[str, Incomplete]
) -> Sequence[T] | None:
    answer = source.read(request)
    if isinstance(answer, Objects):
        return answer.items
    incomplete[request.resource.plural] = unread(request, answer, affects)
    return None
