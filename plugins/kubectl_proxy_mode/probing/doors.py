"""The connections of one round: one to the API server for each thread, and the port-forwards."""

import threading
import time
from collections.abc import Callable, Mapping

from msgspec.structs import replace

from kubectl_fieldkit.cluster.client import Client
from kubectl_fieldkit.cluster.http1 import Response
from kubectl_fieldkit.cluster.port_forward import PortForwards
from kubectl_fieldkit.errors import ConnectionFailed
from kubectl_fieldkit.kubeconfig.model import Access
from kubectl_fieldkit.kubeconfig.settled import settled

Trace = Callable[[str], None] | None


class Doors:
    """Every way into the cluster that a round takes; each question has `timeout` seconds."""

    def __init__(
        self, access: Access, environ: Mapping[str, str], timeout: float, trace: Trace
    ) -> None:
        self.timeout = timeout
        self._access = replace(settled(access, environ), request_timeout=timeout)
        self._environ = environ
        self._trace = trace
        self._local = threading.local()
        self._clients: list[Client] = []
        self.forwards = PortForwards(self._access, environ)

    @property
    def client(self) -> Client:
        """This thread's connection."""
        if not hasattr(self._local, "client"):
            self._local.client = Client(self._access, self._environ, self._trace)
            self._clients.append(self._local.client)
        client: Client = self._local.client
        return client

    def get(self, path: str) -> Response:
        """One answer, however bad: a 503 is what the API server says of a port where nobody listens."""
        deadline = time.monotonic() + self.timeout
        try:
            return self.client.request("GET", path, deadline)
        except ConnectionFailed as err:
            if not err.transient:
                raise
            return self.client.request("GET", path, deadline)  # a kept connection goes stale

    def close(self) -> None:
        """Hangs up everywhere."""
        for client in self._clients:
            client.close()
