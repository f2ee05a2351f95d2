"""HTTP/1.1 as the client of an API server needs it.

Why not http.client: its e-mail parser costs 10 to 15 ms of start-up, where a whole kubectl run takes
82, and it bounds each wait, where a request has one deadline.
"""

import io
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from typing import Protocol

    from _typeshed import WriteableBuffer

    class Wire(Protocol):
        """What a channel needs of a socket, or of what behaves like one."""

        def settimeout(self, seconds: float, /) -> None:
            """Bounds each wait."""

        def sendall(self, data: bytes, /) -> None:
            """Sends all of it."""

        def recv_into(self, buffer: WriteableBuffer, /) -> int:
            """Receives as many bytes as have come; none at the end."""

        def close(self) -> None:
            """Hangs up."""


LONGEST_LINE = 65536
MOST_HEADERS = 200
LONGEST_WAIT = 90.0  # seconds without a byte; an API server gives up on a read itself after 60
PIECE = 1 << 20  # an announced length is a claim, and nothing to allocate at once


class NotHttp(Exception):
    """What came is no HTTP response; the text says why."""


class Truncated(Exception):
    """The connection ended before the response did; `silent` when not one byte of it came."""

    def __init__(self, silent: bool) -> None:
        super().__init__("unexpected EOF")
        self.silent = silent


class Response(Struct, frozen=True):
    """A whole response, unzipped; `size` is what its body took on the wire."""

    status: int
    reason: str
    headers: dict[str, str]  # names in lower case
    body: bytes
    size: int


class Channel:
    """One connection that stays open: a request out, its response in, before a deadline."""

    def __init__(self, sock: "Wire") -> None:
        self._sock = sock
        self._clock = _TimedReads(sock)
        self._reader = io.BufferedReader(self._clock, LONGEST_LINE)
        self.reusable = True

    def exchange(self, request: bytes, deadline: float, *, bodiless: bool = False) -> Response:
        """The response; OSError, Truncated or NotHttp, after which the channel is of no use."""
        self.reusable = False
        self._clock.deadline = deadline
        self._sock.settimeout(left(deadline))
        self._sock.sendall(request)
        status, reason, headers = self._head()
        while 100 <= status < 200:
            status, reason, headers = self._head()
        raw = b"" if bodiless or status in {204, 304} else self._body(headers)
        self.reusable = _stays_open(headers)
        return Response(status, reason, headers, _unzipped(raw, headers), len(raw))

    def close(self) -> None:
        """Hangs up."""
        self._sock.close()

    def _head(self) -> tuple[int, str, dict[str, str]]:
        first = self._line(silent=True)
        version, _, rest = first.partition(" ")
        if not version.startswith("HTTP/1.") or not rest[:3].isdecimal():
            raise NotHttp(f"it begins with {first[:60]!r}")
        headers: dict[str, str] = {}
        for _ in range(MOST_HEADERS):
            line = self._line()
            if not line:
                return int(rest[:3]), rest[4:], headers
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        raise NotHttp(f"it has more than {MOST_HEADERS} headers")

    def _line(self, silent: bool = False) -> str:
        line = self._reader.readline(LONGEST_LINE)
        if line.endswith(b"\n"):
            return line.decode("latin-1").rstrip("\r\n")
        if len(line) == LONGEST_LINE:
            raise NotHttp(f"a header is longer than {LONGEST_LINE} bytes")
        raise Truncated(silent and not line)

    def _body(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding", "").lower() == "chunked":
            return self._chunks()
        length = headers.get("content-length")
        if length is None:
            return self._reader.read()
        return bytes(self._exactly(_number(length, 10)))

    def _chunks(self) -> bytes:
        body = bytearray()
        while size := _number(self._line().partition(";")[0], 16):
            body += self._exactly(size)
            self._line()
        while self._line():  # trailers
            pass
        return bytes(body)

    def _exactly(self, size: int) -> bytearray:
        data = bytearray()
        while len(data) < size:
            piece = self._reader.read(min(size - len(data), PIECE))
            if not piece:
                raise Truncated(silent=False)
            data += piece
        return data


class _TimedReads(io.RawIOBase):
    """A socket's bytes, each wait bounded by what is left until the deadline."""

    def __init__(self, sock: "Wire") -> None:
        self._sock = sock
        self.deadline = 0.0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        self._sock.settimeout(left(self.deadline))
        return self._sock.recv_into(buffer)


def left(deadline: float) -> float:
    """How long one wait may be: not past the deadline, which is a TimeoutError when over."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("timed out")
    return min(seconds, LONGEST_WAIT)


def _stays_open(headers: dict[str, str]) -> bool:
    delimited = "content-length" in headers or "transfer-encoding" in headers
    return delimited and headers.get("connection", "").lower() != "close"


def _number(text: str, base: int) -> int:
    digits = text.strip()
    with suppress(ValueError):
        if digits.isalnum():
            return int(digits, base)
    raise NotHttp(f"{text[:60]!r} is no length of a body")


def _unzipped(raw: bytes, headers: dict[str, str]) -> bytes:
    if headers.get("content-encoding") != "gzip":
        return raw
    import zlib

    try:
        return zlib.decompress(raw, wbits=31)
    except zlib.error as err:
        raise NotHttp(f"its gzip body is damaged: {err}") from None
