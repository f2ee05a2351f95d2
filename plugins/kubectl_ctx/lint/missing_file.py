"""A file that KUBECONFIG lists and that is not there."""

import os
from collections.abc import Iterator
from shlex import quote

from kubectl_ctx.lint.fixes import subject
from kubectl_ctx.lint.linted import Linted, Rule
from kubectl_fieldkit.findings import Finding, Fix


def find(linted: Linted) -> Iterator[Finding]:
    """Warns, and tells of a `~`: whoever sets KUBECONFIG has to expand it."""
    there = [path for path, _ in (*linted.loaded, *linted.broken)]
    for path in linted.missing:
        literal = path.startswith("~/") and linted.home
        kept = [*there, linted.home + path[1:]] if literal else there
        yield Finding(
            rule=RULE.id,
            severity="warning",
            subject=subject("File", path),
            message="is not there: ~ in KUBECONFIG is a folder's name"
            if literal
            else "is not there",
            evidence=["KUBECONFIG"],
            fix=Fix(command=f"export KUBECONFIG={quote(os.pathsep.join(kept))}") if kept else None,
        )


RULE = Rule("missing-file", find)
