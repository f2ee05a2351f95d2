"""A context for one terminal: a file of no secrets, before the kubeconfig's own in KUBECONFIG.

kubectl takes current-context and the context's namespace from it, cluster and user from the files
behind it; what it writes for a context of the overlay's lands in the overlay.
"""

import os
import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial

from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.edits import add_context, set_current_context, set_namespace
from kubectl_fieldkit.kubeconfig.several import Kubeconfigs
from kubectl_fieldkit.kubeconfig.writing import Change
from kubectl_fieldkit.private import open_private

OVERLAY = "KUBECTL_FIELDKIT_OVERLAY"


def current_overlay(environ: Mapping[str, str]) -> str:
    """The overlay that this terminal works in; empty outside."""
    overlay = environ.get(OVERLAY, "")
    first = environ.get("KUBECONFIG", "").partition(os.pathsep)[0]
    return overlay if overlay and first == overlay else ""


def changes_in_overlay(
    overlay: str, kubeconfigs: Kubeconfigs, name: str, namespace: str | None
) -> list[Change]:
    """Makes the context current in the overlay, and sets its namespace there; None keeps that.

    An empty namespace is none at all.
    """
    context = kubeconfigs.contexts[name]
    changes = []
    if namespace is not None and context.origin == overlay:
        changes.append(Change(overlay, partial(set_namespace, context=name, namespace=namespace)))
    elif namespace is not None:
        edit = partial(
            add_context, name=name, cluster=context.cluster, user=context.user, namespace=namespace
        )
        changes.append(Change(overlay, edit))
    if kubeconfigs.current_context != name:
        changes.append(Change(overlay, partial(set_current_context, name=name)))
    return changes


def namespace_change(
    kubeconfigs: Kubeconfigs, environ: Mapping[str, str], name: str, namespace: str
) -> list[Change]:
    """Sets a context's namespace where it is defined; in an overlay's terminal, in the overlay."""
    overlay = current_overlay(environ)
    if overlay in kubeconfigs.files:
        changes = changes_in_overlay(overlay, kubeconfigs, name, namespace)
        return changes[:1]  # another context's namespace does not make that context the current one
    edit = partial(set_namespace, context=name, namespace=namespace)
    return [Change(kubeconfigs.contexts[name].origin, edit)]


def make_overlay(
    kubeconfigs: Kubeconfigs, environ: Mapping[str, str], name: str, namespace: str, owner: int
) -> str:
    """The path of a new overlay with this context; it is removed some time after its owner's end."""
    context = kubeconfigs.contexts[name]
    said = namespace or context.namespace
    text = add_context(b"", name, context.cluster, context.user, said)
    text = set_current_context(text, name)
    folder = _folder(environ)
    _remove_orphans(folder)
    path = f"{folder}/{owner}.yaml"
    with open(open_private(path, replace=True), "wb") as stream:  # noqa: PTH123
        stream.write(text)
    return path


def caller() -> int:
    """The process that started this one: of a frozen binary, the one that started its bootloader."""
    import sys

    parent = os.getppid()
    if not getattr(sys, "frozen", False):
        return parent
    try:
        with open(f"/proc/{parent}/stat") as file:  # noqa: PTH123
            return int(file.read().rpartition(")")[2].split()[1])
    except OSError:
        return parent_of(parent)


def parent_of(pid: int) -> int:
    """The process that started this one, by ps: macOS has no /proc."""
    from kubectl_fieldkit.process import run

    try:
        return int(run(["ps", "-o", "ppid=", "-p", str(pid)], os.environ).stdout)
    except (OSError, ValueError) as err:
        hint = "kubectl ctx --shell NAME opens a shell itself"
        raise KubeconfigError("cannot find the shell that asks", hint) from err


def variables(overlay: str, files: Sequence[str], environ: Mapping[str, str]) -> dict[str, str]:
    """What a program needs in its environment to work in the overlay."""
    outer = current_overlay(environ)
    base = [os.path.abspath(file) for file in files if file != outer]  # noqa: PTH100
    return {
        "KUBECONFIG": os.pathsep.join([overlay, *base]),
        OVERLAY: overlay,
        "KUBECTX_ISOLATED_SHELL": "1",  # which prompts know
    }


def _folder(environ: Mapping[str, str]) -> str:
    """A folder of ours that nobody else can look into; KubeconfigError where somebody made it."""
    import tempfile

    runtime = environ.get("XDG_RUNTIME_DIR", "")
    user = os.getuid() if hasattr(os, "getuid") else None  # Windows: TEMP is the user's own
    own = f"{tempfile.gettempdir()}/kubectl-fieldkit" + ("" if user is None else f"-{user}")
    folder = f"{runtime}/kubectl-fieldkit" if runtime else own
    try:
        with suppress(FileExistsError):
            os.mkdir(folder, 0o700)  # noqa: PTH102
        there = os.lstat(folder)
    except OSError as err:
        raise KubeconfigError(f'cannot make "{folder}": {(err.strerror or "").lower()}') from err
    others = user is not None and (there.st_uid != user or there.st_mode & 0o077)
    if others or not stat.S_ISDIR(there.st_mode):
        hint = "remove it, or set XDG_RUNTIME_DIR to a folder of your own"
        raise KubeconfigError(f'"{folder}" is not a folder that only you can use', hint)
    return folder


def _remove_orphans(folder: str) -> None:
    """Removes the overlays of runs that are gone."""
    for entry in os.listdir(folder):  # noqa: PTH208
        pid = entry.partition(".")[0]
        if pid.isdecimal() and not os.path.exists(f"/proc/{pid}") and os.path.exists("/proc/1"):  # noqa: PTH110
            with suppress(OSError):
                os.unlink(f"{folder}/{entry}")  # noqa: PTH108
