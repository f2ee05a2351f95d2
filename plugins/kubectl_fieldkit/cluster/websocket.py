"""A port of a pod through a WebSocket to the API server, in the protocol v4.channel.k8s.io.

The official client opens such streams too, and is what the tests compare this one with: to import it takes a
third of a second, it brings 9 MB that a binary unpacks at each start, and it needs a thread for each stream.
"""

import socket
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from websocket import ABNF, WebSocket, WebSocketConnectionClosedException, WebSocketException

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PROTOCOL = "v4.channel.k8s.io"
DATA, ERROR = b"\0", b"\1"  # the first byte of each message


class Forward:
    """A port of a pod as a socket, as far as an HTTP channel needs one.

    Mirrors k8s.io/cri-streaming/pkg/streaming/portforward/websocket.go. What fails raises OSError, TimeoutError
    or WebSocketException.
    """

    def __init__(self, sock: socket.socket, url: str, headers: Iterable[str]) -> None:
        """Takes the connection over, and closes it where the answer is no 101: WebSocketBadStatusException.

        Redirects are not followed: they would carry the credentials elsewhere.
        """
        self._websocket = WebSocket()
        self._sock = sock
        self._begun: set[bytes] = set()
        self._unread = b""
        self._words = b""
        try:
            self._websocket.connect(  # type: ignore[no-untyped-call]
                url,
                socket=sock,
                header=list(headers),
                subprotocols=[PROTOCOL],
                suppress_host=True,
                suppress_origin=True,
                redirect_limit=0,
            )
        except BaseException:
            sock.close()
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
        """The next data; nothing at the end, and after an error, which is the kubelet's last word."""
        while not self._words:
            message = self._message()
            channel, data = message[:1], message[1:]
            if not message:
                break
            if channel not in self._begun:  # the first message of each is the port's number
                self._begun.add(channel)
            elif channel == ERROR:
                self._words = data
            elif data:
                return data
        return b""

    def _message(self) -> bytes:
        """Nothing where the other side said goodbye, or hung up."""
        with suppress(WebSocketConnectionClosedException):
            opcode, frame = self._websocket.recv_data_frame()
            if opcode != ABNF.OPCODE_CLOSE:
                return bytes(frame.data)
        return b""
