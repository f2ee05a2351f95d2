"""The lab's kubectl, bound to one cluster."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.lab.errors import LabError


@dataclass(frozen=True, slots=True)
class Kubectl:
    """Call it as one types it: `kubectl("get", "nodes")`."""

    path: Path
    environ: Mapping[str, str]

    def __call__(
        self,
        *args: str | Path,
        input: str | None = None,
        check: bool = True,
        env: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """What it said; `env` adds to the environment, and `check` makes a failure an error with its words."""
        run = subprocess.run(
            [self.path, *args],
            input=input,
            env={**self.environ, **(env or {})},
            capture_output=True,
            text=True,
            check=False,
        )
        if check and run.returncode:
            words = " ".join(str(word) for word in args)
            raise LabError(f"kubectl {words}: exit code {run.returncode}\n{run.stdout}{run.stderr}")
        return run


def clean_environ(folder: Path, kubeconfig: Path, kubectl: Path) -> dict[str, str]:
    """An environment that knows one cluster and nothing of the user's home."""
    return {
        "HOME": str(folder),
        "KUBECACHEDIR": str(folder / "kubecache"),
        "KUBECONFIG": str(kubeconfig),
        "PATH": f"{kubectl.parent}{os.pathsep}{os.environ['PATH']}",
    }
