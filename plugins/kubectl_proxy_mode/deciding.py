"""How service traffic flows on each node: what was observed, else what is configured, else what follows."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, structs

from kubectl_proxy_mode import running, surveying
from kubectl_proxy_mode.evidence import Probe
from kubectl_proxy_mode.implementations.claim import Embedded
from kubectl_proxy_mode.implementations.embedded import embedded
from kubectl_proxy_mode.implementations.kube_proxy import (
    NAME,
    Configurations,
    Configured,
    daemonsets,
)
from kubectl_proxy_mode.implementations.landscape import Replacement
from kubectl_proxy_mode.implementations.replacements import replacements
from kubectl_proxy_mode.judged import Cluster, Judged, NodeProxy
from kubectl_proxy_mode.objects.daemonset import DaemonSet
from kubectl_proxy_mode.objects.node import Node
from kubectl_proxy_mode.objects.pod import Pod
from kubectl_proxy_mode.running import KubeProxy, Verdict
from kubectl_proxy_mode.seen import Seen, is_meant_for


class _Known(Struct, frozen=True):
    """What holds for all nodes, looked up once."""

    seen: Seen
    configurations: Configurations
    daemonsets: Sequence[DaemonSet]
    pods: Mapping[str, Pod]
    probes: Mapping[str, Sequence[Probe]]
    replaced: Mapping[str, Replacement]
    inside: Mapping[str, Embedded]


def decide(seen: Seen, probes: Iterable[Probe], server_version: str) -> Cluster:
    """Every node's answer; nodes in the order in which they were read."""
    known = _Known(
        seen,
        Configurations(seen),
        daemonsets(seen),
        _by_node(seen.pods or ()),
        _probes_by_node(probes),
        replacements(surveying.survey(seen)),
        embedded(seen.nodes),
    )
    return Cluster(_compared([_judge(known, node) for node in seen.nodes]), server_version)


def _judge(known: _Known, node: Node) -> Judged:
    name = node.metadata.name
    pod, probes = known.pods.get(name), tuple(known.probes.get(name, ()))
    replacement, inside = known.replaced.get(name), known.inside.get(name)
    absence = "" if pod else _absence(known, node)
    written = _configured(known, node, pod)
    proxy = KubeProxy(node, pod, known.seen.pods is None, written, probes, absence)
    verdict = running.judge(proxy, None if pod else inside)
    if replacement:
        verdict = _replaced(replacement, verdict, proxy)
    if known.seen.daemonsets is None and verdict.certainty != "observed":
        unread = (
            "DaemonSets could not be read: whether another system carries the traffic is unknown"
        )
        verdict = _doubted(structs.replace(verdict, notes=(*verdict.notes, unread)))
    return Judged(node, _answer(verdict, proxy), replacement, inside, pod, probes)


def _configured(known: _Known, node: Node, pod: Pod | None) -> Configured:
    """By the pod itself, else by the DaemonSet that is meant for the node, else by what is usual."""
    if pod:
        return known.configurations.of(pod.spec, pod.metadata.namespace, f"pod {pod.place}")
    for daemonset in known.daemonsets:
        if is_meant_for(daemonset, node):
            meta = daemonset.metadata
            what = f"DaemonSet {meta.namespace}/{meta.name}"
            return known.configurations.of(daemonset.spec.template.spec, meta.namespace, what)
    return known.configurations.standard()


def _absence(known: _Known, node: Node) -> str:
    """What the DaemonSets of kube-proxies have to do with a node that has no pod of theirs."""
    if known.seen.daemonsets is None:
        return ""
    if not known.daemonsets:
        return " (there is no DaemonSet of one)"
    places = {
        f"DaemonSet {each.metadata.namespace}/{each.metadata.name}": is_meant_for(each, node)
        for each in known.daemonsets
    }
    meant = [place for place, is_meant in places.items() if is_meant]
    if meant:
        return f" ({meant[0]} is meant for this node and has no pod on it)"
    are = "is" if len(places) == 1 else "are"
    return f" ({' and '.join(places)} {are} not meant for this node)"


def _replaced(replacement: Replacement, beside: Verdict, proxy: KubeProxy) -> Verdict:
    """The replacement's word, with what is known of a kube-proxy beside it; one that only may be is a note."""
    if replacement.certainty == "unknown":
        return _doubted(structs.replace(beside, notes=(*replacement.notes, *beside.notes)))
    notes = list(replacement.notes)
    if beside.observed:
        notes.insert(0, f"a kube-proxy runs beside it, observed in {beside.observed} mode")
    elif proxy.pod:
        notes.insert(0, "a pod of kube-proxy is there beside it")
    return Verdict(
        mode=replacement.mode,
        certainty=replacement.certainty,
        source=replacement.source,
        configured=replacement.mode,
        configured_by=replacement.source,
        observed=beside.observed,
        implementation=replacement.name,
        version=replacement.version,
        notes=tuple(notes),
    )


def _doubted(verdict: Verdict) -> Verdict:
    """What is written, where another system may carry the traffic all the same."""
    is_written = verdict.certainty == "configured"
    return structs.replace(verdict, certainty="inferred") if is_written else verdict


def _answer(verdict: Verdict, proxy: KubeProxy) -> NodeProxy:
    return NodeProxy(
        name=proxy.node.metadata.name,
        mode=verdict.mode,
        certainty=verdict.certainty,
        source=verdict.source,
        configured=verdict.configured,
        configured_by=verdict.configured_by,
        observed=verdict.observed,
        implementation=verdict.implementation,
        version=verdict.version,
        pod=proxy.pod.place if proxy.pod else "",
        settings=next((probe.config for probe in proxy.probes if probe.config), None),
        notes=list(dict.fromkeys(verdict.notes)),
    )


def _compared(judged: Sequence[Judged]) -> list[Judged]:
    """With a note on the nodes whose kube-proxy has another mode than most."""
    own = [each for each in judged if each.answer.implementation == NAME and each.answer.mode]
    counts = Counter(each.answer.mode for each in own if not each.node.windows).most_common()
    if len(counts) < 2:
        return list(judged)
    said = ", ".join(f"{mode} on {count}" for mode, count in counts)
    note = f"modes are mixed among these {len(own)} nodes: {said}"
    return list(_with_note(judged, note, {mode for mode, _ in counts}))


def _with_note(judged: Iterable[Judged], note: str, modes: set[str]) -> Iterator[Judged]:
    for each in judged:
        answer = each.answer
        if answer.implementation == NAME and answer.mode in modes:
            answer = structs.replace(answer, notes=[*answer.notes, note])
        yield structs.replace(each, answer=answer)


def _by_node(pods: Iterable[Pod]) -> dict[str, Pod]:
    """One a node: of several the one that runs, and of those the last by name."""
    ordered = sorted(pods, key=lambda pod: (pod.status.phase == "Running", pod.place))
    return {pod.spec.node_name: pod for pod in ordered}


def _probes_by_node(probes: Iterable[Probe]) -> dict[str, list[Probe]]:
    found: dict[str, list[Probe]] = {}
    for probe in probes:
        found.setdefault(probe.node, []).append(probe)
    return found
