"""Clusters and users that no context refers to."""

from collections.abc import Iterator

from kubectl_ctx.lint.fixes import config, subject
from kubectl_ctx.lint.linted import Linted, Rule
from kubectl_fieldkit.findings import Finding


def find(linted: Linted) -> Iterator[Finding]:
    """Remarks; none while a file is broken, which may refer to them. A hidden context counts too."""
    if linted.broken:
        return
    merged = linted.merged
    contexts = [context for _, file in linted.loaded for context in file.contexts.values()]
    clusters = {context.cluster for context in contexts}
    users = {context.user for context in contexts}
    unused = [
        *(
            ("Cluster", name, c.origin)
            for name, c in merged.clusters.items()
            if name not in clusters
        ),
        *(("User", name, u.origin) for name, u in merged.users.items() if name not in users),
    ]
    for kind, name, origin in unused:
        yield Finding(
            rule=RULE.id,
            severity="info",
            subject=subject(kind, name),
            message="no context refers to it",
            evidence=[origin],
            fix=config(origin, f"delete-{kind.lower()}", name),
        )


RULE = Rule("unused-entry", find)
