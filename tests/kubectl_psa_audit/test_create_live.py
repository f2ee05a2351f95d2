"""What the API server does with random pods and workloads is what we say it does, word for word."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kubectl_psa_audit.plugin import NOWHERE, answer, write_list
from tests.kubectl_psa_audit.server import WOULD_VIOLATE, Server
from tests.kubectl_psa_audit.valid_pods import KINDS, random_pod, random_workload
from tests.lab.lab import Lab
from tests.seeds import cases, rng

LEVELS = [
    f"{level}:{version}"
    for level in ("baseline", "restricted")
    for version in ("latest", "v1.0", "v1.18", "v1.24", "v1.30", "v1.33", "v1.36")
]
PODS, WORKLOADS = 400, 400


@pytest.fixture(scope="module")
def server(lab: Lab) -> Iterator[Server]:
    """The shared server, with a namespace for each level: pods are refused, workloads warned of."""
    connection = Server(lab)
    for at in LEVELS:
        connection.add_namespace(_namespace(at), _labels(at))
    yield connection
    connection.close()


def _namespace(at: str) -> str:
    return "create-" + at.replace(":", "-").replace(".", "-")


def _labels(at: str) -> dict[str, str]:
    level, version = at.split(":")
    prefix = "pod-security.kubernetes.io/"
    return {f"{prefix}enforce": level, f"{prefix}enforce-version": version}


def _judged(folder: Path, things: list[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Our items for objects in namespaces of these levels, whose Namespaces stand beside them."""
    spaces: list[dict[str, Any]] = [
        {
            "apiVersion": "v1",
            "kind": "Namespace",
            "metadata": {"name": _namespace(at), "labels": _labels(at)},
        }
        for at in LEVELS
    ]
    placed = [
        {**thing, "metadata": {**thing["metadata"], "namespace": _namespace(at)}}
        for at, thing in things
    ]
    items: list[dict[str, Any]] = answer(
        NOWHERE, "-f", write_list(folder / "all.json", spaces + placed)
    )["items"]
    return items


def test_the_server_refuses_what_we_say_in_our_words(server: Server, tmp_path: Path) -> None:
    """400 random pods in enforcing namespaces: created or refused, with the very sentence."""
    random = rng("create pods")
    pods = [(random.choice(LEVELS), random_pod(random, f"p{i}")) for i in range(cases(PODS))]
    outcomes = set()
    for (at, pod), item in zip(pods, _judged(tmp_path, pods), strict=True):
        reply = server.create(_namespace(at), pod)
        if item["allowed"]:
            assert (reply.status, item["text"]) == (201, ""), (reply.message, pod)
        else:
            refusal = f'pods "{pod["metadata"]["name"]}" is forbidden: violates PodSecurity "{at}": {item["text"]}'
            assert (reply.status, reply.message) == (403, refusal), pod
        outcomes.add((at, item["allowed"]))
    assert outcomes == {(at, allowed) for at in LEVELS for allowed in (True, False)}


def test_the_server_warns_of_what_we_say_in_our_words(server: Server, tmp_path: Path) -> None:
    """400 random workloads of the eight kinds: accepted always, with the warning we foretell."""
    random = rng("create workloads")
    things = [
        (random.choice(LEVELS), random_workload(random, random.choice(KINDS[1:]), f"w{i}"))
        for i in range(cases(WORKLOADS))
    ]
    outcomes = set()
    for (at, thing), item in zip(things, _judged(tmp_path, things), strict=True):
        reply = server.create(_namespace(at), thing)
        expected = [f'{WOULD_VIOLATE}"{at}": {item["warn"]["text"]}'] if item["warn"] else []
        told = [warning for warning in reply.warnings if warning.startswith(WOULD_VIOLATE)]
        assert (reply.status, told) == (201, expected), (reply.message, thing)
        outcomes.add((thing["kind"], bool(told)))
    assert outcomes == {(kind, told) for kind in KINDS[1:] for told in (True, False)}
