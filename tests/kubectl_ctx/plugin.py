"""`kubectl ctx` as the tests run it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.lab.programs import program

COMMAND = [sys.executable, "-W", "error", "-m", "kubectl_ctx"]


def environ(*kubeconfigs: Path) -> dict[str, str]:
    """An environment with these kubeconfigs, whose state lies beside the first."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("KUBE")},
        "KUBECONFIG": os.pathsep.join(map(str, kubeconfigs)),
        "XDG_STATE_HOME": str(kubeconfigs[0].parent / "state"),
        "NO_COLOR": "1",
    }


def ctx(kubeconfigs: Path | list[Path], *args: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr."""
    files = kubeconfigs if isinstance(kubeconfigs, list) else [kubeconfigs]
    done = subprocess.run(
        [*COMMAND, *args],
        env=environ(*files),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def kubectl_config(kubeconfigs: list[Path], *args: str) -> str:
    """What the real kubectl says of them."""
    command = [str(program("kubectl")), "config", *args]
    done = subprocess.run(
        command, env=environ(*kubeconfigs), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def write(
    path: Path, contexts: dict[str, tuple[str, str]], current: str = "", more: str = ""
) -> Path:
    """A kubeconfig with a comment, whose contexts are cluster and user by name; all of these exist."""
    clusters = dict.fromkeys(cluster for cluster, _ in contexts.values())
    users = dict.fromkeys(user for _, user in contexts.values())
    lines = ["# kept", "apiVersion: v1", "kind: Config", "clusters:"]
    lines += [f'- name: {c}\n  cluster: {{server: "https://{c}.test"}}' for c in clusters]
    lines += ["users:", *(f"- name: {u}\n  user:\n    token: secret-of-{u}" for u in users)]
    lines += ["contexts:"]
    for name, (cluster, user) in contexts.items():
        lines += [f'- name: "{name}"\n  context:\n    cluster: {cluster}\n    user: {user}']
    lines += [f"current-context: {current}"] if current else []
    path.write_text("\n".join(lines) + "\n" + more)
    return path
