"""Records `faults/*/live.yaml` from the lab: what it makes of each `neat.yaml`, as `kubectl get -o yaml` can show it.

python -m tests.kubectl_neat.recording_faults
"""

from pathlib import Path

from tests.lab.lab import Lab
from tests.lab.waiting import wait_for

FOLDER = Path(__file__).parent / "faults"
SHOWN = ("-o", "yaml", "--show-managed-fields")
_ACCOUNT = """
apiVersion: v1
kind: ServiceAccount
metadata: {name: puller, namespace: faults}
imagePullSecrets: [{name: registry}]
"""


def record() -> None:
    """Writes every manifest, lets the controllers work, and reads all of them back."""
    with Lab(scheduler=True, controllers=True) as lab:
        lab.add_node("node-a")
        lab.kubectl("create", "namespace", "faults")
        lab.kubectl("apply", "-f", "-", input=_ACCOUNT)
        lab.kubectl("apply", "-f", FOLDER / "definitions.yaml")
        lab.kubectl("wait", "--for=condition=Established", "crd", "--all")
        get = ("get", "-n", "faults", "-o")
        wait_for(
            "the account",
            lambda: not lab.kubectl(*get, "name", "sa/default", check=False).returncode,
        )
        manifests = [path for path in sorted(FOLDER.glob("*/neat.yaml")) if not _is_by_hand(path)]
        for manifest in manifests:
            lab.kubectl("create", "-f", manifest)
        path = ("jsonpath={.spec.nodeName}", "pod/scheduled")
        wait_for("the scheduler", lambda: lab.kubectl(*get, *path).stdout == "node-a")
        for manifest in manifests:
            shown = lab.kubectl("get", "-f", manifest, *SHOWN).stdout
            manifest.with_name("live.yaml").write_text(shown)


def _is_by_hand(manifest: Path) -> bool:
    """What no server of this release says any more."""
    live = manifest.with_name("live.yaml")
    return live.exists() and live.read_text().startswith("# By hand")


if __name__ == "__main__":
    record()
