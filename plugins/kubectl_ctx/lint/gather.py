"""Reads the kubeconfigs, one by one, and looks at the files around them."""

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from kubectl_ctx.expiry import authority_expiry, expiry_of
from kubectl_ctx.lint.linted import Expiry, Linted, Seen
from kubectl_ctx.lint.named_files import named_files
from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.files import kubeconfig_files
from kubectl_fieldkit.kubeconfig.load import load_file
from kubectl_fieldkit.kubeconfig.lock import locks_of
from kubectl_fieldkit.kubeconfig.merge import merge
from kubectl_fieldkit.kubeconfig.model import Kubeconfig
from kubectl_fieldkit.kubeconfig.overlay import current_overlay
from kubectl_fieldkit.process import find_program


def read_linted(explicit: str, environ: Mapping[str, str]) -> Linted:
    """Everything that the rules look at; only a file named by `--kubeconfig` must be there."""
    loaded, broken, missing = [], [], []
    for path in kubeconfig_files(explicit, environ):
        try:
            loaded.append((path, load_file(path)))
        except FileNotFoundError as err:
            if explicit:
                raise KubeconfigError(f"stat {path}: no such file or directory") from err
            missing.append(path)
        except KubeconfigError as err:
            broken.append((path, err.message))
    merged = merge([kubeconfig for _, kubeconfig in loaded])
    locks = locks_of([path for path, _ in (*loaded, *broken)])
    return Linted(
        loaded=tuple(loaded),
        broken=tuple(broken),
        missing=tuple(missing) if environ.get("KUBECONFIG") else (),
        now=datetime.now(UTC),
        seen={path: _seen(path) for path in _paths(loaded, locks, merged)},
        locks=locks,
        expiries=dict(_expiries(merged)),
        plugins=_plugins(merged, environ),
        repeating=frozenset(_repeating([path for path, _ in loaded], environ)),
        explicit=explicit,
        home=environ.get("HOME", ""),
    )


def _paths(
    loaded: Iterable[tuple[str, Kubeconfig]], locks: Iterable[str], merged: Kubeconfig
) -> Iterator[str]:
    for path, _ in loaded:
        yield path
        yield os.path.dirname(path) or "."  # noqa: PTH120
    yield from locks
    yield from (named.path for named in named_files(merged))


def _seen(path: str) -> Seen:
    try:
        there = os.stat(path)  # noqa: PTH116
    except OSError as err:
        return Seen(error=(err.strerror or "").lower())
    error = "" if os.access(path, os.R_OK) else "permission denied"
    return Seen(there.st_mode, there.st_mtime, error)


def _repeating(paths: Iterable[str], environ: Mapping[str, str]) -> Iterator[str]:
    yield current_overlay(environ)
    known: set[str] = set()
    for path in paths:
        target = os.path.realpath(path)
        if target in known:
            yield path
        known.add(target)


def _plugins(merged: Kubeconfig, environ: Mapping[str, str]) -> dict[str, str]:
    commands = {user.exec.command for user in merged.users.values() if user.exec}
    return {command: _why_not(command, environ) for command in commands}


def _why_not(command: str, environ: Mapping[str, str]) -> str:
    """Why a program cannot be run; empty where it can."""
    if os.sep not in command:
        return "" if find_program(command, environ) else "is not in PATH"
    if not os.path.exists(command):  # noqa: PTH110
        return "is not there"
    return "" if os.access(command, os.X_OK) else "is not executable"


def _expiries(merged: Kubeconfig) -> Iterator[tuple[tuple[str, str], Expiry]]:
    for name, user in merged.users.items():
        until, what = expiry_of(user)
        if until:
            what = "client certificate" if what == "certificate" else what
            yield ("User", name), Expiry(what, until)
    for name, cluster in merged.clusters.items():
        if until := authority_expiry(cluster):
            yield ("Cluster", name), Expiry("certificate authority", until)
