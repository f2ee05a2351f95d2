"""An exec plugin that cannot be run: nobody can log in."""

from collections.abc import Iterator

from kubectl_ctx.lint.fixes import subject
from kubectl_ctx.lint.linted import Linted, Rule
from kubectl_fieldkit.findings import Finding


def find(linted: Linted) -> Iterator[Finding]:
    """Errors, with the hint that the kubeconfig gives."""
    for name, user in linted.merged.users.items():
        if user.exec and (reason := linted.plugins[user.exec.command]):
            hint = " ".join(user.exec.install_hint.split())
            yield Finding(
                rule=RULE.id,
                severity="error",
                subject=subject("User", name),
                message=f'its exec plugin "{user.exec.command}" {reason}',
                evidence=[user.origin, *([hint] if hint else [])],
            )


RULE = Rule("missing-plugin", find)
