"""A TCP proxy that is as far away as one says: `python -m benchmarks.latency HOST PORT SECONDS`, which prints its port."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

PIECE = 1 << 16


@contextmanager
def far_away(host: str, port: int, seconds: float) -> Iterator[int]:
    """The port of a proxy, in a process of its own, that passes each byte on so many seconds after it came."""
    command = [sys.executable, "-m", __name__, host, str(port), str(seconds)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout
        yield int(child.stdout.readline())
    finally:
        child.kill()
        child.communicate()


async def _serve(host: str, port: int, seconds: float) -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds * 2)  # a handshake takes a whole way there and back
        there = await asyncio.open_connection(host, port)
        await asyncio.gather(_carry(reader, there[1], seconds), _carry(there[0], writer, seconds))

    server = await asyncio.start_server(connected, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def _carry(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float
) -> None:
    """One direction: later bytes do not wait for earlier ones to arrive."""
    clock = asyncio.get_running_loop()
    with suppress(ConnectionError):
        while piece := await reader.read(PIECE):
            clock.call_later(seconds, writer.write, piece)
    clock.call_later(seconds, writer.close)


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
