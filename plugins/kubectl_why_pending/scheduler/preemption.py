"""DefaultPreemption: which pods would have to go, node by node, and where the scheduler would do it.

Mirrors plugins/defaultpreemption/default_preemption.go and framework/preemption of pkg/scheduler.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from kubectl_fieldkit.selectors import selects
from kubectl_why_pending.objects.budget import BUDGETS, Budget
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.scheduler.cluster import Cluster, Unknown
from kubectl_why_pending.scheduler.cycle import Verdict, run_filters_with_nominated_pods
from kubectl_why_pending.scheduler.filter import Filter, Rejection, SchedulerError
from kubectl_why_pending.scheduler.histogram import histogram
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo

NEVER = "not eligible due to preemptionPolicy=Never."
TERMINATING = "not eligible due to a terminating pod on the nominated node."
NO_VICTIMS = Rejection("", ("No preemption victims found for incoming pod",))
NOT_HELPFUL = Rejection("", ("Preemption is not helpful for scheduling",))
_SINCE_EVER = datetime.max.replace(tzinfo=UTC)
_INT32 = 2**31


class Victims(Struct, frozen=True):
    """The pods that would go from a node, most important first, and the budgets that this breaks."""

    pods: tuple[PodInfo, ...]
    violations: int = 0


class Forecast(Struct, frozen=True):
    """What preemption would do: where it could make room, and why not elsewhere.

    `best` are the nodes that it likes most; the scheduler takes one of them. Without candidates
    `refusals` says why, and `message` is what follows `preemption: `. `budgets_known` is false where
    the disruption budgets could not be read; it has `failed` where a filter did in the dry run.
    """

    candidates: Mapping[str, Victims] = {}
    best: tuple[str, ...] = ()
    refusals: Mapping[str, Rejection] = {}
    message: str = ""
    budgets_known: bool = True
    failed: bool = False


def forecast(pod: PodInfo, cluster: Cluster, verdict: Verdict) -> Forecast:
    """What preemption finds on every node; the scheduler itself may stop at the first tenth of them."""
    if reason := _not_eligible(pod, cluster, verdict):
        return Forecast(message=reason)
    budgets, known = _budgets(cluster)
    candidates: dict[str, Victims] = {}
    refusals: dict[str, Rejection] = {}
    errors: list[str] = []
    for name, node in cluster.nodes.items():
        rejection = verdict.rejections.get(name)
        if rejection is None or not rejection.resolvable:
            refusals[name] = _no_help(pod, node, cluster, verdict)
            continue
        if cluster.lowest_priority(node) >= pod.priority:
            refusals[name] = NO_VICTIMS
            continue
        try:
            found = victims_on(pod, node, cluster, verdict, budgets)
        except SchedulerError as err:
            errors.append(str(err))
            found = Rejection("", (str(err),))
        if isinstance(found, Victims):
            candidates[name] = found
        else:
            refusals[name] = found
    best = _best(candidates)
    failed = bool(errors) and not best  # a candidate makes up for errors elsewhere
    message = _aggregate(errors) if failed else _words(candidates, best, refusals)
    return Forecast(candidates, best, refusals, message, known, failed)


def _no_help(pod: PodInfo, node: NodeInfo, cluster: Cluster, verdict: Verdict) -> Rejection:
    """1.26 to 1.28 forgot that PreFilter had refused all nodes, and looked for victims all the same."""
    forgot = verdict.prepared.ended_early and 26 <= cluster.minor <= 28
    return NO_VICTIMS if forgot and cluster.lowest_priority(node) >= pod.priority else NOT_HELPFUL


def _aggregate(errors: Sequence[str]) -> str:
    """Each text once, as k8s.io/apimachinery/pkg/util/errors puts them together."""
    texts = list(dict.fromkeys(errors))
    return f"[{', '.join(texts)}]" if len(texts) > 1 else "".join(texts)


def _words(
    candidates: Mapping[str, Victims], best: Sequence[str], refusals: Mapping[str, Rejection]
) -> str:
    if best:
        node, count = best[0], len(candidates[best[0]].pods)
        return f"found a potential placement for pod on node {node}, preempting {count} victims"
    return f"0/{len(refusals)} nodes are available: {histogram(refusals.values())}."


def _not_eligible(pod: PodInfo, cluster: Cluster, verdict: Verdict) -> str:
    """PodEligibleToPreemptOthers: why it may not; nothing where it may."""
    if pod.pod.spec.preemption_policy == "Never":
        return NEVER
    nominated = pod.pod.status.nominated_node_name
    node = cluster.nodes.get(nominated)
    refusal = verdict.rejections.get(nominated)
    if node is None or (refusal and not refusal.resolvable):
        return ""
    leaving = (_is_preempted(other.pod) for other in node.pods if other.priority < pod.priority)
    return TERMINATING if any(leaving) else ""


def _is_preempted(pod: Pod) -> bool:
    """PodTerminatingByPreemption: the first condition of that type decides."""
    if pod.metadata.deletion_timestamp is None:
        return False
    for condition in pod.status.conditions:
        if condition.type == "DisruptionTarget":
            return condition.status == "True" and condition.reason == "PreemptionByScheduler"
    return False


def _budgets(cluster: Cluster) -> tuple[Sequence[Budget], bool]:
    try:
        return cluster.all(BUDGETS), True
    except Unknown:
        return (), False


def victims_on(
    pod: PodInfo, node: NodeInfo, cluster: Cluster, verdict: Verdict, budgets: Sequence[Budget]
) -> Victims | Rejection:
    """SelectVictimsOnNode: all lesser pods go, then those come back that need not have gone."""
    lesser = [other for other in node.pods if other.priority < pod.priority]
    if not lesser:
        return NO_VICTIMS
    trial = node.copy()
    filters = [plugin.clone() for plugin in verdict.prepared.filters]

    def remove(other: PodInfo) -> None:
        trial.remove(other)
        for plugin in filters:
            plugin.remove_pod(other, trial)

    def add(other: PodInfo) -> None:
        trial.add(other)
        for plugin in filters:
            plugin.add_pod(other, trial)

    for other in lesser:
        remove(other)
    if rejection := run_filters_with_nominated_pods(pod, filters, trial, cluster):
        return rejection
    violating, others = _by_violation(sorted(lesser, key=_importance), budgets)
    victims: list[PodInfo] = []
    for other in (*violating, *others):
        add(other)
        if not _fits(pod, filters, trial, cluster):
            remove(other)
            victims.append(other)
    broken = sum(other in violating for other in victims)
    return Victims(tuple(sorted(victims, key=_importance)), broken)


def _fits(pod: PodInfo, filters: Sequence[Filter], node: NodeInfo, cluster: Cluster) -> bool:
    """A filter that fails is no better than one that refuses."""
    try:
        return run_filters_with_nominated_pods(pod, filters, node, cluster) is None
    except SchedulerError:
        return False


def _importance(pod: PodInfo) -> tuple[int, datetime]:
    """Higher priority first, then the older pod."""
    return -pod.priority, pod.pod.status.start_time or _SINCE_EVER


def _by_violation(
    pods: Sequence[PodInfo], budgets: Sequence[Budget]
) -> tuple[list[PodInfo], list[PodInfo]]:
    """FilterVictimsWithPDBViolation: each pod uses up every budget that is about it."""
    allowed = [budget.status.disruptions_allowed for budget in budgets]
    violating: list[PodInfo] = []
    others: list[PodInfo] = []
    for pod in pods:
        (violating if _violates(pod.pod, budgets, allowed) else others).append(pod)
    return violating, others


def _violates(pod: Pod, budgets: Sequence[Budget], allowed: list[int]) -> bool:
    for number, budget in enumerate(budgets):
        if _is_about(budget, pod):
            allowed[number] -= 1
            if allowed[number] < 0:
                return True
    return False


def _is_about(budget: Budget, pod: Pod) -> bool:
    selector = budget.spec.selector
    if budget.metadata.namespace != pod.metadata.namespace or selector is None:
        return False
    is_empty = not selector.match_labels and not selector.match_expressions
    if is_empty or not pod.metadata.labels or pod.metadata.name in budget.status.disrupted_pods:
        return False
    return selects(selector, pod.metadata.labels)


def _best(candidates: Mapping[str, Victims]) -> tuple[str, ...]:
    """pickOneNodeForPreemption: the least harm; several where upstream would toss a coin."""
    if not candidates:
        return ()
    ranks = {name: _harm(victims) for name, victims in candidates.items()}
    least = min(ranks.values())
    return tuple(sorted(name for name, rank in ranks.items() if rank == least))


def _harm(victims: Victims) -> tuple[int, int, int, int, float]:
    """Budgets broken, highest priority, sum of priorities, count, and how long the top ones ran."""
    priorities = [pod.priority for pod in victims.pods]
    highest = max(priorities)
    started = min(
        pod.pod.status.start_time or _SINCE_EVER for pod in victims.pods if pod.priority == highest
    )
    total = sum(priority + _INT32 for priority in priorities)
    return victims.violations, priorities[0], total, len(priorities), -started.timestamp()
