"""A real proxy before an API server that asks it for plain JSON only, as a server without aggregated discovery answers."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from kubectl_fieldkit.kubeconfig.model import Access, Cluster, User
from tests.lab.lab import Lab


@contextmanager
def plain_proxy(lab: Lab) -> Iterator[Access]:
    """The access to a lab by way of the proxy, as the admin."""
    trust = ssl.create_default_context(cafile=lab.certificate_authority)

    class Passing(BaseHTTPRequestHandler):
        """Passes one request on."""

        def do_GET(self) -> None:
            """Without the wish for aggregated discovery."""
            server = HTTPSConnection(urlsplit(lab.server).netloc, context=trust)
            headers = {"Accept": "application/json", "Authorization": f"Bearer {lab.token}"}
            server.request("GET", self.path, headers=headers)
            response = server.getresponse()
            body = response.read()
            self.send_response(response.status)
            self.send_header("Content-Type", response.headers["Content-Type"])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            server.close()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Passing) as proxy:
        thread = threading.Thread(target=proxy.serve_forever)
        thread.start()
        try:
            yield Access(Cluster(f"http://127.0.0.1:{proxy.server_port}"), User())
        finally:
            proxy.shutdown()
            thread.join()
