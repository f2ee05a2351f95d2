"""Plugins as pip puts them on a PATH, and what kubectl, or a completer by itself, says may follow."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

SCRIPT = """#!{python} -Werror
import sys
sys.path.insert(0, {source!r})
from {package}.__main__ import main
main()
"""
WATCHDOG = 60  # seconds: no promise, but a test has to end
PATIENCE = 60.0  # on a busy machine a second may not do: then TAB is pressed again
PLUGINS = ("taints", "why-pending", "psa-audit", "proxy-mode", "ctx", "ns", "neat")
SOURCE = Path(__file__).parents[3] / "plugins"


def put_plugin(folder: Path, plugin: str) -> Path:
    """The plugin as a script in the folder."""
    folder.mkdir(exist_ok=True)
    name = plugin.replace("-", "_")
    script = folder / f"kubectl-{name}"
    package = f"kubectl_{name}"
    script.write_text(SCRIPT.format(python=sys.executable, source=str(SOURCE), package=package))
    script.chmod(0o755)
    return script


def run(command: list[str | Path], environ: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """What a program says; it has no terminal and must end by itself."""
    return subprocess.run(
        command,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=WATCHDOG,
    )


def environment(*folders: Path, **environ: str) -> dict[str, str]:
    """The test's own, without what it says of kubeconfigs, with these folders first in the PATH."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KUBE")}
    return kept | {"PATH": os.pathsep.join(map(str, [*folders, kept["PATH"]]))} | environ


def said_by(completer: Path, environ: Mapping[str, str], *words: str) -> list[str]:
    """The lines of a completer: whatever happens it exits with 0 and is silent on stderr."""
    done = run([completer, *words], environ)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def said_in_the_end(completer: Path, environ: Mapping[str, str], *words: str) -> list[str]:
    """The same, asked again for as long as a busy machine takes more than the second there is."""
    deadline = time.monotonic() + PATIENCE
    while (lines := said_by(completer, environ, *words)) == [":4"]:
        assert time.monotonic() < deadline, "no choices, however often one asks"
    return lines
