"""What lint says of a manifest is what the API server says of it when it is strict."""

import json
import re
from random import Random
from typing import Any

import pytest

from kubectl_fieldkit.manifests import Manifest
from kubectl_fieldkit.yaml_document import Mapping, parse_yaml
from kubectl_taints.gather_workloads import lint_manifests
from kubectl_taints.lint.fields import FIELDS, fields_of
from kubectl_taints.lint.linted import Linted
from kubectl_taints.lint.misspelt_field import unknown_fields
from kubectl_taints.lint.rules import lint
from tests.kubectl_taints.random_tolerations import CONTAINERS
from tests.lab.api import ApiError
from tests.lab.lab import Lab
from tests.seeds import cases, rng

PATHS = {
    "Pod": "/api/v1/namespaces/default/pods",
    "Node": "/api/v1/nodes",
    "Deployment": "/apis/apps/v1/namespaces/default/deployments",
    "DaemonSet": "/apis/apps/v1/namespaces/default/daemonsets",
    "StatefulSet": "/apis/apps/v1/namespaces/default/statefulsets",
    "ReplicaSet": "/apis/apps/v1/namespaces/default/replicasets",
    "ReplicationController": "/api/v1/namespaces/default/replicationcontrollers",
    "Job": "/apis/batch/v1/namespaces/default/jobs",
    "CronJob": "/apis/batch/v1/namespaces/default/cronjobs",
    "PodTemplate": "/api/v1/namespaces/default/podtemplates",
}
POD = {
    "nodeSelector": {"pool": "a"},
    "containers": CONTAINERS,
    "restartPolicy": "Always",
    "tolerations": [
        {"key": "a", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 5},
        {"key": "b", "operator": "Equal", "value": "x"},
    ],
}


def _object(kind: str) -> dict[str, Any]:
    """A valid object of the kind."""
    group = PATHS[kind].split("/")
    version = f"{group[2]}/{group[3]}" if group[1] == "apis" else "v1"
    return {"apiVersion": version, "kind": kind, "metadata": {"name": "x"}, **_content(kind)}


def _content(kind: str) -> dict[str, Any]:
    labels = {"app": "x"}
    once = {"spec": POD | {"restartPolicy": "Never"}}
    template = {"metadata": {"labels": labels}, "spec": POD}
    match kind:
        case "Pod":
            return {"spec": POD}
        case "Node":
            return {"spec": {"taints": [{"key": "a", "value": "x", "effect": "NoSchedule"}]}}
        case "Job":
            return {"spec": {"template": once}}
        case "CronJob":
            return {"spec": {"schedule": "0 0 * * *", "jobTemplate": {"spec": {"template": once}}}}
        case "PodTemplate":
            return {"template": template}
        case "ReplicationController":
            return {"spec": {"selector": labels, "template": template}}
        case _:
            service = {"serviceName": "x"} if kind == "StatefulSet" else {}
            return {"spec": {"selector": {"matchLabels": labels}, "template": template, **service}}


def _misspell(random: Random, name: str) -> str:
    at = random.randrange(len(name))
    return random.choice(
        [
            name[:at] + name[at].swapcase() + name[at + 1 :],
            name[:at] + name[at + 1 :] or "x",
            name[:at] + random.choice("aeiostS") + name[at:],
            name + "s",
        ]
    )


def _spoil(random: Random, value: Any, kind: str, chance: float) -> Any:
    """The value with some of its fields renamed, wherever the table of fields leads."""
    if isinstance(value, list):
        return [_spoil(random, item, kind, chance) for item in value]
    known = fields_of(kind)
    spoiled = {}
    for name, inner in value.items():
        below = _spoil(random, inner, known[name], chance) if known.get(name) else inner
        rename = name not in ("apiVersion", "kind", "metadata") and random.random() < chance
        spoiled[_misspell(random, name) if rename else name] = below
    return spoiled


def _tree(manifest: object) -> Mapping:
    tree = parse_yaml(json.dumps(manifest).encode())
    assert isinstance(tree, Mapping)
    return tree


def _strict(lab: Lab, kind: str, manifest: object) -> set[str]:
    """The unknown fields that the server names in a strict dry run."""
    try:
        lab.api.send("POST", f"{PATHS[kind]}?dryRun=All&fieldValidation=Strict", manifest)
    except ApiError as err:
        return set(re.findall(r'unknown field "([^"]+)"', json.loads(str(err))["message"]))
    return set()


@pytest.mark.parametrize("kind", PATHS)
def test_a_valid_object_is_valid(lab: Lab, kind: str) -> None:
    """The manifests that are spoiled below are taken as they are, by the server and by us."""
    lab.api.send("POST", f"{PATHS[kind]}?dryRun=All&fieldValidation=Strict", _object(kind))
    assert list(unknown_fields(_tree(_object(kind)), kind)) == []


def test_the_strict_server_agrees(lab: Lab) -> None:
    """500 random misspellings: the very fields, by the very paths."""
    random = rng("misspellings")
    found = 0
    for _ in range(cases(500)):
        kind = random.choice(list(PATHS))
        manifest = _spoil(random, _object(kind), kind, random.choice([0.05, 0.15, 0.3]))
        ours = {unknown.path for unknown in unknown_fields(_tree(manifest), kind)}
        assert ours == _strict(lab, kind, manifest), manifest
        found += len(ours)
    assert found > 300


def test_the_table_of_fields_is_the_servers_own(lab: Lab) -> None:
    """Each type's fields are those of the server's OpenAPI documents."""
    schemas: dict[str, Any] = {}
    for path in ("api/v1", "apis/apps/v1", "apis/batch/v1"):
        schemas |= lab.api.send("GET", f"/openapi/v3/{path}")["components"]["schemas"]
    fields = {name.rpartition(".")[2]: set(s.get("properties", ())) for name, s in schemas.items()}
    assert {kind: set(fields_of(kind)) for kind in FIELDS} == {
        kind: fields[kind] for kind in FIELDS
    }


@pytest.mark.parametrize(
    ("effect", "seconds", "refused"),
    [
        ("NoExecute", 60, False),
        ("NoSchedule", None, False),
        ("NoSchedule", 60, True),
        ("PreferNoSchedule", 0, True),
        ("", 60, True),
    ],
)
def test_the_server_refuses_seconds_where_lint_does(
    lab: Lab, effect: str, seconds: int | None, refused: bool
) -> None:
    """tolerationSeconds without the effect NoExecute is an error to both."""
    manifest = _object("Pod")
    toleration = {"key": "a", "operator": "Exists", "effect": effect, "tolerationSeconds": seconds}
    manifest["spec"] = POD | {"tolerations": [toleration]}
    rules = {finding.rule for finding in lint(_linted(manifest))}
    assert rules == ({"seconds-without-noexecute"} if refused else set())
    words = "effect must be 'NoExecute' when `tolerationSeconds` is set"
    try:
        lab.api.send("POST", f"{PATHS['Pod']}?dryRun=All", manifest)
        assert not refused
    except ApiError as err:
        assert refused
        assert words in json.loads(str(err))["message"]


@pytest.mark.parametrize(
    ("kind", "field", "value", "refused"),
    [
        ("Pod", "operator", "Exists", False),
        ("Pod", "operator", "exists", True),
        ("Pod", "operator", "Is", True),
        ("Pod", "effect", "", False),
        ("Pod", "effect", "PreferNoSchedule", False),
        ("Pod", "effect", "noSchedule", True),
        ("Node", "effect", "NoExecute", False),
        ("Node", "effect", "NoRun", True),
    ],
)
def test_the_server_refuses_values_where_lint_does(
    lab: Lab, kind: str, field: str, value: str, refused: bool
) -> None:
    """An operator or an effect that nobody knows is an error to both."""
    manifest = _object(kind)
    item = {"key": "a", "effect": "NoSchedule", field: value}
    manifest["spec"] = POD | {"tolerations": [item]} if kind == "Pod" else {"taints": [item]}
    rules = {finding.rule for finding in lint(_linted(manifest))}
    assert rules == ({"refused-value"} if refused else set())
    try:
        lab.api.send("POST", f"{PATHS[kind]}?dryRun=All", manifest)
        assert not refused
    except ApiError as err:
        assert refused
        assert f'Unsupported value: "{value}"' in json.loads(str(err))["message"]


def _linted(manifest: object) -> Linted:
    return lint_manifests([Manifest("x.json", _tree(manifest))])
