"""What findings are about, and the commands that would mend it."""

from collections.abc import Sequence
from shlex import join

from kubectl_fieldkit.findings import Fix, Subject


def subject(kind: str, name: str) -> Subject:
    """A context, cluster, user or file."""
    return Subject(kind=kind, namespace="", name=name)


def command(*words: str) -> Fix:
    """A command for a shell."""
    return Fix(command=join(words))


def ctx(file: str, *words: str) -> Fix:
    """A command of this plugin's: a flag or verb, and names; on one file, or on all for an empty one."""
    files = ("--kubeconfig", file) if file else ()
    return command("kubectl", "ctx", words[0], *files, *_names(words[1:]))


def config(file: str, verb: str, *names: str, flags: Sequence[str] = ()) -> Fix:
    """A command of kubectl's on one of the files."""
    return command("kubectl", "config", "--kubeconfig", file, verb, *flags, *_names(names))


def _names(names: Sequence[str]) -> Sequence[str]:
    """Names, which may look like flags."""
    return ("--", *names) if any(name.startswith("-") for name in names) else names
