"""Which waiting it is, in recorded clusters: every state and the words for it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec import convert

from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.objects.workload import WORKLOADS, Workload
from kubectl_why_pending.waiting import waiting_of
from kubectl_why_pending.waiting.evidence import Evidence
from kubectl_why_pending.waiting.not_created import not_created, short_of
from tests import transcripts

HERE = Path(__file__).parent / "waiting_cases"
CASES = sorted(HERE.glob("*.txt"))
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize("transcript", CASES, ids=lambda path: path.stem)
def test_transcript(transcript: Path) -> None:
    """The commands of the transcript print what it shows, on both streams, with its exit codes."""
    transcripts.check(transcript)


def test_every_cluster_has_a_transcript() -> None:
    """No recorded cluster is left without commands that read it."""
    clusters = {path.stem for path in HERE.glob("*.yaml")}
    assert clusters == {path.stem for path in CASES}


def _item(name: str) -> dict[str, Any]:
    """What the plugin says of a pod of pods.yaml, whose verdict and fixes are no matter of these tests."""
    command = f"kubectl why-pending --snapshot pods.yaml -n a {name} -o json"
    printed = transcripts.replay(f"$ {command}\n", HERE).partition("\n")[2]
    document = printed.partition("\n! ")[0]
    [item] = json.loads(document)["items"]
    return dict(item)


def test_nominated_names_the_pods_that_leave() -> None:
    """Each with the rest of its grace, and the finalizers that keep it."""
    item = _item("preemptor")
    assert (item["state"], item["headline"]) == (
        "Nominated",
        "room is being made on full: 2 pods still leaving",
    )
    assert item["evidence"] == [
        "pod a/victim leaves full for 12s, 18s of its grace left",
        "pod a/stuck-victim leaves full for 5m30s, 5m past its grace",
    ]
    assert item["next"][1] == "finalizers keep pod a/stuck-victim: example.com/backup"


def test_a_scheduler_that_fails_is_not_one_that_refuses() -> None:
    """SchedulerError is told as such, with its words."""
    item = _item("erring")
    assert (item["state"], item["headline"]) == (
        "Unschedulable",
        "the scheduler fails on it for 5m",
    )
    assert 'running PreBind plugin "VolumeBinding": timed out' in item["evidence"][0]


REJECTED = {
    "OutOfcpu": "the node was fuller than the scheduler knew",
    "NodePorts": "host port",
    "UnexpectedAdmissionError": "device plugin",
    "Unheard": "it is never tried again",
}


@pytest.mark.parametrize("reason", REJECTED)
def test_a_pod_that_its_kubelet_refused(reason: str) -> None:
    """Failed before it ever ran: the kubelet's reason, what it means, and that it is final."""
    status = {
        "phase": "Failed",
        "reason": reason,
        "message": "Pod was rejected: Node didn't have enough",
        "startTime": "2026-11-25T11:59:00Z",
    }
    pod = convert({"spec": {"nodeName": "node1"}, "status": status}, Pod)
    found = waiting_of(pod, Evidence(NOW))
    assert found.headline == f"the kubelet of node1 refused it 60s ago: {reason}"
    assert found.evidence == (f"{reason}: Node didn't have enough",)
    assert REJECTED[reason] in found.next[0]


def test_a_pod_that_failed_otherwise_was_not_refused() -> None:
    """A container that ended badly is none of a kubelet's refusals."""
    status = {"phase": "Failed", "reason": "DeadlineExceeded", "message": "Pod was active too long"}
    pod = convert({"spec": {"nodeName": "node1"}, "status": status}, Pod)
    assert "refused" not in waiting_of(pod, Evidence(NOW)).headline


def test_a_namespace_that_is_being_deleted() -> None:
    """Controllers make no event there: only the namespace says it."""
    meta = {"name": "web", "namespace": "going"}
    web = convert({"metadata": meta, "spec": {"replicas": 2}}, Workload)
    short = short_of(WORKLOADS[1], web)
    assert not_created(short, (), Evidence(NOW)) is None
    found = not_created(short, (), Evidence(NOW, closing=frozenset({"going"})))
    assert found is not None
    assert found.headline == "0 of 2 pods are there: its namespace is being deleted"
