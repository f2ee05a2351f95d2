"""The policy that we say is in force is what the API server does, and its warnings are those we foretell."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from urllib.request import Request, urlopen

import pytest
from msgspec import Struct

from tests.kubectl_psa_audit.plugin import answer
from tests.kubectl_psa_audit.server import STRATEGIC, WOULD_VIOLATE, Server
from tests.kubectl_psa_audit.valid_pods import random_pod
from tests.lab.lab import Lab
from tests.lab.waiting import wait_for
from tests.seeds import cases, rng

PREFIX = "pod-security.kubernetes.io/"
SETS, RAISES = 70, 12
CONFIG = """
apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
- name: PodSecurity
  configuration:
    apiVersion: pod-security.admission.config.k8s.io/v1
    kind: PodSecurityConfiguration
    defaults: {enforce: baseline, enforce-version: v1.30, audit: restricted, warn: baseline}
    exemptions: {namespaces: [exempt], runtimeClasses: [kata]}
"""
AUDIT_POLICY = """
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- {level: Metadata, resources: [{resources: [pods]}]}
- {level: None}
"""
# A label's value may become one that is none only behind the server's back: as long, byte for byte.
SPOILT = {
    "restricted": "restrictet",
    "baseline": "baselinx",
    "privileged": "privilegeX",
    "v1.30": "v1.3x",
}
PRIVILEGED = {"containers": [{"name": "c", "image": "i", "securityContext": {"privileged": True}}]}


class World(Struct, frozen=True):
    """A control plane with an audit log, and the file that it was configured with, if any."""

    lab: Lab
    server: Server
    log: Path
    config: tuple[str, ...]


@pytest.fixture(scope="module", params=["Kubernetes' defaults", "a configuration file"])
def world(
    request: pytest.FixtureRequest, programs: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """A control plane as it comes, and one with other defaults and exemptions."""
    folder = tmp_path_factory.mktemp("policy")
    (folder / "audit.yaml").write_text(AUDIT_POLICY)
    (folder / "config.yaml").write_text(CONFIG)
    log = folder / "audit.log"
    flags = [f"--audit-policy-file={folder}/audit.yaml", f"--audit-log-path={log}"]
    config: tuple[str, ...] = ()
    if request.param != "Kubernetes' defaults":
        flags.append(f"--admission-control-config-file={folder}/config.yaml")
        config = ("--admission-config", str(folder / "config.yaml"))
    with Lab(apiserver_flags=flags) as lab:
        server = Server(lab)
        yield World(lab, server, log, config)
        server.close()


def _random_labels(random: Random) -> dict[str, str]:
    labels = {}
    for mode in ("enforce", "audit", "warn"):
        if random.random() < 0.6:
            labels[f"{PREFIX}{mode}"] = random.choice(("privileged", "baseline", "restricted"))
        if random.random() < 0.5:
            labels[f"{PREFIX}{mode}-version"] = random.choice(
                ("latest", "v1.0", "v1.30", "v1.37", "v1.99")
            )
    return labels


def _spoil(lab: Lab, name: str, labels: dict[str, str], key: str) -> dict[str, str]:
    """Writes an invalid value into the store, where the server must not let it in."""
    old = labels[key]
    place = {"key": b64encode(f"/registry/namespaces/{name}".encode()).decode()}
    stored = b64decode(_etcd(lab, "range", place)["kvs"][0]["value"])
    field = _field(key, old)
    assert stored.count(field) >= 1
    spoilt = stored.replace(field, _field(key, SPOILT[old]))
    _etcd(lab, "put", {**place, "value": b64encode(spoilt).decode()})
    return {**labels, key: SPOILT[old]}


def _field(key: str, value: str) -> bytes:
    """A map's entry in protobuf."""
    parts = [b"\x0a", bytes([len(key)]), key.encode(), b"\x12", bytes([len(value)]), value.encode()]
    return b"".join(parts)


def _etcd(lab: Lab, verb: str, body: dict[str, str]) -> Any:
    request = Request(f"{lab.etcd}/v3/kv/{verb}", json.dumps(body).encode(), method="POST")
    with urlopen(request) as response:
        return json.load(response)


def _observe(world: World, namespace: str) -> dict[str, str]:
    """What each mode says of a privileged pod; an empty text where it admits it."""
    pod = {"kind": "Pod", "metadata": {"name": "probe"}, "spec": PRIVILEGED}
    template = {"metadata": {"labels": {"app": "x"}}, "spec": PRIVILEGED}
    replicas = {"selector": {"matchLabels": {"app": "x"}}, "template": template}
    deployment = {"kind": "Deployment", "metadata": {"name": "probe"}, "spec": replicas}
    refused = world.server.create(namespace, pod)
    warned = world.server.create(namespace, deployment)
    seen = {
        "enforce": refused.message.partition("violates PodSecurity ")[2],
        "warn": "".join(w.removeprefix(WOULD_VIOLATE) for w in warned.warnings),
        "audit": wait_for("the audit log", lambda: _audited(world.log, namespace)),
    }
    return {mode: text.partition(": ")[0].strip('"') for mode, text in seen.items()}


def _audited(log: Path, namespace: str) -> str:
    for line in log.read_text().splitlines():
        event = json.loads(line)
        if event["objectRef"].get("namespace") == namespace and event["verb"] == "create":
            told = event.get("annotations", {}).get(
                "pod-security.kubernetes.io/audit-violations", ""
            )
            return str(told).removeprefix(WOULD_VIOLATE) or "nothing"
    return ""


def test_the_policy_in_force_is_what_the_server_does(world: World) -> None:
    """70 random sets of labels, invalid ones among them: each mode's level and version, observed."""
    random, sets, spoilt = rng("policies"), dict[str, dict[str, str]](), 0
    for i in range(cases(SETS)):
        name, labels = f"policy-{i}", _random_labels(random)
        assert world.server.add_namespace(name, labels).status == 201
        keys = [key for key, value in labels.items() if value in SPOILT]
        if keys and random.random() < 0.3:
            labels, spoilt = _spoil(world.lab, name, labels, random.choice(keys)), spoilt + 1
        sets[name] = labels
    world.server.add_namespace("exempt", {f"{PREFIX}enforce": "restricted"})
    wait_for("the server to see the labels", lambda: _labels(world) | sets == _labels(world))
    told = answer(world.lab.kubeconfig, "-A", *world.config)["namespaces"]
    policies = {space["name"]: space["policy"] for space in told}
    for name in (*sets, "exempt"):
        assert _observe(world, name) == _expected(policies[name]), (sets.get(name), policies[name])
    assert spoilt > 5


def _labels(world: World) -> dict[str, dict[str, str]]:
    spaces = world.server.send("GET", "/api/v1/namespaces").body["items"]
    return {
        space["metadata"]["name"]: {
            key: value
            for key, value in space["metadata"]["labels"].items()
            if key.startswith(PREFIX)
        }
        for space in spaces
    }


def _expected(policy: dict[str, dict[str, str]]) -> dict[str, str]:
    """What a privileged pod meets; the audit log's entry is made for a refused pod too."""
    seen = {
        mode: "" if found["level"] == "privileged" else f"{found['level']}:{found['version']}"
        for mode, found in policy.items()
    }
    return seen | {"audit": seen["audit"] or "nothing"}


def test_the_warning_of_a_raise_is_the_servers(world: World) -> None:
    """12 namespaces of random pods, raised to random levels: line for line what the server warns of."""
    random = rng("raises")
    warned = 0
    for i in range(cases(RAISES)):
        name = f"raise-{i}"
        old = {f"{PREFIX}enforce": "privileged", f"{PREFIX}enforce-version": "v1.31"}
        world.server.add_namespace(name, old)
        for pod in _pods(random):
            assert world.server.create(name, pod, dry_run=False).status == 201
        level = random.choice(("baseline", "restricted"))
        version = random.choice(("", ":latest", ":v1.24"))
        to = {f"{PREFIX}enforce": level}
        to |= {f"{PREFIX}enforce-version": version[1:]} if version else {}
        told = answer(world.lab.kubeconfig, "-n", name, "--raise", level + version, *world.config)
        (space,) = told["namespaces"]
        patch = {"metadata": {"labels": to}}
        reply = world.server.send(
            "PATCH", f"/api/v1/namespaces/{name}?dryRun=All", patch, STRATEGIC
        )
        assert space["raise"]["warnings"] == reply.warnings
        assert bool(space["raise"]["command"]) == (not reply.warnings)
        warned += bool(reply.warnings)
    assert warned


def _pods(random: Random) -> list[dict[str, Any]]:
    """Some random pods, a few of them twice, of one controller."""
    pods = [random_pod(random, f"p{i}") for i in range(random.randint(1, 6))]
    owner = {
        "apiVersion": "apps/v1",
        "kind": "ReplicaSet",
        "name": "r",
        "uid": "u",
        "controller": True,
    }
    twin = random_pod(random, "twin")
    twins = [{**twin, "metadata": {"name": f"t{i}", "ownerReferences": [owner]}} for i in range(2)]
    return pods + twins


def test_a_label_that_is_none_is_refused_in_our_words(world: World) -> None:
    """What `lint` says of an invalid value is what the server says when somebody sets it."""
    for key, value, reason in (
        ("enforce", "baselin", "must be one of privileged, baseline, restricted"),
        ("warn-version", "1.30", 'must be "latest" or "v1.x"'),
    ):
        reply = world.server.add_namespace("refused", {PREFIX + key: value})
        label = f'metadata.labels[{PREFIX}{key}]: Invalid value: "{value}": {reason}'
        assert (reply.status, reply.message) == (422, f'Namespace "refused" is invalid: {label}')


def test_an_exempt_runtime_class_is_not_judged(world: World) -> None:
    """The file exempts it; without the file it is judged as any other."""
    world.server.send(
        "POST",
        "/apis/node.k8s.io/v1/runtimeclasses",
        {"metadata": {"name": "kata"}, "handler": "kata"},
    )
    world.server.add_namespace("classes", {f"{PREFIX}enforce": "baseline"})
    pod = {"metadata": {"name": "p"}, "spec": {**PRIVILEGED, "runtimeClassName": "kata"}}
    template = {"kind": "PodTemplate", "metadata": {"name": "t"}, "template": {"spec": pod["spec"]}}
    world.server.create("classes", template, dry_run=False)
    (item,) = answer(world.lab.kubeconfig, "-n", "classes", *world.config)["items"]
    reply = world.server.create("classes", {"kind": "Pod", **pod})
    assert (reply.status == 201, bool(item["exempt"])) == (item["allowed"], bool(world.config))
