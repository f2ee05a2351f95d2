"""`kubectl why-pending` as the tests run it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

COMMAND = [sys.executable, "-W", "error", "-m", "kubectl_why_pending"]


def why_pending(kubeconfig: Path, *args: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr, where nobody sits at a terminal."""
    done = subprocess.run(
        [*COMMAND, *args],
        env={**os.environ, "KUBECONFIG": str(kubeconfig)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def items(kubeconfig: Path, *args: str) -> list[dict[str, Any]]:
    """The items of the JSON answer."""
    code, out, err = why_pending(kubeconfig, *args, "-o", "json")
    assert code == 0, err
    found: list[dict[str, Any]] = json.loads(out)["items"]
    return found
