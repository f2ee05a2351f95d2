"""A port of a pod through a WebSocket to the API server, in the protocol v4.channel.k8s.io.

The official client opens such streams too, and is what the tests compare this one with: to import it takes a
third of a second, it brings 9 MB that a binary unpacks at each start, and it needs a thread for each stream.
"""

import socket
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from websocket import (
    ABNF,
    WebSocket,
    WebSocketBadStatusException,
    WebSocketConnectionClosedException,
    WebSocketException,
)

from kubectl_fieldkit.cluster.http1 import left

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PROTOCOL = "v4.channel.k8s.io"
DATA, ERROR = b"\0", b"\1"  # the first byte of each message


class _Bounded:
    """A socket with one deadline for all that is received, however many waits the library makes of it."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._deadline = deadline

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)

    def recv(self, size: int) -> bytes:
        """The next bytes, or TimeoutError."""
        self._sock.settimeout(left(self._deadline))
        return self._sock.recv(size)


class Forward:
    """A port of a pod as a socket, as far as an HTTP channel needs one.

    Mirrors k8s.io/cri-streaming/pkg/streaming/portforward/websocket.go. What fails raises OSError, TimeoutError
    or WebSocketException.
    """

    def __init__(
        self, sock: socket.socket, url: str, headers: Iterable[str], deadline: float
    ) -> None:
        """Takes the connection over, and closes it where the answer is no 101: WebSocketBadStatusException.

        Redirects are not followed: they would carry the credentials elsewhere.
        """
        self._websocket = WebSocket()
        self._sock = sock
        self._begun: set[bytes] = set()
        self._unread = b""
        self._words = b""
        try:
            sock.settimeout(left(deadline))
            self._websocket.connect(  # type: ignore[no-untyped-call]
                url,
                socket=_Bounded(sock, deadline),
                header=list(headers),
                subprotocols=[PROTOCOL],
                suppress_host=True,
                suppress_origin=True,
                redirect_limit=0,
            )
        except BaseException as err:
            sock.close()
            redirect = self._websocket.handshake_response
            if redirect is not None and isinstance(err, WebSocketException):
                status, headers = redirect.status, redirect.headers
                raise WebSocketBadStatusException(str(err), status, None, headers) from err
            raise

    @property
    def words(self) -> str:
        """What the kubelet said of a port that it could not forward to; else nothing."""
        return self._words.decode(errors="replace").strip()

    def settimeout(self, seconds: float) -> None:
        """Bounds each wait."""
        self._websocket.settimeout(seconds)

    def sendall(self, data: bytes) -> None:
        """Sends to the port."""
        self._websocket.send_binary(DATA + data)

    def recv_into(self, buffer: "WriteableBuffer") -> int:
        """The next bytes from the port, 0 where there are no more."""
        if not self._unread:
            self._unread = self._receive()
        room = memoryview(buffer)
        data, self._unread = self._unread[: len(room)], self._unread[len(room) :]
        room[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Says goodbye, and hangs up without waiting for the other side to say it as well."""
        with suppress(OSError, WebSocketException):
            self._websocket.send_close()
        self._sock.close()

    def _receive(self) -> bytes:
        """The next data, nothing at the end; ConnectionError after an error, which is the kubelet's last word."""
        while (message := self._message()) is not None:
            channel, data = message[:1], message[1:]
            if channel not in self._begun:  # the first message of each is the port's number
                self._begun.add(channel)
            elif channel == ERROR and data:
                self._words = data
                raise ConnectionResetError(self.words)
            elif data:
                return data
        return b""

    def _message(self) -> bytes | None:
        """None where the other side said goodbye, or hung up."""
        with suppress(WebSocketConnectionClosedException):
            opcode, frame = self._websocket.recv_data_frame()
            if opcode != ABNF.OPCODE_CLOSE:
                return bytes(frame.data)
        return None
