"""Cases as files: a transcript says what a command prints, as a terminal session would show it.

    $ kubectl taints --snapshot course.yaml worker-0
    Node worker-0
    …
    ! a line on stderr
    [exit 1]

FIELDKIT_REWRITE=1 writes the transcripts anew from what the commands print now: read the diff.
"""

import os
import shlex
import subprocess
import sys
from pathlib import Path

PLUGINS = {
    "taints": "kubectl_taints",
    "why-pending": "kubectl_why_pending",
    "psa-audit": "kubectl_psa_audit",
    "ctx": "kubectl_ctx",
    "ns": "kubectl_ns",
    "neat": "kubectl_neat",
    "proxy-mode": "kubectl_proxy_mode",
}


def replay(transcript: str, folder: Path) -> str:
    """What a transcript's commands print now, run in the folder, in the transcript's own form."""
    commands = [line[2:] for line in transcript.splitlines() if line.startswith("$ ")]
    return "\n".join(_run(command, folder) for command in commands)


def _run(command: str, folder: Path) -> str:
    kubectl, plugin, *args = shlex.split(command)
    assert kubectl == "kubectl"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", PLUGINS[plugin], *args],
        cwd=folder,
        env={**os.environ, "KUBECONFIG": "/nonexistent", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    stderr = "".join(f"! {line}\n" for line in done.stderr.splitlines())
    code = f"[exit {done.returncode}]\n" if done.returncode else ""
    return f"$ {command}\n{done.stdout}{stderr}{code}"


def check(transcript: Path) -> None:
    """Fails where a command, run beside the transcript, prints something else than it says."""
    now = replay(transcript.read_text(), transcript.parent)
    if os.environ.get("FIELDKIT_REWRITE"):
        transcript.write_text(now)
    assert now == transcript.read_text()
