"""`kubectl psa-audit` beside a download of the lists that it reads, and beside the reading of YAML alone."""

import sys
from pathlib import Path
from typing import Any

from benchmarks.cluster import NAMESPACES, pod_spec, share_out
from benchmarks.races import Race, curl
from benchmarks.timing import Command
from kubectl_fieldkit.objects.event import EVENTS
from kubectl_fieldkit.objects.namespace import NAMESPACES as NAMESPACE_LIST
from kubectl_fieldkit.objects.pod import PODS
from kubectl_fieldkit.objects.workload import WORKLOAD_KINDS
from tests.lab.api import Api
from tests.lab.lab import Lab

WORKLOADS, MANIFESTS = 2_000, 10_000
READ_YAML = (
    "import sys, yaml\nfor _ in yaml.load_all(open(sys.argv[1], 'rb'), yaml.CSafeLoader): pass"
)


def fill_workloads(lab: Lab) -> None:
    """Deployments of all namespaces; no controller runs that would make pods of them."""
    share_out(lab, WORKLOADS, _create_deployment)


def _create_deployment(api: Api, number: int) -> None:
    namespace = f"team-{number % NAMESPACES}"
    api.send("POST", f"/apis/apps/v1/namespaces/{namespace}/deployments", _deployment(number))


def _deployment(number: int) -> dict[str, Any]:
    labels = {"app": f"deployment-{number}"}
    template = {"metadata": {"labels": labels}, "spec": pod_spec(number)}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": f"deployment-{number}"},
        "spec": {"replicas": 2, "selector": {"matchLabels": labels}, "template": template},
    }


def races(lab: Lab, binary: Path, folder: Path) -> list[Race]:
    """Every workload of the cluster, and 10,000 manifests."""
    audit, manifests = str(binary), str(_write_manifests(folder))
    kinds = (NAMESPACE_LIST, *(kind.resource for kind in WORKLOAD_KINDS), PODS, EVENTS)
    return [
        Race(
            Command("kubectl psa-audit -A --level", (audit, "-A", "--level", "restricted")),
            Command("curl the same lists", curl(lab, *(kind.path() for kind in kinds))),
            bound=1.5,
            turns=5,
        ),
        Race(
            Command("kubectl psa-audit -f", (audit, "-f", manifests)),
            Command("yaml.CSafeLoader", (sys.executable, "-c", READ_YAML, manifests)),
            bound=2.0,
            turns=3,
        ),
    ]


def _write_manifests(folder: Path) -> Path:
    import yaml

    file = folder / "manifests.yaml"
    with file.open("w") as stream:
        things = map(_deployment, range(MANIFESTS))
        yaml.dump_all(things, stream, Dumper=yaml.CSafeDumper, sort_keys=False)
    return file
