"""`kubectl neat` beside reading and writing the same YAML with the same libraries."""

import sys
from pathlib import Path

from benchmarks.races import Race
from benchmarks.timing import Command
from kubectl_fieldkit.yaml_emission import write_yaml
from tests.lab.lab import Lab

OBJECTS = 10_000
READ_AND_WRITE = """
import sys
from kubectl_fieldkit.yaml_document import parse_documents
from kubectl_fieldkit.yaml_emission import write_yaml
sys.stdout.write(write_yaml(parse_documents(open(sys.argv[1], "rb").read())))
"""


def races(lab: Lab, binary: Path, folder: Path) -> list[Race]:
    """10,000 pods in one List, which is one document and held whole: a YAML parser leaves no other way."""
    manifests = str(_write_list(lab, folder))
    return [
        Race(
            Command("kubectl neat -f", (str(binary), "-f", manifests)),
            Command("read and write it", (sys.executable, "-c", READ_AND_WRITE, manifests)),
            bound=2.0,
            turns=3,
            most_megabytes=1_200,
        )
    ]


def _write_list(lab: Lab, folder: Path) -> Path:
    """As `kubectl get pods -A -o yaml` shows them, in a fraction of its time."""
    pods = lab.api.send("GET", f"/api/v1/pods?limit={OBJECTS}")["items"]
    for pod in pods:
        del pod["metadata"]["managedFields"]
    items = [{"apiVersion": "v1", "kind": "Pod", **pod} for pod in pods]
    file = folder / "pods.yaml"
    file.write_text(write_yaml([{"apiVersion": "v1", "items": items, "kind": "List"}]))
    return file
