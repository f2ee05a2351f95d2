"""Ways to log in that kubectl no longer has: auth providers, and exec plugins of an old version."""

from collections.abc import Iterator

from kubectl_ctx.lint.fixes import subject
from kubectl_ctx.lint.linted import Linted, Rule
from kubectl_fieldkit.errors import CredentialsError
from kubectl_fieldkit.findings import Finding
from kubectl_fieldkit.kubeconfig.auth_provider import refuse_auth_provider
from kubectl_fieldkit.kubeconfig.exec_plugin import API_VERSIONS
from kubectl_fieldkit.kubeconfig.model import User


def find(linted: Linted) -> Iterator[Finding]:
    """Errors, with what took its place."""
    for name, user in linted.merged.users.items():
        if reason := _refused(user):
            yield Finding(
                rule=RULE.id,
                severity="error",
                subject=subject("User", name),
                message=reason,
                evidence=[user.origin],
            )


def _refused(user: User) -> str:
    try:
        refuse_auth_provider(user)
    except CredentialsError as err:
        return str(err)
    if user.exec and user.exec.api_version not in API_VERSIONS:
        return f'exec plugin: invalid apiVersion "{user.exec.api_version}" (use {API_VERSIONS[0]})'
    return ""


RULE = Rule("removed-login", find)
