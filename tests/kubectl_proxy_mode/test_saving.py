"""A run that is saved can be asked again, and the file holds nothing that was not asked for."""

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"
COMMAND = [sys.executable, "-W", "error", "-m", "kubectl_proxy_mode", "-o", "json"]
# what stands in the case, and is none of our business
SECRETS = {
    "antrea": "10.0.0.10:6443",
    "cilium-node-config": "healthz-bind-address",
    "eks": "kubeconfig: none",
    "gke": "10.0.0.2",
    "k3s": "********",
    "refused-configmaps": "hostname-override",
    "rke2": "kubeproxy.kubeconfig",
}


def _answer(*args: str) -> str:
    return subprocess.run([*COMMAND, *args], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("stem", SECRETS)
def test_a_saved_run_answers_the_same(stem: str, tmp_path: Path) -> None:
    """The saved file leads to the same document, and has lost what nobody reads."""
    case, saved = CASES / f"{stem}.yaml", tmp_path / "saved.gz"
    answer = _answer("--snapshot", str(case), "--save-snapshot", str(saved))
    assert _answer("--snapshot", str(saved)) == answer
    assert SECRETS[stem] in case.read_text()
    assert SECRETS[stem] not in gzip.decompress(saved.read_bytes()).decode()
