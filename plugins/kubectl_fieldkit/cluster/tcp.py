"""A TCP connection to a host."""

import socket

from kubectl_fieldkit.cluster.http1 import left


def connect(host: str, port: int, deadline: float) -> socket.socket:
    """The connection, or the OSError of the last address tried.

    The name goes to the resolver as bytes: for text, Python would load its IDNA tables first.
    """
    address = (host.encode(), port)
    sock = socket.create_connection(address, left(deadline))  # type: ignore[arg-type]  # bytes are a name too
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock
