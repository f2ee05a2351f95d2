"""One scheduling cycle: PreFilter, then Filter node by node, as schedule_one.go and the framework run them."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from kubectl_why_pending.scheduler.cluster import Cluster, Undecided, Unknown
from kubectl_why_pending.scheduler.filter import Failure, Filter, Rejection, SchedulerError
from kubectl_why_pending.scheduler.filters import filters_for
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo


class Prepared(Struct, frozen=True):
    """What the PreFilter plugins left: the filters to run, the nodes to look at, or a no for all.

    `pinning` are the plugins that named nodes; `unknown` says by plugin why it could not tell.
    """

    filters: tuple[Filter, ...]
    nodes: frozenset[str] | None = None
    pinning: frozenset[str] = frozenset()
    rejection: Rejection | None = None
    unknown: Mapping[str, str] = {}

    @property
    def ended_early(self) -> bool:
        """Whether a plugin ended it, so that those after it were not asked."""
        return self.rejection is not None and not self.rejection.resolvable


class Verdict(Struct, frozen=True):
    """What a cycle finds: the nodes that fit, and why each other does not.

    `error` is the text of a SchedulerError, which ends a cycle without a verdict.
    """

    prepared: Prepared
    fits: tuple[str, ...] = ()
    rejections: Mapping[str, Rejection] = {}
    error: str = ""


def run_pre_filters(pod: PodInfo, cluster: Cluster) -> Prepared:
    """RunPreFilterPlugins of framework/runtime/framework.go."""
    filters: list[Filter] = []
    unknown: dict[str, str] = {}
    remembered: Rejection | None = None
    nodes: frozenset[str] | None = None
    pinning: set[str] = set()
    for kind in filters_for(pod, cluster):
        try:
            made = kind.pre_filter(pod, cluster)
        except Unknown as lack:
            unknown[kind.NAME] = lack.resource.plural
            continue
        except Undecided as lack:
            unknown[kind.NAME] = str(lack)
            continue
        if isinstance(made, Rejection):
            if not made.resolvable:
                return Prepared(tuple(filters), rejection=made, unknown=unknown)
            remembered = made
        elif made is not None:
            filters.append(made)
            if made.nodes is not None:
                pinning.add(kind.NAME)
                nodes = made.nodes if nodes is None else nodes & made.nodes
                if not nodes:
                    none = Rejection("", (_nowhere(pinning),))
                    return Prepared(tuple(filters), nodes, frozenset(pinning), none, unknown)
    return Prepared(tuple(filters), nodes, frozenset(pinning), remembered, unknown)


def _nowhere(pinning: set[str]) -> str:
    if len(pinning) == 1:
        return f"node(s) didn't satisfy plugin {next(iter(pinning))}"
    return f"node(s) didn't satisfy plugin(s) [{' '.join(sorted(pinning))}] simultaneously"


def run_filters(filters: Iterable[Filter], node: NodeInfo) -> Rejection | None:
    """The first refusal: later filters are not asked."""
    for plugin in filters:
        if rejection := plugin.filter(node):
            return rejection
    return None


def run_filters_with_nominated_pods(
    pod: PodInfo, filters: Sequence[Filter], node: NodeInfo, cluster: Cluster
) -> Rejection | None:
    """RunFilterPluginsWithNominatedPods: once with the pods that have a claim to the node, once without."""
    nominated = [
        other
        for other in cluster.nominated.get(node.name, ())
        if other.priority >= pod.priority and other.pod.metadata.uid != pod.pod.metadata.uid
    ]
    if nominated:
        fuller, changed = node.copy(), [plugin.clone() for plugin in filters]
        for other in nominated:
            fuller.add(other)
            for plugin in changed:
                plugin.add_pod(other, fuller)
        if rejection := run_filters(changed, fuller):
            return rejection
    return run_filters(filters, node)


def schedule(pod: PodInfo, cluster: Cluster) -> Verdict:
    """Where the pod fits, and why not elsewhere; nothing is bound."""
    try:
        prepared = run_pre_filters(pod, cluster)
        if prepared.rejection:
            everywhere = dict.fromkeys(cluster.nodes, prepared.rejection)
            return Verdict(prepared, (), everywhere)
        return filter_nodes(pod, cluster, prepared)
    except SchedulerError as err:
        return Verdict(Prepared(()), error=str(err))


def filter_nodes(pod: PodInfo, cluster: Cluster, prepared: Prepared) -> Verdict:
    """Every node that PreFilter lets be looked at; the others are refused by whoever named the nodes."""
    rejections: dict[str, Rejection] = {}
    fits, absent = [], []
    for name, node in cluster.nodes.items():
        if prepared.nodes is not None and name not in prepared.nodes:
            absent.append(name)
        elif no := _refusal(pod, prepared, node, cluster):
            rejections[name] = no
        else:
            fits.append(name)
    named = set(prepared.pinning)
    if not fits:
        named |= _refusing_nominated(pod, cluster, prepared, rejections)
    left_out = Rejection("", _left_out(named, cluster.minor))
    for name in absent:
        rejections.setdefault(name, left_out)
    return Verdict(prepared, tuple(fits), rejections)


def _left_out(plugins: set[str], minor: int) -> tuple[str, ...]:
    """What is said of nodes that were not looked at; up to 1.31 nothing, but for a try in 1.30."""
    if minor >= 32:
        return (f"node(s) didn't satisfy plugin(s) [{' '.join(sorted(plugins))}]",)
    return ("node is filtered out by the prefilter result",) if minor == 30 else ()


def _refusing_nominated(
    pod: PodInfo, cluster: Cluster, prepared: Prepared, rejections: dict[str, Rejection]
) -> set[str]:
    """Who refuses the nominated node, which is looked at even where PreFilter leaves it out.

    Upstream names it with the plugins that named nodes: evaluateNominatedNode shares their set.
    """
    node = cluster.nodes.get(pod.pod.status.nominated_node_name)
    if node is None or not (no := _refusal(pod, prepared, node, cluster)):
        return set()
    rejections.setdefault(node.name, no)
    return {no.filter}


def _refusal(
    pod: PodInfo, prepared: Prepared, node: NodeInfo, cluster: Cluster
) -> Rejection | None:
    return run_filters_with_nominated_pods(pod, prepared.filters, node, cluster)


def explain(prepared: Prepared, node: NodeInfo) -> tuple[Failure, ...]:
    """Every filter that refuses the node, or fails on it, not only the first."""
    failures: list[Failure] = []
    for plugin in prepared.filters:
        try:
            failures += plugin.explain(node)
        except SchedulerError as err:
            failures.append(Failure(plugin.NAME, str(err)))
    return tuple(failures)
