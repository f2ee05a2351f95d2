"""The manifests in `authored/`, written into one cluster in every way in which people write.

Each way has namespaces of its own, and names of its own for what belongs to no namespace.
"""

import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import yaml
from msgspec import Struct, structs

from tests.kubectl_neat.dry_server import DryServer, replaced
from tests.kubectl_neat.norm import norm
from tests.kubectl_neat.told import told
from tests.lab.api import ApiError
from tests.lab.lab import Lab
from tests.lab.oracle import Oracle
from tests.lab.waiting import wait_for

Tree = dict[str, Any]
Question = TypeVar("Question")
Answer = TypeVar("Answer")
FOLDER = Path(__file__).parent / "authored"
AROUND = FOLDER / "around"  # what the manifests need to be there
# Namespaces: most live in `plain`; `limited` has a LimitRange, and in `spare` nothing runs.
ROOMS = ("plain", "limited", "spare")
_THREADS = 4


class Way(Struct, frozen=True):
    """One way to write; `number` keeps what there is only once in a cluster apart."""

    name: str
    number: int
    kubectl: tuple[str, ...] = ()  # the command that takes manifests from stdin; none is a POST
    in_full: bool = False  # every default spelled out


POSTED = Way("posted", 0)
APPLIED = Way("applied", 1, ("apply", "-f", "-"))
SERVER_APPLIED = Way("server-applied", 2, ("apply", "--server-side", "-f", "-"))
APPLIED_IN_FULL = Way("applied-in-full", 3, APPLIED.kubectl, in_full=True)
SERVER_APPLIED_IN_FULL = Way("server-applied-in-full", 4, SERVER_APPLIED.kubectl, in_full=True)
WAYS = (POSTED, APPLIED, SERVER_APPLIED, APPLIED_IN_FULL, SERVER_APPLIED_IN_FULL)


class Written(Struct, frozen=True):
    """A manifest as it was written in one way, and what the server then gave."""

    file: str  # Kind/name
    way: Way
    manifest: Tree
    live: Tree

    @property
    def title(self) -> str:
        """The case in an error message."""
        return f"{self.file} {self.way.name}"


def corpus() -> dict[str, Tree]:
    """The manifests by `Kind/name`."""
    files = sorted(FOLDER.glob("[A-Z]*/*.yaml"))
    return {f"{file.parent.name}/{file.stem}": yaml.safe_load(file.read_text()) for file in files}


def write_all(lab: Lab, oracle: Oracle, server: DryServer) -> list[Written]:
    """Every manifest, written in every way, and read back."""
    _surround(lab)
    manifests = corpus()
    full = _in_full(oracle, server, manifests)
    written: list[Written] = []
    for way in WAYS:
        cases = _write(lab, server, way, full if way.in_full else manifests)
        if way == SERVER_APPLIED_IN_FULL:
            cases = [_provable(case, _placed(manifests[case.file], way, server)) for case in cases]
        written += cases
    return written


def in_threads(ask: Callable[[Question], Answer], questions: Iterable[Question]) -> list[Answer]:
    """One answer a question, in their order."""
    with ThreadPoolExecutor(_THREADS) as pool:
        return list(pool.map(ask, questions))


def _surround(lab: Lab) -> None:
    """Namespaces, accounts, classes and definitions that the manifests name."""
    lab.add_node("node-a")
    lab.kubectl("apply", "-f", AROUND / "definitions.yaml", "-f", AROUND / "cluster.yaml")
    for way in WAYS:
        for room in ROOMS:
            name = f"{room}-{way.name}"
            lab.kubectl("create", "namespace", name)
            lab.kubectl("apply", "-n", name, "-f", AROUND / "namespace.yaml")
            wait_for("the account of a namespace", partial(_has_account, lab, name))
        lab.kubectl("apply", "-n", f"limited-{way.name}", "-f", AROUND / "limited.yaml")
    lab.kubectl("wait", "--for=condition=Established", "crd", "--all")


def _has_account(lab: Lab, namespace: str) -> bool:
    try:
        lab.api.send("GET", f"/api/v1/namespaces/{namespace}/serviceaccounts/default")
    except ApiError:
        return False
    return True


def _write(lab: Lab, server: DryServer, way: Way, manifests: dict[str, Tree]) -> list[Written]:
    placed = {file: _placed(tree, way, server) for file, tree in manifests.items()}
    if way.kubectl:
        text = json.dumps({"apiVersion": "v1", "kind": "List", "items": list(placed.values())})
        lab.kubectl(*way.kubectl, input=text)
    else:
        for tree in placed.values():
            server.send(
                "POST", server.path(tree), tree, "?fieldManager=somebody&fieldValidation=Strict"
            )

    def read(file: str) -> Written:
        tree = placed[file]
        live = server.send("GET", server.path(tree, tree["metadata"]["name"]))
        return Written(file, way, tree, live)

    return in_threads(read, placed)


def _provable(case: Written, careful: Tree) -> Written:
    """The case with a manifest that says no more than the server's records can."""
    return structs.replace(case, manifest=told(case.manifest, careful, case.live))


def _placed(tree: Tree, way: Way, server: DryServer) -> Tree:
    """The manifest where this way writes it."""
    names: dict[Any, Any] = {
        **{room: f"{room}-{way.name}" for room in ROOMS},
        "10.96.77.7": f"10.96.77.{7 + way.number}",
        30080: 30080 + way.number,
    }
    metadata = tree["metadata"]
    name, spec = metadata["name"], tree.get("spec", {})
    if server.is_namespaced(tree):
        metadata = {**metadata, "namespace": metadata.get("namespace", "plain")}
    elif tree["kind"] in ("CustomResourceDefinition", "APIService"):
        names[spec["group"]] = f"{way.name}.{spec['group']}"
        name = name.replace(spec["group"], names[spec["group"]])
    elif tree["kind"] == "IPAddress":
        name = f"{name[:-1]}{way.number}"
    else:
        name = f"{name}-{way.name}"
    placed = replaced({**tree, "metadata": {**metadata, "name": name}}, names)
    return dict(placed)


def _in_full(oracle: Oracle, server: DryServer, manifests: dict[str, Tree]) -> dict[str, Tree]:
    """The manifests with every default spelled out: upstream's defaulting, and the schema's for what it does not know."""
    answers = oracle.ask("default", list(manifests.values()))
    full = {}
    for (file, tree), answer in zip(manifests.items(), answers, strict=True):
        defaulted = norm(server.create(tree), tree) if "error" in answer else _said(answer)
        full[file] = {**defaulted, "metadata": tree["metadata"]}
        full[file].pop("status", None)
    return full


def _said(tree: Any) -> Any:
    """A copy without what upstream's encoder writes and nobody would."""
    if isinstance(tree, dict):
        kept = {key: value for key, value in tree.items() if not _is_unsaid(key, value)}
        return {key: _said(value) for key, value in kept.items()}
    return [_said(item) for item in tree] if isinstance(tree, list) else tree


def _is_unsaid(key: str, value: Any) -> bool:
    return (
        value is None
        or (key == "status" and isinstance(value, dict))
        or (key, value) == ("metadata", {})
    )
