"""Secrets in files that others can read, and kubeconfigs in folders that others can write."""

import os.path
import stat
from collections.abc import Iterator

from kubectl_ctx.lint.fixes import command, subject
from kubectl_ctx.lint.linted import Linted, Rule
from kubectl_fieldkit.findings import Finding
from kubectl_fieldkit.kubeconfig.model import Kubeconfig

OTHERS = stat.S_IRWXG | stat.S_IRWXO
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def find(linted: Linted) -> Iterator[Finding]:
    """Warns of each file and folder once."""
    for path in dict.fromkeys(_secret_files(linted)):
        mode = linted.seen[path].mode
        if stat.S_ISREG(mode) and mode & OTHERS:
            message = "holds secrets, and others than its owner can get at them"
            yield _open(path, mode, message, "600")
    for folder in dict.fromkeys(os.path.dirname(path) or "." for path, _ in linted.loaded):  # noqa: PTH120
        mode = linted.seen[folder].mode
        if mode & OTHERS_WRITE and not mode & stat.S_ISVTX:
            message = "holds a kubeconfig, and others can put another one in its place"
            yield _open(folder, mode, message, "go-w")


def _secret_files(linted: Linted) -> Iterator[str]:
    for path, kubeconfig in linted.loaded:
        if _holds_secrets(kubeconfig):
            yield path
    for user in linted.merged.users.values():
        yield from filter(None, (user.client_key, user.token_file))


def _holds_secrets(kubeconfig: Kubeconfig) -> bool:
    users = kubeconfig.users.values()
    return any(user.token or user.password or user.client_key_data for user in users)


def _open(path: str, mode: int, message: str, wanted: str) -> Finding:
    return Finding(
        rule=RULE.id,
        severity="warning",
        subject=subject("File" if stat.S_ISREG(mode) else "Folder", path),
        message=message,
        evidence=[f"mode {stat.S_IMODE(mode):04o}"],
        fix=command("chmod", wanted, path),
    )


RULE = Rule("readable-by-others", find)
