"""argv → request: the verb `completion` of every plugin."""

import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from kubectl_fieldkit import output
from kubectl_fieldkit.completion.installing import (
    file_name,
    folder_for,
    install,
    installed,
    plugin_file,
)
from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.flags import Flag
from kubectl_fieldkit.untrusted import clean
from kubectl_fieldkit.verbs import Command

HELP = """Complete what this plugin takes when TAB is pressed: verbs, flags, names out of the cluster.

kubectl (1.26 and newer) asks a program "{file}" on the PATH for it; install puts that
beside the plugin, or into the first folder of the PATH that can be written to. The cluster is asked
with the flags that are on the line, for at most a second, and nobody is asked to log in. Names that a
shell would need quotes for are not offered.
"""
EXAMPLES = """
  kubectl {plugin} completion install             # once
  kubectl {plugin} completion install --dir ~/bin # there
  source <(kubectl completion bash)             # in a shell that does not complete kubectl yet
"""
INSTALL = "install"
FLAGS = (Flag("--dir", "The folder to put it into.", "DIR"),)


class ExplainCompletion(Struct, frozen=True):
    """What is to be done, or that it is done."""

    plugin: str

    def run(self) -> int:
        """Says which file kubectl asks, or how to put it there."""
        found = installed(self.plugin, os.environ)
        _say(
            f'kubectl asks "{found}" what may follow kubectl {self.plugin}'
            if found
            else f'kubectl finds no "{file_name(self.plugin)}" on the PATH: '
            f"kubectl {self.plugin} completion install puts it there"
        )
        _say('a shell asks kubectl once it has read "kubectl completion bash", zsh or fish')
        return 0


class InstallCompletion(Struct, frozen=True):
    """Where the completer goes: into this folder, or beside the plugin."""

    plugin: str
    folder: str = ""

    def run(self) -> int:
        """Puts it there and says so."""
        file = plugin_file(self.plugin, sys.argv[0], os.environ)
        folder = Path(self.folder).absolute() if self.folder else folder_for(file, os.environ)
        done = install(self.plugin, file, folder, os.environ)
        what = "installed" if done.changed else "is there already:"
        _say(f'{what} "{done.path}", which stands for "{done.plugin}"')
        if not done.on_path:
            _say(f'warning: "{folder}" is not on the PATH, where kubectl looks for it', sys.stderr)
        return 0


def command_line(plugin: str) -> Command:
    """`kubectl NAME completion`."""
    words = {"plugin": plugin, "file": file_name(plugin)}
    return Command(
        partial(_build, plugin),
        FLAGS,
        HELP.format(**words),
        EXAMPLES.format(**words),
        "[install]",
        choices=(INSTALL,),
    )


def _build(plugin: str, values: dict[str, Any]) -> ExplainCompletion | InstallCompletion:
    words, folder = values["words"], values["dir"]
    if words == (INSTALL,):
        if folder == "":
            raise UsageError("--dir needs a folder")
        return InstallCompletion(plugin, folder or "")
    if words or folder is not None:
        hint = f'see "kubectl {plugin} completion --help"'
        raise UsageError(
            f'"{words[0]}" is not install' if words else "--dir goes with install", hint
        )
    return ExplainCompletion(plugin)


def _say(line: str, stream: Any = None) -> None:
    output.write(clean(line) + "\n", stream or sys.stdout)
