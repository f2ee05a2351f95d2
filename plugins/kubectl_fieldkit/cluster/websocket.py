"""The official client's port-forward over a connection of ours.

It imports the whole `kubernetes` package, a third of a second: only what forwards a port imports it, when it does.
"""

import socket
import threading
from collections.abc import Iterable
from typing import Any

from kubernetes.stream.ws_client import PortForward
from websocket import WebSocket, WebSocketException

PROTOCOL = "v4.channel.k8s.io"
LONGEST_GOODBYE = 1.0  # seconds


class Stream(WebSocket):
    """A WebSocket that hangs up without waiting for the other side to say goodbye."""

    def close(self, *_: object, **__: object) -> None:
        """Says goodbye, and closes."""
        sock = self.sock
        super().close(timeout=0)
        self.shutdown()  # type: ignore[no-untyped-call]
        if sock:
            sock.close()


class NestedStream(Stream):
    """The same within TLS within TLS, by way of an https proxy.

    The client waits with select(), which does not see what was decrypted and not yet read. Then the
    stream gives out a socket that is always readable.
    """

    def __init__(self) -> None:
        super().__init__()
        self._readable, other = socket.socketpair()
        other.close()

    def fileno(self) -> int:
        """What select() waits for."""
        sock: Any = self.sock
        if sock and (sock.sslobj.pending() or sock.incoming.pending or sock.socket.pending()):
            return self._readable.fileno()
        return int(super().fileno())  # type: ignore[no-untyped-call]

    def close(self, *_: object, **__: object) -> None:
        """Says goodbye, and closes."""
        super().close()
        self._readable.close()


def upgrade(sock: socket.socket, url: str, headers: Iterable[str]) -> Stream:
    """The connection as a WebSocket; WebSocketBadStatusException where the answer is no 101.

    Redirects are not followed: they would carry the credentials elsewhere.
    """
    websocket = Stream() if isinstance(sock, socket.socket) else NestedStream()
    try:
        websocket.connect(  # type: ignore[no-untyped-call]
            url,
            socket=sock,
            header=list(headers),
            subprotocols=[PROTOCOL],
            suppress_host=True,
            suppress_origin=True,
            redirect_limit=0,
        )
    except BaseException:
        websocket.close()
        raise
    return websocket


class Forward(PortForward):
    """One port of one pod as a socket; `failure` is what broke the stream, where something did.

    The client's thread dies of a broken connection with a traceback on stderr, and leaves its end
    of the socket open, so that a reader waits for ever.
    """

    def __init__(self, websocket: Stream, port: int) -> None:
        self.failure = ""
        self._port = port
        self._ended = threading.Event()
        super().__init__(websocket, [port])  # type: ignore[no-untyped-call]

    @property
    def stream(self) -> Any:
        """The socket."""
        return self.socket(self._port)  # type: ignore[no-untyped-call]

    @property
    def words(self) -> str:
        """What the kubelet said of a port that it could not forward to; else nothing."""
        return str(self.error(self._port) or "").strip()  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Hangs up, and leaves nothing open behind it."""
        super().close()  # type: ignore[no-untyped-call]
        self._ended.wait(LONGEST_GOODBYE)

    def _proxy(self) -> None:
        try:
            super()._proxy()  # type: ignore[no-untyped-call]
        except (OSError, ValueError, RuntimeError, IndexError, WebSocketException) as err:
            self.failure = str(err) or type(err).__name__
        finally:
            for port in self.local_ports.values():
                port.python.close()
            self.websocket.close()
            self._ended.set()
