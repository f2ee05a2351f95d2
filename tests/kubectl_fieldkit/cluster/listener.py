"""A real TCP listener on loopback, for what an API server does only when it is broken."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from typing import Self

Serve = Callable[[socket.socket, int], None]


class Listener:
    """Serves each connection in a thread of its own; `serve` gets the connection and its number."""

    def __init__(self, serve: Serve, tls: ssl.SSLContext | None = None) -> None:
        self._serve = serve
        self._tls = tls
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._accept)
        self.connections = 0

    @property
    def authority(self) -> str:
        """Its HOST:PORT."""
        return f"127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._thread.join()

    def _accept(self) -> None:
        workers = []
        for number in count():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                break
            self.connections += 1
            workers.append(threading.Thread(target=self._work, args=(connection, number)))
            workers[-1].start()
        for worker in workers:
            worker.join()

    def _work(self, connection: socket.socket, number: int) -> None:
        with suppress(OSError), self._wrapped(connection) as stream:
            self._open.append(stream)
            self._serve(stream, number)

    def _wrapped(self, connection: socket.socket) -> socket.socket:
        connection.settimeout(30)
        if self._tls is None:
            return connection
        stream = self._tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        try:
            stream.do_handshake()
        except OSError:
            with (
                suppress(OSError),
                stream,
            ):  # closed with unread bytes, it would reset and lose the alert
                while socket.socket.recv(stream, 65536):
                    pass
            raise
        return stream


def requests(connection: socket.socket) -> Iterator[str]:
    """The heads of the requests on a connection, one after the other."""
    pending = b""
    while data := connection.recv(65536):
        pending += data
        while b"\r\n\r\n" in pending:
            head, _, pending = pending.partition(b"\r\n\r\n")
            yield head.decode()


def silent(connection: socket.socket, _: int) -> None:
    """Reads and never answers."""
    while connection.recv(65536):
        pass


def saying(*answers: bytes) -> Serve:
    """Answers the first request over all connections with the first of these, and so on."""
    turns = iter(answers)

    def serve(connection: socket.socket, _: int) -> None:
        for _request in requests(connection):
            answer = next(turns)
            connection.sendall(answer)
            if b"Content-Length" not in answer:
                return

    return serve


def answer(status: str, body: str = "", *headers: str) -> bytes:
    """An HTTP response with a JSON body."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body.encode())}", *headers, "", body]
    return "\r\n".join(lines).encode()


def cut_short(target: tuple[str, int], limits: dict[int, int]) -> Serve:
    """Forwards to a server, but hangs up on the connections named after so many bytes of answers."""

    def serve(connection: socket.socket, number: int) -> None:
        with socket.create_connection(target) as server:
            back = threading.Thread(target=_pump, args=(server, connection, limits.get(number)))
            back.start()
            _pump(connection, server, None)
            back.join()

    return serve


def _pump(source: socket.socket, sink: socket.socket, limit: int | None) -> None:
    left = limit
    with suppress(OSError):
        while data := source.recv(65536 if left is None else min(65536, left)):
            sink.sendall(data)
            left = None if left is None else left - len(data)
            if left == 0:
                break
    for end in (source, sink):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@contextmanager
def closed_port() -> Iterator[int]:
    """A port on which nobody listens, and that nobody else is given meanwhile."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]
