"""Our verdict on a scene, in the oracle's shape, so that the two can be compared."""

from collections.abc import Iterable
from typing import Any

import msgspec

from kubectl_fieldkit.objects.resource import Resource
from kubectl_why_pending.lists import RESOURCES
from kubectl_why_pending.objects.pod import PODS
from kubectl_why_pending.scheduler.cluster import NEWEST, Cluster
from kubectl_why_pending.scheduler.cycle import Verdict, schedule
from kubectl_why_pending.scheduler.message import fit_error
from kubectl_why_pending.scheduler.pod_info import waiting
from kubectl_why_pending.scheduler.preemption import Forecast, forecast
from tests.kubectl_why_pending.clusters.scene import Thing

FOUND = "preemption: found a potential placement for pod on node "


def cluster_of(objects: Iterable[Thing], minor: int = NEWEST) -> Cluster:
    """The objects as a whole cluster: every kind was read."""
    lists: dict[Resource[Any], list[Any]] = {resource: [] for resource in RESOURCES}
    kinds = {(r.api_version, r.kind): r for r in RESOURCES}
    for thing in objects:
        resource = kinds[thing["apiVersion"], thing["kind"]]
        lists[resource].append(msgspec.convert(thing, resource.type))
    return Cluster(lists, minor)


def judge(question: Thing, minor: int = NEWEST) -> Thing:
    """What `oracle schedule` would answer; only `message` keeps all nodes it might name, in `best`."""
    cluster = cluster_of(question["objects"], minor)
    pods = {pod.key: pod for pod in cluster.all(PODS)}
    pod = waiting(pods[question["pod"]])
    verdict = schedule(pod, cluster)
    if verdict.fits or verdict.error:
        return _answer(verdict, Forecast(), verdict.error)
    ahead = forecast(pod, cluster, verdict)
    return _answer(verdict, ahead, fit_error(len(cluster.nodes), verdict, ahead, minor))


def _answer(verdict: Verdict, ahead: Forecast, message: str) -> Thing:
    return {
        "fits": sorted(verdict.fits),
        "message": message,
        "best": list(ahead.best),
        "refusals": {
            name: {
                "plugin": no.filter,
                "code": "Unschedulable" if no.resolvable else "UnschedulableAndUnresolvable",
                "reasons": list(no.reasons),
            }
            for name, no in verdict.rejections.items()
        },
        "candidates": {
            name: {
                "victims": [pod.key for pod in victims.pods],
                "pdbViolations": victims.violations,
            }
            for name, victims in ahead.candidates.items()
        },
    }


def upstream(answer: Thing) -> Thing:
    """The oracle's answer with its absent parts at their zero values."""
    return {
        "fits": answer.get("fits", []),
        "message": answer.get("message", ""),
        "refusals": answer.get("refusals", {}),
        "candidates": answer.get("candidates", {}),
    }


def differences(ours: Thing, theirs: Thing) -> list[str]:
    """What differs; only the order of several reasons of a node and a coin tossed among equals do not."""
    wanted = upstream(theirs)
    found = [
        f"{part}: {ours[part]} != {wanted[part]}"
        for part in ("fits", "candidates")
        if ours[part] != wanted[part]
    ]
    if _as_sets(ours["refusals"]) != _as_sets(wanted["refusals"]):
        found.append(f"refusals: {ours['refusals']} != {wanted['refusals']}")
    if not any(text == wanted["message"] for text in _messages(ours)):
        found.append(f"message: {ours['message']!r} != {wanted['message']!r}")
    return found


def _messages(ours: Thing) -> list[str]:
    """The sentence for each node that preemption may choose among equals."""
    before, found, after = ours["message"].partition(FOUND)
    if not found:
        return [ours["message"]]
    victims = after.partition(", ")[2]
    return [f"{before}{FOUND}{node}, {victims}" for node in ours["best"]]


def _as_sets(refusals: Thing) -> Thing:
    return {
        name: (no["plugin"], no["code"], sorted(no["reasons"] or []))
        for name, no in refusals.items()
    }
