"""`python -m …official_forward KUBECONFIG NAMESPACE POD PORT PATH`: a GET by the official client's port-forward.

Prints the response, and on stderr what came by the channel for errors. A program of its own, for the client
leaves sockets open and a thread running.
"""

import socket
import sys
from contextlib import suppress
from typing import Any

from kubernetes import client, config
from kubernetes.stream import portforward

TIMEOUT = 20.0  # seconds


def main(kubeconfig: str, namespace: str, pod: str, port: str, path: str) -> None:
    """Asks once."""
    api = client.CoreV1Api(config.new_client_from_config(kubeconfig))  # type: ignore[no-untyped-call]
    call = api.connect_get_namespaced_pod_portforward
    forward: Any = portforward(call, pod, namespace, ports=port)
    stream: socket.socket = forward.socket(int(port))
    stream.settimeout(TIMEOUT)
    request = f"GET {path} HTTP/1.0\r\nHost: localhost:{port}\r\n\r\n"
    with suppress(ConnectionError):  # the client has already closed its end, after an error
        stream.sendall(request.encode())
        for data in iter(lambda: stream.recv(1 << 16), b""):
            sys.stdout.buffer.write(data)
    sys.stderr.write(forward.error(int(port)) or "")


if __name__ == "__main__":
    main(*sys.argv[1:])
