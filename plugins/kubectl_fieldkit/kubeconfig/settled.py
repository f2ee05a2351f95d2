"""One set of credentials for many connections side by side."""

from collections.abc import Mapping

from msgspec.structs import replace

from kubectl_fieldkit.kubeconfig.credentials import CredentialSource
from kubectl_fieldkit.kubeconfig.model import Access, User


def settled(access: Access, environ: Mapping[str, str]) -> Access:
    """The same access with what its exec plugin or token file says now, so that neither is asked again."""
    user, credentials = access.user, CredentialSource(access, environ).current()
    username, password = credentials.basic or ("", "")
    shown = User(
        token=credentials.token,
        client_certificate=credentials.certificate_file,
        client_certificate_data=credentials.certificate,
        client_key=credentials.key_file,
        client_key_data=credentials.key,
        username=username,
        password=password,
        impersonate=user.impersonate,
        impersonate_groups=user.impersonate_groups,
        impersonate_uid=user.impersonate_uid,
        impersonate_extra=user.impersonate_extra,
        origin=user.origin,
    )
    return replace(access, user=shown)
