"""What identifies the user to the server, kept fresh for as long as a command runs.

Which kind counts when several are set is client-go's rule: rest/transport.go, transport/round_trippers.go
and plugin/pkg/client/auth/exec/exec.go.
"""

import math
import time
from _thread import allocate_lock
from collections.abc import Callable, Mapping

from msgspec.structs import replace

from kubectl_fieldkit.errors import CredentialsError
from kubectl_fieldkit.kubeconfig.auth_provider import refuse_auth_provider
from kubectl_fieldkit.kubeconfig.load import read_bytes
from kubectl_fieldkit.kubeconfig.model import Access, Secretive, User

# client-go's transport/token_source.go reads a token file once a minute, ten seconds early.
TOKEN_FILE_SECONDS = 50


class Credentials(Secretive, frozen=True):
    """What one connection shows: a bearer token or a password, a client certificate and its key.

    `certificate` and `key` are PEM; a pair that exists as two files is named instead.
    """

    token: str = ""
    certificate: bytes = b""
    key: bytes = b""
    certificate_file: str = ""
    key_file: str = ""
    basic: tuple[str, str] | None = None

    def __bool__(self) -> bool:
        return self != Credentials()


class CredentialSource:
    """The credentials of one access; `clock` gives seconds since the epoch."""

    def __init__(
        self,
        access: Access,
        environ: Mapping[str, str],
        clock: Callable[[], float] = time.time,
    ) -> None:
        refuse_auth_provider(access.user)
        self._access = access
        self._environ = environ
        self._clock = clock
        self._last = Credentials(token=access.user.token)
        self._stale_after = -math.inf
        self._lock = allocate_lock()  # several connections may share them

    def current(self) -> Credentials:
        """Credentials that have not run out; a token file or a plugin is asked again when need be."""
        with self._lock:
            if self._clock() > self._stale_after:
                self._last, self._stale_after = self._read()
            return self._last

    def renew(self, sent: Credentials) -> bool:
        """Asks again after a 401 to what was sent; whether there are others now, worth one more try."""
        with self._lock:
            if self._last == sent:
                self._last, self._stale_after = self._read()
            return self._last != sent

    def _read(self) -> tuple[Credentials, float]:
        """The credentials, and the moment they are stale after."""
        user = self._access.user
        fixed = _fixed(user)
        if user.token_file:
            stale_after = self._clock() + TOKEN_FILE_SECONDS
            return replace(fixed, token=self._file_token()), stale_after
        if user.exec is None or fixed:
            return fixed, math.inf
        from kubectl_fieldkit.kubeconfig.exec_plugin import run_plugin

        access = self._access
        return run_plugin(user.exec, access.cluster, self._environ, access.unattended)

    def _file_token(self) -> str:
        """The file's token; the last one that was good when the file cannot be read now."""
        try:
            return _read_token(self._access.user.token_file)
        except CredentialsError:
            if self._last.token:
                return self._last.token
            raise


def _read_token(path: str) -> str:
    try:
        token = read_bytes(path).decode(errors="replace").strip()
    except OSError as err:
        reason = (err.strerror or "").lower()
        raise CredentialsError(f'failed to read token file "{path}": {reason}') from err
    if not token:
        raise CredentialsError(f'read empty token from file "{path}"')
    return token


def _fixed(user: User) -> Credentials:
    """What the kubeconfig and the flags say themselves."""
    basic = (user.username, user.password) if user.username else None
    credentials = Credentials(token=user.token, basic=basic)
    has_certificate = user.client_certificate_data or user.client_certificate
    has_key = user.client_key_data or user.client_key
    if not has_certificate or not has_key:
        return credentials
    if not user.client_certificate_data and not user.client_key_data:
        return replace(
            credentials, certificate_file=user.client_certificate, key_file=user.client_key
        )
    return replace(
        credentials,
        certificate=user.client_certificate_data or _read_pem(user.client_certificate),
        key=user.client_key_data or _read_pem(user.client_key),
    )


def _read_pem(path: str) -> bytes:
    try:
        return read_bytes(path)
    except OSError as err:
        raise CredentialsError(f'unable to read "{path}": {(err.strerror or "").lower()}') from err
