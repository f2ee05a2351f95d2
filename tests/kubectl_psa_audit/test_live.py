"""`kubectl psa-audit` on a real cluster: what was rejected, with how few rights, and what is unknown."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.kubectl_psa_audit.plugin import NOWHERE, answer, psa_audit
from tests.lab.lab import Lab
from tests.lab.waiting import wait_for

RBAC = Path(__file__).parent.parent.parent / "docs" / "rbac" / "psa-audit.yaml"
NAMESPACE = "psa-live"
AGENT = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "agent", "namespace": NAMESPACE},
    "spec": {
        "selector": {"matchLabels": {"app": "agent"}},
        "template": {
            "metadata": {"labels": {"app": "agent"}},
            "spec": {
                "hostNetwork": True,
                "containers": [{"name": "c", "image": "i", "ports": [{"containerPort": 80}]}],
            },
        },
    },
}


@pytest.fixture(scope="module")
def cluster(own_lab: Lab) -> Iterator[Lab]:
    """A cluster with an enforcing namespace, and a Deployment whose pods it refuses."""
    labels = {"pod-security.kubernetes.io/enforce": "baseline"}
    own_lab.api.send(
        "POST", "/api/v1/namespaces", {"metadata": {"name": NAMESPACE, "labels": labels}}
    )
    own_lab.kubectl("apply", "-f", "-", input=json.dumps(AGENT))
    events = (
        "get",
        "events",
        "-n",
        NAMESPACE,
        "--field-selector=reason=FailedCreate",
        "-o",
        "name",
    )
    wait_for("the controller to fail", lambda: "event/" in own_lab.kubectl(*events).stdout)
    # it would go on trying, and the number of its failures would change under the tests
    own_lab.kubectl("scale", "deployment/agent", "-n", NAMESPACE, "--replicas=0")
    wait_for("the controller to stop", lambda: _has_stopped(own_lab))
    yield own_lab


def _has_stopped(lab: Lab) -> bool:
    path = f"/apis/apps/v1/namespaces/{NAMESPACE}/replicasets"
    (owned,) = lab.api.send("GET", path)["items"]
    seen = owned["status"].get("observedGeneration") == owned["metadata"]["generation"]
    return bool(seen and owned["spec"]["replicas"] == 0)


def test_what_is_rejected_already_is_matched_to_its_violation(cluster: Lab) -> None:
    """The event names the pod's own sentence: the template's, and the host port that pods have on top."""
    (item,) = answer(cluster.kubeconfig, "-n", NAMESPACE)["items"]
    assert (item["kind"], item["name"], item["allowed"]) == ("Deployment", "agent", False)
    assert item["text"] == "host namespaces (hostNetwork=true)"
    rejection = item["rejections"][0]
    assert rejection["policy"] == "baseline:latest"
    assert rejection["text"] == f'{item["text"]}, hostPort (container "c" uses hostPort 80)'
    assert rejection["checks"] == ["hostNamespaces"]
    assert rejection["object"].startswith("ReplicaSet/agent-")


def test_a_printed_command_can_be_run(cluster: Lab) -> None:
    """`--raise` prints what raises a namespace that nothing in it keeps low."""
    name = "psa-live-empty"
    cluster.kubectl("create", "namespace", name)
    told = answer(cluster.kubeconfig, "-n", name, "--raise", "restricted:v1.30")
    (space,) = told["namespaces"]
    program, *words = space["raise"]["command"].split()
    cluster.kubectl(*words)
    (space,) = answer(cluster.kubeconfig, "-n", name)["namespaces"]
    assert program == "kubectl"
    assert space["policy"]["enforce"] == {
        "level": "restricted",
        "version": "v1.30",
        "source": "label",
    }


def test_a_user_with_only_the_documented_rights_gets_the_whole_answer(cluster: Lab) -> None:
    """docs/rbac/psa-audit.yaml is enough: the answers are an administrator's."""
    least = cluster.user("psa-least", RBAC)
    for args in (("-A",), ("-n", NAMESPACE), ("-A", "--namespace-selector", "x!=y"), ("lint",)):
        theirs = answer(cluster.kubeconfig, *args)
        assert answer(least, *args) == theirs
        assert theirs["incomplete"] == []


def test_every_documented_right_is_needed(cluster: Lab) -> None:
    """Without any one of the rules something is unknown, and said to be: the least is the least."""
    role = yaml.safe_load(RBAC.read_text())
    for i, rule in enumerate(role["rules"]):
        rest = [other for j, other in enumerate(role["rules"]) if j != i]
        poor = role | {"metadata": {"name": f"psa-without-{i}"}, "rules": rest}
        kubeconfig = cluster.user(f"psa-without-{i}", yaml.safe_dump(poor))
        told = answer(kubeconfig, "-A")
        assert {read["resource"] for read in told["incomplete"]} == set(rule["resources"])
        code = 0 if rule["resources"] == ["events"] else 2
        asked = ("-A", "--level", "privileged", "--exit-code")
        exact = 0 if rule["resources"] == ["namespaces"] else code
        assert psa_audit(kubeconfig, *asked)[0] == exact


def test_a_live_run_and_its_snapshot_print_the_same_bytes(cluster: Lab, tmp_path: Path) -> None:
    """What --save-snapshot recorded answers the same command, and one about less."""
    saved = tmp_path / "cluster.gz"
    asked = ("-A", "-o", "wide", "--matrix", "--fix")
    live = psa_audit(cluster.kubeconfig, *asked, "--save-snapshot", saved)
    assert psa_audit(NOWHERE, *asked, "--snapshot", saved) == live
    assert live[0] == 0
    narrower = ("-n", NAMESPACE, "-o", "wide")
    recorded = psa_audit(NOWHERE, *narrower, "--snapshot", saved)
    assert recorded == psa_audit(cluster.kubeconfig, *narrower)
    assert "Rejected already" in recorded[1]
