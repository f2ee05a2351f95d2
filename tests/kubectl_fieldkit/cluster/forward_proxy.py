"""A real forward proxy in a child process; its resolver alone knows lab.fieldkit.test."""

import asyncio
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

NAME = "lab.fieldkit.test"
AUTHENTICATION_LASTS = 0  # pproxy else remembers an address that was let in


@contextmanager
def forward_proxy(scheme: str, login: str = "", certificate: str = "") -> Iterator[str]:
    """HOST:PORT of a proxy for `http`, `socks5` or `http+ssl` that may want USER:PASSWORD."""
    command = [sys.executable, "-m", __name__, scheme, login, certificate]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout
        port = child.stdout.readline().strip()
        assert port, "the proxy did not start"
        yield f"127.0.0.1:{port}"
    finally:
        child.kill()
        child.communicate()


class _Loop(asyncio.SelectorEventLoop):
    """An event loop that looks the lab's name up as a site's own DNS would."""

    async def getaddrinfo(self, host: Any, port: Any, **options: Any) -> Any:
        return await super().getaddrinfo("127.0.0.1" if host == NAME else host, port, **options)


async def _serve(scheme: str, login: str, certificate: str) -> None:
    import pproxy

    with socket.create_server(("127.0.0.1", 0)) as chosen:
        port = chosen.getsockname()[1]
    server = pproxy.Server(f"{scheme}://127.0.0.1:{port}" + (f"#{login}" if login else ""))
    if certificate:
        context = server.sslserver or ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    await server.start_server({"rserver": [], "authtime": AUTHENTICATION_LASTS})
    print(port, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    loop = _Loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(_serve(*sys.argv[1:]))
