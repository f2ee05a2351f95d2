"""A context whose cluster or user no file has, and a current-context that no file has."""

from collections.abc import Iterator

from kubectl_ctx.lint.fixes import ctx, subject
from kubectl_ctx.lint.linted import Linted, Rule
from kubectl_fieldkit.findings import Finding


def find(linted: Linted) -> Iterator[Finding]:
    """Errors; none while a file is broken, which may have what is missed."""
    if linted.broken:
        return
    merged = linted.merged
    current = merged.current_context
    if current and current not in merged.contexts:
        said = next(path for path, file in linted.loaded if file.current_context)
        yield Finding(
            rule=RULE.id,
            severity="error",
            subject=subject("File", said),
            message=f'current-context is "{current}", and no file has a context of that name',
            evidence=[said],
            fix=ctx(linted.explicit, "-u"),
        )
    for name, context in merged.contexts.items():
        lacking = []
        if context.cluster not in merged.clusters:
            lacking.append(f'cluster "{context.cluster}"' if context.cluster else "cluster named")
        if context.user and context.user not in merged.users:
            lacking.append(f'user "{context.user}"')
        if lacking:
            yield Finding(
                rule=RULE.id,
                severity="error",
                subject=subject("Context", name),
                message=f"there is no {' and no '.join(lacking)}",
                evidence=[context.origin],
                fix=ctx(linted.explicit, "delete", name),
            )


RULE = Rule("dangling-reference", find)
