"""Defect 17 of our notes: a refusal or a server that never answers is no prison."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

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
