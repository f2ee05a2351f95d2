"""`auth-provider`, the credential plugins that were once built into kubectl, and what took their place."""

from kubectl_fieldkit.errors import CredentialsError
from kubectl_fieldkit.kubeconfig.model import User

SUCCESSORS = {
    "azure": "kubelogin (https://github.com/Azure/kubelogin)",
    "gcp": "gke-gcloud-auth-plugin",
    "oidc": "kubectl oidc-login (https://github.com/int128/kubelogin)",
    "openstack": "client-keystone-auth",
}


def refuse_auth_provider(user: User) -> None:
    """Refuses a user whose only credentials are those of an auth provider, and names the successor."""
    name = user.auth_provider
    if not name or user.token:
        return
    if name not in SUCCESSORS:
        raise CredentialsError(f'no auth provider found for name "{name}"', "use an exec plugin")
    message = f'the auth provider "{name}" is not supported'
    raise CredentialsError(message, f"use the exec plugin {SUCCESSORS[name]}")
