"""One API server over one connection that is kept open: requests out, responses in."""

import math
import time
from collections.abc import Callable, Mapping

from kubectl_fieldkit.cluster import failures
from kubectl_fieldkit.cluster.address import address_of
from kubectl_fieldkit.cluster.dial import dial
from kubectl_fieldkit.cluster.headers import (
    Header,
    accepting,
    authorization,
    content_headers,
    proxy_headers,
    standing_headers,
    written,
)
from kubectl_fieldkit.cluster.http1 import Channel, NotHttp, Response, Truncated
from kubectl_fieldkit.cluster.proxy import find_proxy
from kubectl_fieldkit.errors import ConnectionFailed
from kubectl_fieldkit.kubeconfig.credentials import Credentials, CredentialSource
from kubectl_fieldkit.kubeconfig.model import Access

PAUSES = (0.25, 0.5, 1.0, 2.0)  # seconds before each further try of a read
LONGEST_PAUSE = 30.0  # however long a server asks us to wait
BUSY = {429, 502, 503, 504}
CONTENT_TYPES = {"PATCH": "application/json-patch+json", "POST": "application/json"}


class Client:
    """The connection, its credentials and its trace; it is made at the first request."""

    def __init__(
        self, access: Access, environ: Mapping[str, str], trace: Callable[[str], None] | None
    ) -> None:
        self.address = address_of(access.cluster)
        self._access = access
        self._environ = environ
        self._trace = trace
        self._proxy = find_proxy(self.address, access.cluster.proxy_url, environ)
        self._credentials = CredentialSource(access, environ)
        self._channel: Channel | None = None
        self._sent = Credentials()
        gzip = not access.cluster.disable_compression
        self._headers = standing_headers(self.address.authority, access.user, gzip)

    def get(self, path: str) -> Response:
        """The response to a read, asked again while the server is busy or connections break."""
        return self._read("GET", path)

    def review(self, path: str, question: bytes) -> Response:
        """The response to a question that is put as a POST and stores nothing: as good as a read."""
        return self._read("POST", path, question)

    def patch(self, path: str, body: bytes) -> Response:
        """The response to a JSON patch, sent again only where the last one was surely not carried out.

        It goes over a connection of its own: one that was kept may have gone stale, and where a
        connection breaks nobody knows how far the server came.
        """
        deadline = time.monotonic() + (self._access.request_timeout or math.inf)
        for pause in PAUSES:
            response = self._patch(path, body, deadline)
            wait = _wanted_pause(response, pause) if response.status == 429 else None
            if wait is None or time.monotonic() + wait > deadline:
                return response
            time.sleep(wait)
        return self._patch(path, body, deadline)

    def request(self, method: str, path: str, deadline: float, body: bytes = b"") -> Response:
        """One request, sent once; ConnectionFailed when no whole response comes."""
        started = time.monotonic()
        try:
            response = self._exchange(method, path, deadline, body)
        except ConnectionFailed as err:
            self.close()
            self._tell(method, path, started, f"failed: {err.message}")
            raise
        self._tell(
            method, path, started, f"{response.status} {response.reason}, {response.size:,} bytes"
        )
        return response

    def twin(self) -> "Client":
        """Another connection to the same server, with the same login: nobody is asked for it twice."""
        from copy import copy

        self._credentials.current()
        twin = copy(self)
        twin._channel = None
        return twin

    def close(self) -> None:
        """Hangs up; the next request dials again."""
        if self._channel:
            self._channel.close()
            self._channel = None

    def _read(self, method: str, path: str, body: bytes = b"") -> Response:
        deadline = time.monotonic() + (self._access.request_timeout or math.inf)
        for pause in PAUSES:
            try:
                response = self._ask(method, path, deadline, body)
                wait = _wanted_pause(response, pause)
                if wait is None or time.monotonic() + wait > deadline:
                    return response
            except ConnectionFailed as err:
                if not err.transient or time.monotonic() + pause > deadline:
                    raise
                wait = pause
            time.sleep(wait)
        return self._ask(method, path, deadline, body)

    def _patch(self, path: str, body: bytes, deadline: float) -> Response:
        self.close()
        response = self.request("PATCH", path, deadline, body)
        if response.status != 401 or not self._credentials.renew(self._sent):
            return response
        self.close()
        return self.request("PATCH", path, deadline, body)

    def _ask(self, method: str, path: str, deadline: float, body: bytes) -> Response:
        response = self._ask_on_kept_connection(method, path, deadline, body)
        if response.status != 401 or not self._credentials.renew(self._sent):
            return response
        self.close()  # a new client certificate needs a new connection
        return self.request(method, path, deadline, body)

    def _ask_on_kept_connection(
        self, method: str, path: str, deadline: float, body: bytes
    ) -> Response:
        """A connection that was kept may have gone stale: that costs one more try, at once."""
        kept = self._channel is not None
        try:
            return self.request(method, path, deadline, body)
        except ConnectionFailed as err:
            if not (kept and err.transient):
                raise
            return self.request(method, path, deadline, body)

    def _exchange(self, method: str, path: str, deadline: float, body: bytes) -> Response:
        channel = self._channel = self._channel or self._dial(deadline)
        headers = self._all_headers(method, path, body)
        request = written(method, self._target(path), headers, body)
        try:
            response = channel.exchange(request, deadline)
        except (OSError, NotHttp, Truncated) as err:
            raise failures.exchange_failed(err, self.address) from err
        if not channel.reusable:
            self.close()
        return response

    def _dial(self, deadline: float) -> Channel:
        credentials = self._credentials.current()
        cluster = self._access.cluster
        sock = dial(self.address, self._proxy, cluster, credentials, self._environ, deadline)
        return Channel(sock)

    def _target(self, path: str) -> str:
        if self._proxy and self._proxy.forwards(self.address):
            return self.address.url + path
        return self.address.path + path

    def _all_headers(self, method: str, path: str, body: bytes) -> list[Header]:
        content = content_headers(body, CONTENT_TYPES[method]) if body else []
        headers = [*accepting(self._headers, path), *content]
        if self.address.scheme == "https":
            self._sent = self._credentials.current()
            return [*headers, *authorization(self._sent)]
        # kubectl tells no secret to a plain-http server either
        forwarded = self._proxy and self._proxy.forwards(self.address)
        return [*headers, *proxy_headers(self._proxy)] if self._proxy and forwarded else headers

    def _tell(self, method: str, path: str, started: float, outcome: str) -> None:
        if self._trace:
            milliseconds = round((time.monotonic() - started) * 1000)
            self._trace(f"{method} {self.address.url}{path} in {milliseconds} ms: {outcome}")


def _wanted_pause(response: Response, default: float) -> float | None:
    """How long to wait before asking again; None for a response that stands."""
    asked = response.headers.get("retry-after", "")
    if response.status not in BUSY and not (response.status >= 500 and asked):
        return None
    return min(float(asked), LONGEST_PAUSE) if asked.isdecimal() else default
