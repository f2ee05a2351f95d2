"""`kubectl ns` as the tests run it."""

import os
import subprocess
import sys
from pathlib import Path

COMMAND = [sys.executable, "-W", "error", "-m", "kubectl_ns"]


def ns(kubeconfig: Path | str, *args: str, **environ: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr; what it remembers is kept beside the kubeconfig."""
    state = str(Path(str(kubeconfig).partition(os.pathsep)[0]).parent / "state")
    done = subprocess.run(
        [*COMMAND, *args],
        env={
            **os.environ,
            "KUBECONFIG": str(kubeconfig),
            "XDG_STATE_HOME": state,
            "NO_COLOR": "1",
            **environ,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr
