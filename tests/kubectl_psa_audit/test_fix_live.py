"""Every fix is accepted by the API server, changes nothing else, and meets the level upstream."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kubectl_psa_audit.patching import MERGE_KEYS
from tests.kubectl_psa_audit.plugin import NOWHERE, answer, write_list
from tests.kubectl_psa_audit.server import STRATEGIC, Server, path_of
from tests.kubectl_psa_audit.valid_pods import KINDS, random_pod, random_workload
from tests.lab.lab import Lab
from tests.lab.oracle import Oracle
from tests.seeds import cases, rng

NAMESPACE = "fix"
LEVELS = ("baseline:latest", "restricted:latest", "restricted:v1.24")
PATCHABLE = [kind for kind in KINDS if kind not in ("Pod", "Job")]
WORKLOADS, PODS = 210, 30


@pytest.fixture(scope="module")
def server(lab: Lab) -> Iterator[Server]:
    """The shared server, with a namespace that admits everything."""
    connection = Server(lab)
    connection.add_namespace(NAMESPACE, {})
    yield connection
    connection.close()


def _fixes(path: Path, things: list[Any], at: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = answer(
        NOWHERE, "-f", write_list(path, things), "--level", at, "--fix"
    )["items"]
    return items


def test_a_fix_is_all_it_takes(server: Server, oracle: Oracle, tmp_path: Path) -> None:
    """On 210 random workloads: what upstream still refuses is what was named, and why; nothing else changes."""
    random, ended = rng("fixes"), set[str]()
    for turn, at in enumerate(LEVELS):
        things = [
            random_workload(random, random.choice(PATCHABLE), f"w{turn}-{i}")
            for i in range(cases(WORKLOADS) // len(LEVELS))
        ]
        patched = []
        for thing, item in zip(things, _fixes(tmp_path / "all", things, at), strict=True):
            if item["fix"] and item["fix"]["patch"]:
                patched.append((_patch(server, thing, item["fix"]["patch"]), item))
        assert patched
        ended |= set(_outcomes(oracle, at, patched))
    assert ended == {"enough", "not enough"}


def _patch(server: Server, thing: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    """The object as the server would have it; it differs where the patch says, and nowhere else."""
    kind, name = thing["kind"], thing["metadata"]["name"]
    before = server.create(NAMESPACE, thing, dry_run=False).body  # each name once: nothing collects
    query = "?dryRun=All&fieldValidation=Strict"
    reply = server.send("PATCH", path_of(kind, NAMESPACE, name) + query, patch, STRATEGIC)
    server.send("DELETE", path_of(kind, NAMESPACE, name))
    assert reply.status == 200, (reply.message, patch, thing)
    changed = {path for path in _leaves(before) ^ _leaves(reply.body) if path[0] != "metadata"}
    assert all(_is_in(patch, path[:-1]) for path in changed if path[0] != "status"), (
        patch,
        changed,
    )
    return {**reply.body, "kind": kind, "apiVersion": thing["apiVersion"]}


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> set[tuple[Any, ...]]:
    """Every leaf with its path; items of lists by their name or port, where the API merges them."""
    if isinstance(value, dict) and value:
        return {leaf for key, inner in value.items() for leaf in _leaves(inner, (*path, key))}
    if isinstance(value, list) and path[-1] in MERGE_KEYS:
        return {leaf for inner in value for leaf in _leaves(inner, (*path, _key(inner)))}
    return {(*path, json.dumps(value))}


def _key(item: dict[str, Any]) -> str:
    return f"={item.get('containerPort') or item.get('name')}"


def _is_in(patch: Any, path: tuple[Any, ...]) -> bool:
    """Whether the patch says something of this place, or of something around it."""
    if not path or not isinstance(patch, dict | list):
        return True
    if isinstance(patch, list):
        return any(_is_in(item, path[1:]) for item in patch if _key(item) == path[0])
    return path[0] in patch and _is_in(patch[path[0]], path[1:])


def _outcomes(oracle: Oracle, at: str, patched: list[tuple[dict[str, Any], Any]]) -> list[str]:
    """Whether each fix was enough; what upstream still refuses must be what the fix names."""
    level, version = at.split(":")
    questions = [{"level": level, "version": version, "object": thing} for thing, _ in patched]
    outcomes = []
    for judged, (_, item) in zip(oracle.ask("psa", questions), patched, strict=True):
        remaining = {each["check"] for each in item["fix"]["remaining"]}
        reasons = {f["reason"] for f in item["findings"] if f["check"] in remaining}
        left = {finding["reason"] for finding in judged["findings"]}
        assert (left <= reasons, bool(left)) == (True, bool(remaining)), (item["fix"], judged)
        outcomes.append("not enough" if left else "enough")
    return outcomes


def test_a_fix_of_what_cannot_be_patched_in_place_mends_its_manifest(
    server: Server, lab: Lab, oracle: Oracle, tmp_path: Path
) -> None:
    """Pods and Jobs, patched by kubectl in their files, are created at the wanted level."""
    random = rng("fixes of manifests")
    things = [random_pod(random, f"p{i}") for i in range(PODS // 2)]
    things += [random_workload(random, "Job", f"j{i}") for i in range(PODS // 2)]
    patched = []
    for thing, item in zip(things, _fixes(tmp_path / "all", things, LEVELS[1]), strict=True):
        fix = item["fix"]
        if fix and fix["patch"]:
            patch = ("--type=strategic", "-p", json.dumps(fix["patch"]), "-o", "json")
            words = ("patch", "--local", "-f", "-", *patch)
            mended = json.loads(lab.kubectl(*words, input=json.dumps(thing)).stdout)
            assert server.create(NAMESPACE, mended).status == 201
            patched.append((mended, item))
    assert set(_outcomes(oracle, LEVELS[1], patched)) == {"enough", "not enough"}
