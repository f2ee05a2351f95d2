"""`kubectl psa-audit` as the tests run it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

COMMAND = [sys.executable, "-W", "error", "-m", "kubectl_psa_audit"]
NOWHERE = Path("/nonexistent")


def psa_audit(kubeconfig: Path, *args: object) -> tuple[int, str, str]:
    """Exit code, stdout and stderr."""
    done = subprocess.run(
        [*COMMAND, *map(str, args)],
        env={**os.environ, "KUBECONFIG": str(kubeconfig), "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def answer(kubeconfig: Path, *args: object) -> Any:
    """The document that the command prints."""
    code, shown, talk = psa_audit(kubeconfig, *args, "-o", "json")
    assert code == 0, talk
    return json.loads(shown)


def write_list(path: Path, objects: list[Any]) -> Path:
    """The objects as a file for -f; JSON is YAML."""
    path.write_text(json.dumps({"apiVersion": "v1", "kind": "List", "items": objects}))
    return path
