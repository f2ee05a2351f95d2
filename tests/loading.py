"""Which modules a run of a plugin loads."""

import subprocess
import sys
from collections.abc import Collection, Sequence

PROGRAM = """
import sys
from importlib import import_module
from kubectl_fieldkit.verbs import parse
plugin, watched, *argv = sys.argv[1:]
verbs = import_module(f"kubectl_{plugin.replace('-', '_')}.cli").VERBS
parse(plugin, verbs, argv).run()
sys.stderr.write(str(set(watched.split()) & sys.modules.keys()))
"""


def watch(plugin: str, argv: Sequence[str], watched: Collection[str]) -> tuple[str, str]:
    """What it prints on both streams, the second ended by the set of those of the watched that it loaded."""
    command = [sys.executable, "-c", PROGRAM, plugin, " ".join(watched), *argv]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout, done.stderr
