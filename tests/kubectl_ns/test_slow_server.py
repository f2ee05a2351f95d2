"""Defect 17 of our notes: a refusal or a server that never answers is no prison."""

import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest

from tests.kubectl_fieldkit.cluster.listener import Listener, Serve
from tests.kubectl_ns.plugin import ns
from tests.lab.lab import Lab

CONFIG = """apiVersion: v1
kind: Config
clusters: [{{name: c, cluster: {{server: "http://127.0.0.1:{port}"}}}}]
users: [{{name: u, user: {{}}}}]
contexts: [{{name: a, context: {{cluster: c, user: u}}}}]
current-context: a
"""


@pytest.fixture
def silent(tmp_path: Path) -> Iterator[Path]:
    """The kubeconfig of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        path = tmp_path / "config"
        path.write_text(CONFIG.format(port=server.getsockname()[1]))
        yield path


def test_defect_17_a_silent_server_is_given_up(silent: Path) -> None:
    """In the time that was allowed, with the way out, and nothing changed."""
    before = silent.read_text()
    code, _, talk = ns(silent, "shop", "--request-timeout", "500ms")
    assert code == 1
    assert "-f switches without asking the cluster" in talk
    assert silent.read_text() == before


def test_defect_17_the_list_is_given_up_too(silent: Path) -> None:
    """Nothing is listed, and why is said."""
    code, shown, talk = ns(silent, "--request-timeout", "500ms")
    assert (code, shown) == (1, "")
    assert "-f switches without asking the cluster" in talk


def test_defect_17_force_asks_nobody(silent: Path) -> None:
    """-f switches at once."""
    assert ns(silent, "shop", "-f")[0] == 0
    assert "namespace: shop" in silent.read_text()


def test_defect_17_a_refusal_does_not_stop_the_switch(lab: Lab, tmp_path: Path) -> None:
    """Without the right to look (403) it switches and says that it could not verify."""
    limited = tmp_path / "limited"
    limited.write_bytes(lab.user("ns-defect-17", "").read_bytes())
    code, _, talk = ns(limited, "anywhere")
    assert code == 0
    assert 'warning: could not verify that namespace "anywhere" exists: ' in talk


def test_defect_17_a_slow_server_is_waited_for(lab: Lab, tmp_path: Path) -> None:
    """A line that holds every answer back for a while costs patience, not the switch."""
    with Listener(_slowly(lab, 65536, 0.1)) as line:
        file = _through(line, lab, tmp_path)
        assert ns(file, "kube-system") == (0, "", '✔ Active namespace is "kube-system".\n')


def test_defect_17_a_trickle_is_given_up(lab: Lab, tmp_path: Path) -> None:
    """A byte now and then, without end in sight, does not extend the time that was allowed."""
    with Listener(_slowly(lab, 1, 0.05)) as line:
        file = _through(line, lab, tmp_path)
        code, _, talk = ns(file, "kube-system", "--request-timeout", "1s")
        assert (code, ns(file, "-c")[1]) == (1, "default\n")
        assert "-f switches without asking the cluster" in talk


def _through(line: Listener, lab: Lab, folder: Path) -> Path:
    """An administrator's kubeconfig whose server is behind this line."""
    path = folder / "config"
    direct = lab.kubeconfig.read_text()
    path.write_text(direct.replace(urlsplit(lab.server).netloc, line.authority))
    assert path.read_text() != direct
    return path


def _slowly(lab: Lab, size: int, pause: float) -> Serve:
    """Forwards to the lab; answers come back in pieces of at most this size, each after a pause."""
    address = urlsplit(lab.server)

    def serve(connection: socket.socket, _: int) -> None:
        with socket.create_connection((address.hostname or "", address.port or 0)) as server:
            questions = Thread(target=_forward, args=(connection, server, 65536, 0.0))
            questions.start()
            _forward(server, connection, size, pause)
            questions.join()

    return serve


def _forward(source: socket.socket, sink: socket.socket, size: int, pause: float) -> None:
    with suppress(OSError):
        while data := source.recv(size):
            time.sleep(pause)
            sink.sendall(data)
    for end in (source, sink):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
