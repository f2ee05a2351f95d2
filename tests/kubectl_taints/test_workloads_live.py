"""`--for`, `--who` and `lint` on a real API server: namespaces, rights, snapshots, cordons."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from kubectl_fieldkit.targets import WITH_PODS
from tests.kubectl_taints.plugin import taints
from tests.kubectl_taints.random_tolerations import CONTAINERS
from tests.lab.lab import Lab

RBAC = Path(__file__).parent.parent.parent / "docs" / "rbac"
ROLES = [RBAC / "taints.yaml", RBAC / "taints-workloads.yaml"]
NAMESPACE = "taints-workloads"
TAINT = "kept=workloads:NoSchedule"
TARGETS = ["pod/p", "deploy/w", "sts/w", "ds/w", "rs/w", "rc/w", "job/w", "cj/w", "podtemplate/w"]


@pytest.fixture(scope="module")
def cluster(lab: Lab) -> Iterator[Lab]:
    """The shared control plane with a tainted node, a cordoned one, and a workload of every kind."""
    lab.add_node("workloads-0", labels={"set": "workloads"})
    lab.add_node("workloads-1", labels={"set": "workloads"}, unschedulable=True)
    lab.kubectl("taint", "node", "workloads-0", TAINT)
    lab.kubectl("create", "namespace", NAMESPACE)
    lab.api.send("POST", f"/api/v1/namespaces/{NAMESPACE}/serviceaccounts", {"metadata": {"name": "default"}})  # fmt: skip
    manifest = json.dumps({"apiVersion": "v1", "kind": "List", "items": _objects()})
    lab.kubectl("create", "-n", NAMESPACE, "-f", "-", input=manifest)
    yield lab
    lab.kubectl("delete", "-n", NAMESPACE, "--wait=false", *TARGETS)
    lab.kubectl("delete", "node", "workloads-0", "workloads-1")


def _objects() -> list[dict[str, Any]]:
    tolerations = [{"key": "kept", "value": "workloads", "effect": "NoSchedule"}]
    spec = {"tolerations": tolerations, "containers": CONTAINERS}
    labels, once = {"app": "w"}, {"spec": spec | {"restartPolicy": "Never"}}
    template = {"metadata": {"labels": labels}, "spec": spec}
    selected = {"selector": {"matchLabels": labels}, "template": template}
    specs: dict[tuple[str, str], dict[str, Any]] = {
        ("v1", "Pod"): {"spec": spec},
        ("apps/v1", "Deployment"): {"spec": selected},
        ("apps/v1", "StatefulSet"): {"spec": selected | {"serviceName": "w"}},
        ("apps/v1", "DaemonSet"): {"spec": selected},
        ("apps/v1", "ReplicaSet"): {"spec": selected},
        ("v1", "ReplicationController"): {"spec": {"selector": labels, "template": template}},
        ("batch/v1", "Job"): {"spec": {"template": once}},
        ("batch/v1", "CronJob"): {
            "spec": {"schedule": "0 0 1 1 *", "jobTemplate": {"spec": {"template": once}}}
        },
        ("v1", "PodTemplate"): {"template": template},
    }
    return [
        {
            "apiVersion": version,
            "kind": kind,
            "metadata": {"name": "p" if kind == "Pod" else "w"},
            **rest,
        }
        for (version, kind), rest in specs.items()
    ]


def _taints(kubeconfig: Path, *args: str, code: int = 0) -> tuple[str, str]:
    ended, answer, talk = taints(kubeconfig, *args)
    assert ended == code, talk
    return answer, talk


def test_every_kind_with_pods_can_be_asked_for(cluster: Lab) -> None:
    """All nine, from the namespace of -n; a node that is cordoned accepts a DaemonSet alone."""
    args = ("-n", NAMESPACE, "-l", "set=workloads", "-o", "json", "--for", *TARGETS)
    placements = json.loads(_taints(cluster.kubeconfig, *args)[0])["workloads"]
    assert [placement["kind"] for placement in placements] == [r.kind for r in WITH_PODS]
    for placement in placements:
        accepting = [node["node"] for node in placement["nodes"] if node["accepts"]]
        daemon = ["workloads-1"] if placement["kind"] == "DaemonSet" else []
        assert accepting == ["workloads-0", *daemon], placement


def test_who_finds_every_kind_in_all_namespaces(cluster: Lab) -> None:
    """Without -n the whole cluster is asked; -n narrows it."""
    listed = _taints(cluster.kubeconfig, "--who", TAINT, "-o", "name")[0].split()
    narrowed = _taints(cluster.kubeconfig, "--who", TAINT, "-o", "name", "-n", NAMESPACE)[0].split()
    kinds = {word.partition("/")[0].partition(".")[0] for word in narrowed}
    assert kinds == {resource.kind.lower() for resource in WITH_PODS}
    assert set(narrowed) <= set(listed)
    nowhere = _taints(cluster.kubeconfig, "--who", TAINT, "-n", "kube-public")
    assert nowhere == ("", f"No workload tolerates {TAINT}\n")


def test_the_contexts_namespace_is_where_targets_are(cluster: Lab, tmp_path: Path) -> None:
    """As in kubectl; and a snapshot remembers it for the same command."""
    kubeconfig = tmp_path / "kubeconfig"
    config = yaml.safe_load(cluster.kubeconfig.read_text())
    config["contexts"][0]["context"]["namespace"] = NAMESPACE
    kubeconfig.write_text(yaml.safe_dump(config))
    asked = ("--for", "deploy", "w", "-l", "set=workloads")
    saved = str(tmp_path / "saved.gz")
    live = _taints(kubeconfig, *asked, "--save-snapshot", saved)
    assert live[0].startswith(f"Deployment w in namespace {NAMESPACE}\n")
    assert _taints(Path("/nonexistent"), *asked, "--snapshot", saved) == live
    missing = 'Error from server (NotFound): deployments.apps "w" not found\n'
    assert _taints(cluster.kubeconfig, *asked, code=1) == ("", missing)


def test_a_cordon_without_its_taint_is_found(cluster: Lab) -> None:
    """No controller runs here to add the taint; the cordon keeps pods off all the same."""
    findings = json.loads(_taints(cluster.kubeconfig, "lint", "-o", "json")[0])["findings"]
    found = [f for f in findings if f["subject"]["name"] == "workloads-1"]
    assert [(f["rule"], f["severity"], f["fix"]) for f in found] == [
        ("cordon-mismatch", "warning", None)
    ]


def test_the_documented_rights_are_enough(cluster: Lab) -> None:
    """taints.yaml and taints-workloads.yaml together give every answer whole."""
    least = cluster.user("workloads-least", "---\n".join(role.read_text() for role in ROLES))
    questions = (
        ("-n", NAMESPACE, "-l", "set=workloads", "--for", *TARGETS),
        ("--who", TAINT, "-o", "json", "-n", NAMESPACE),
        ("lint", "-o", "json", "-n", NAMESPACE),
    )
    for question in questions:
        assert _taints(least, *question) == _taints(cluster.kubeconfig, *question)


@pytest.mark.parametrize("target", TARGETS)
def test_every_documented_right_is_needed(cluster: Lab, target: str) -> None:
    """Without a kind's rights its lists are unknown, never empty, and its objects are refused."""
    plural = dict(zip(TARGETS, (r.plural for r in WITH_PODS), strict=True))[target]
    user = f"workloads-without-{plural}"
    role = yaml.safe_load(ROLES[1].read_text()) | {"metadata": {"name": user}}
    for rule in role["rules"]:
        rule["resources"] = [name for name in rule["resources"] if name != plural]
    nodes = [{"apiGroups": [""], "resources": ["nodes"], "verbs": ["list"]}]
    poor = cluster.user(user, yaml.safe_dump(role | {"rules": role["rules"] + nodes}))
    lint = ("lint", "-n", NAMESPACE, "-o", "json", "--exit-code")
    incomplete = json.loads(_lint(poor, lint))["incomplete"]
    assert [(read["resource"], read["settledBy"]) for read in incomplete] == [
        (plural, f"the right to list {plural}")
    ]
    assert "tolerates-everything" in incomplete[0]["affects"]
    refused = _taints(poor, "-n", NAMESPACE, "--for", target, code=1)
    hint = f"it takes the right to get {plural}: see docs/rbac/taints-workloads.yaml"
    assert f'cannot get resource "{plural}"' in refused[1]
    assert refused[1].endswith(f"({hint})\n")


def test_without_any_right_nothing_is_known(cluster: Lab) -> None:
    """Said in two lines, and never taken for a clean cluster."""
    role = yaml.safe_load(ROLES[1].read_text()) | {"metadata": {"name": "none"}, "rules": []}
    nobody = cluster.user("workloads-nobody", yaml.safe_dump(role))
    lists = ", ".join(["nodes", *(r.plural for r in WITH_PODS[1:]), "pods"])
    takes = "it takes the right to list them (see docs/rbac/taints.yaml and docs/rbac/taints-workloads.yaml)"
    said = f"nothing found in what could be read\nWarning: {lists} are unknown: {takes}\n"
    assert _taints(nobody, "lint", "--exit-code", code=2) == ("", said)


def test_a_pod_does_not_stand_for_an_unread_daemonset(cluster: Lab) -> None:
    """What its controller wrote into it is nobody's template: no rule speaks of it, no fix mends it."""
    role = yaml.safe_load(ROLES[1].read_text()) | {"metadata": {"name": "daemonless"}}
    for rule in role["rules"]:
        rule["resources"] = [name for name in rule["resources"] if name != "daemonsets"]
    role["rules"] += [{"apiGroups": [""], "resources": ["nodes"], "verbs": ["list"]}]
    poor = cluster.user("workloads-daemonless", yaml.safe_dump(role))
    owner = {
        "apiVersion": "apps/v1",
        "kind": "DaemonSet",
        "name": "unread",
        "uid": "0",
        "controller": True,
    }
    metadata = {"name": "unread-0", "ownerReferences": [owner]}
    spec = {
        "containers": CONTAINERS,
        "tolerations": [{"operator": "Exists", "effect": "NoExecute"}],
    }
    pods = f"/api/v1/namespaces/{NAMESPACE}/pods"
    cluster.api.send("POST", pods, {"metadata": metadata, "spec": spec})
    try:
        answer = json.loads(_taints(poor, "lint", "-n", NAMESPACE, "-o", "json")[0])
    finally:
        cluster.kubectl("delete", "pod", "unread-0", "-n", NAMESPACE, "--wait=false")
    assert {finding["subject"]["kind"] for finding in answer["findings"]} == {"Node"}


def _lint(kubeconfig: Path, args: tuple[str, ...]) -> str:
    """Exit 1, for there is a cordon to find: findings say more than what is unknown."""
    return _taints(kubeconfig, *args, code=1)[0]
