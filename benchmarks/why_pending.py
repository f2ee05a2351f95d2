"""`kubectl why-pending` beside a download of the lists that it reads; many pods beside one; 5,000 nodes beside 500."""

from pathlib import Path
from typing import Any

from msgspec import json

from benchmarks.cluster import create_namespace
from benchmarks.races import Race, curl
from benchmarks.timing import Command
from kubectl_fieldkit.reading import Request
from kubectl_fieldkit.snapshot.format import Header, Record, pack, record_of
from kubectl_why_pending.gather import LIVING
from kubectl_why_pending.objects.node import NODES
from kubectl_why_pending.objects.pod import PODS
from tests.lab.api import Api
from tests.lab.lab import Lab

NAMESPACE, WAITING, SHAPES = "waiting", 200, 10
SMALL, GROWTH = 500, 10  # nodes of the smaller snapshot, and how many times as many the larger has
PODS_PER_NODE = 20


def fill_waiting(lab: Lab) -> None:
    """200 pods of ten shapes that no node has room for; no scheduler runs that would say so."""
    api: Api = lab.api
    create_namespace(api, NAMESPACE)
    for number in range(WAITING):
        api.send("POST", f"/api/v1/namespaces/{NAMESPACE}/pods", _waiting(number))


def _waiting(number: int) -> dict[str, Any]:
    requests = {"cpu": f"{8 + number % SHAPES}", "memory": "1Gi"}
    container = {"name": "main", "image": "main", "resources": {"requests": requests}}
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": f"pod-{number}", "namespace": NAMESPACE},
        "spec": {"containers": [container]},
    }


def races(lab: Lab, binary: Path, folder: Path) -> list[Race]:
    """One waiting pod of a big cluster, two hundred of them, and two sizes of a recorded one."""
    why, here = str(binary), ("-n", NAMESPACE)
    one = (why, "pod-0", *here)
    small = _write_snapshot(folder / "small.gz", SMALL)
    large = _write_snapshot(folder / "large.gz", SMALL * GROWTH)
    events = f"/api/v1/namespaces/{NAMESPACE}/events"
    return [
        Race(
            Command("kubectl why-pending POD", one),
            Command("curl the same lists", curl(lab, NODES.path(), PODS.path(), events)),
            bound=1.5,
            turns=5,
        ),
        Race(
            Command("why-pending of 200 pods", (why, *here)),
            Command("why-pending POD", one),
            bound=2.0,
            turns=3,
        ),
        Race(
            Command("5,000 nodes, 100,000 pods", (why, "pod-0", *here, "--snapshot", large)),
            Command("500 nodes, 10,000 pods", (why, "pod-0", *here, "--snapshot", small)),
            bound=GROWTH,
            turns=1,
        ),
    ]


def _write_snapshot(path: Path, nodes: int) -> str:
    """A recorded cluster: so many nodes with twenty pods each, and one that waits."""
    things = [_node(number) for number in range(nodes)]
    pods = [_waiting(0), *(_placed(number, nodes) for number in range(nodes * PODS_PER_NODE))]
    living = Request(PODS, field_selector=LIVING)
    records = [
        Record(record_of(Request(NODES), objects=len(things)), [json.encode(t) for t in things]),
        Record(record_of(living, objects=len(pods)), [json.encode(pod) for pod in pods]),
    ]
    path.write_bytes(pack(Header(kind="Snapshot", server_version="v1.37.2"), records))
    return str(path)


def _node(number: int) -> dict[str, Any]:
    allocatable = {"cpu": "4", "memory": "8Gi", "pods": "110"}
    return {
        "metadata": {"name": f"node-{number:04}", "labels": {"zone": "abc"[number % 3]}},
        "status": {"allocatable": allocatable},
    }


def _placed(number: int, nodes: int) -> dict[str, Any]:
    requests = {"cpu": "100m", "memory": "128Mi"}
    container = {"name": "main", "resources": {"requests": requests}}
    return {
        "metadata": {"name": f"pod-{number}", "namespace": f"team-{number % 20}"},
        "spec": {"nodeName": f"node-{number % nodes:04}", "containers": [container]},
        "status": {"phase": "Running"},
    }
