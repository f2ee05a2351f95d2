"""Which waiting it is: every state made for real on a control plane, and told by the plugin."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.kubectl_why_pending.plugin import items, why_pending
from tests.lab.api import MERGE_PATCH
from tests.lab.lab import Lab
from tests.lab.waiting import wait_for

NAMESPACE = "waiting"
CONTAINER = {"name": "main", "image": "main"}
SELECTOR = {"matchLabels": {"app": "x"}}


@pytest.fixture(scope="module")
def cluster(own_lab: Lab) -> Iterator[Lab]:
    """Two nodes without kubelets, and a namespace."""
    own_lab.api.send("POST", "/api/v1/namespaces", {"metadata": {"name": NAMESPACE}})
    account = f"/api/v1/namespaces/{NAMESPACE}/serviceaccounts/default"
    wait_for("a service account", lambda: _found(own_lab, account))
    own_lab.add_node(
        "small", labels={"size": "small"}, capacity={"cpu": "1", "memory": "1Gi", "pods": "10"}
    )
    own_lab.add_node(
        "large", labels={"size": "large"}, capacity={"cpu": "8", "memory": "8Gi", "pods": "20"}
    )
    yield own_lab


def _found(lab: Lab, path: str) -> Any:
    words = ("get", "--raw", path)
    return lab.kubectl(*words, check=False).returncode == 0


def _pod(lab: Lab, name: str, spec: dict[str, Any], **meta: Any) -> None:
    container = {**CONTAINER, "resources": spec.pop("resources", {})}
    body = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "namespace": NAMESPACE, **meta},
        "spec": {"containers": [container], **spec},
    }
    lab.api.send("POST", f"/api/v1/namespaces/{NAMESPACE}/pods", body)


def _told(lab: Lab, name: str, state: str) -> dict[str, Any]:
    """The item, once it has the state."""

    def told() -> Any:
        found = items(lab.kubeconfig, name, "-n", NAMESPACE)
        return found[0] if found and found[0]["state"] == state else None

    item: dict[str, Any] = wait_for(f"{name} to be {state}", told, 30)
    return item


def test_unschedulable(cluster: Lab) -> None:
    """The scheduler tried: our sentence is its own."""
    _pod(cluster, "huge", {"resources": {"requests": {"cpu": "100"}}})
    item = _told(cluster, "huge", "Unschedulable")

    def agrees() -> Any:
        return items(cluster.kubeconfig, "huge", "-n", NAMESPACE)[0]["scheduler"]["agrees"]

    assert wait_for("the scheduler's condition", agrees, 20) is True
    assert "2 Insufficient cpu" in item["message"]
    details = {node["name"]: node["failures"][0]["detail"] for node in item["nodes"]}
    assert details["large"].startswith("cpu: needs 100, free ")


def test_gated(cluster: Lab) -> None:
    """Which gate, and whose."""
    _pod(cluster, "gated", {"schedulingGates": [{"name": "kueue.x-k8s.io/admission"}]})
    item = _told(cluster, "gated", "Gated")
    assert "kueue.x-k8s.io/admission" in item["headline"]
    assert "Kueue" in item["evidence"][0]


def test_nobody_schedules_it(cluster: Lab) -> None:
    """A scheduler that does not exist: its lease is missing, and nothing else would say so."""
    _pod(cluster, "orphan", {"schedulerName": "nobody"})
    item = wait_for(
        "the pod to be old enough",
        lambda: [i for i in items(cluster.kubeconfig, "orphan", "-n", NAMESPACE) if i["evidence"]],
        30,
    )[0]
    assert item["state"] == "Queued"
    assert 'no scheduler called "nobody" has tried it' in item["headline"]
    assert "there is no lease kube-system/nobody" in item["evidence"][0]


def test_terminating(cluster: Lab) -> None:
    """Deleted, and kept by a finalizer."""
    _pod(cluster, "leaving", {"schedulerName": "nobody"}, finalizers=["fieldkit/kept"])
    path = f"/api/v1/namespaces/{NAMESPACE}/pods/leaving"
    cluster.api.send("DELETE", path)
    assert "finalizer" in _told(cluster, "leaving", "Terminating")["headline"]
    cluster.api.send("PATCH", path, {"metadata": {"finalizers": None}}, MERGE_PATCH)


def test_starting_on_a_silent_kubelet(cluster: Lab) -> None:
    """Bound by the scheduler to a node that has no kubelet."""
    _pod(cluster, "bound", {"nodeSelector": {"size": "large"}})
    item = _told(cluster, "bound", "Starting")
    assert "large" in item["headline"]
    assert any("has not taken the pod up" in line for line in item["evidence"])


def test_nominated_while_its_victim_leaves(cluster: Lab) -> None:
    """Preemption in flight: no kubelet ends the victim, so it stays on its way."""
    for name, value in (("low", 1), ("high", 100)):
        kind = {"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass"}
        body = {**kind, "metadata": {"name": name}, "value": value}
        cluster.api.send("POST", "/apis/scheduling.k8s.io/v1/priorityclasses", body)
    requests = {"requests": {"cpu": "900m"}}
    on_small = {"nodeSelector": {"size": "small"}, "resources": requests}
    _pod(cluster, "victim", {**on_small, "priorityClassName": "low"})
    _told(cluster, "victim", "Starting")
    _pod(cluster, "preemptor", {**on_small, "priorityClassName": "high"})
    item = _told(cluster, "preemptor", "Nominated")
    assert "room is being made on small" in item["headline"]
    assert f"pod {NAMESPACE}/victim leaves small" in item["evidence"][0]


def test_schedulable_until_the_next_try(cluster: Lab) -> None:
    """A pod that no scheduler retries, though it would fit: here because its scheduler is gone."""
    _pod(cluster, "fits", {"schedulerName": "gone"})
    condition = {"type": "PodScheduled", "status": "False", "reason": "Unschedulable"}
    status = {
        "status": {
            "conditions": [{**condition, "message": "0/1 nodes are available: 1 Too many pods."}]
        }
    }
    cluster.api.send(
        "PATCH", f"/api/v1/namespaces/{NAMESPACE}/pods/fits/status", status, MERGE_PATCH
    )
    item = _told(cluster, "fits", "Schedulable")
    assert "large" in item["fits"]
    assert item["scheduler"]["agrees"] is False
    assert "would fit now" in item["scheduler"]["why"]
    assert "message" not in item


REFUSED = {
    "quota": ({"containers": [CONTAINER]}, "its quota no-pods is used up"),
    "account": ({"containers": [CONTAINER], "serviceAccountName": "nobody"}, "there is no service account"),
    "priority": ({"containers": [CONTAINER], "priorityClassName": "nothing"}, "there is no PriorityClass nothing"),
    "privileged": ({"containers": [{**CONTAINER, "securityContext": {"privileged": True}}]}, "Pod Security refuses it at baseline"),
    "runtime": ({"containers": [CONTAINER], "runtimeClassName": "gvisor"}, "there is no RuntimeClass gvisor"),
    "webhook": ({"containers": [CONTAINER]}, "the webhook pods.example.com does not answer"),
    "large": ({"containers": [{**CONTAINER, "resources": {"limits": {"cpu": "64"}}}]}, "a LimitRange refuses it"),
}  # fmt: skip


WEBHOOKS = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations"


def _dead_webhook(namespace: str) -> dict[str, Any]:
    """A webhook for the pods of one namespace, at an address where nobody listens."""
    pods = {
        "apiGroups": [""],
        "apiVersions": ["v1"],
        "operations": ["CREATE"],
        "resources": ["pods"],
    }
    hook = {
        "name": "pods.example.com",
        "clientConfig": {"url": "https://127.0.0.1:1/"},
        "rules": [pods],
        "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": namespace}},
        "admissionReviewVersions": ["v1"],
        "sideEffects": "None",
    }
    return {"metadata": {"name": "dead"}, "webhooks": [hook]}


@pytest.mark.parametrize("name", REFUSED)
def test_never_created(cluster: Lab, name: str) -> None:
    """The API server refuses the pods of a ReplicaSet: by which rule, and what to look at."""
    namespace = f"refused-{name}"
    labels = {"pod-security.kubernetes.io/enforce": "baseline"} if name == "privileged" else {}
    cluster.api.send(
        "POST", "/api/v1/namespaces", {"metadata": {"name": namespace, "labels": labels}}
    )
    root = f"/api/v1/namespaces/{namespace}"
    wait_for("a service account", lambda: _found(cluster, f"{root}/serviceaccounts/default"))
    if name == "quota":
        quota = {"metadata": {"name": "no-pods"}, "spec": {"hard": {"pods": "0"}}}
        cluster.api.send("POST", f"{root}/resourcequotas", quota)
    if name == "webhook":
        cluster.api.send("POST", WEBHOOKS, _dead_webhook(namespace))
    if name == "large":
        limits = {"limits": [{"type": "Container", "max": {"cpu": "1"}}]}
        cluster.api.send(
            "POST", f"{root}/limitranges", {"metadata": {"name": "small"}, "spec": limits}
        )
    spec, why = REFUSED[name]
    deployment = {
        "metadata": {"name": "web"},
        "spec": {
            "replicas": 2,
            "selector": SELECTOR,
            "template": {"metadata": {"labels": SELECTOR["matchLabels"]}, "spec": spec},
        },
    }
    cluster.api.send("POST", f"/apis/apps/v1/namespaces/{namespace}/deployments", deployment)

    def told() -> Any:
        return items(cluster.kubeconfig, "deploy/web", "-n", namespace)

    [item] = wait_for("the refusal", told, 30)
    assert (item["state"], item["kind"]) == ("NotCreated", "ReplicaSet")
    assert "0 of 2 pods are there" in item["headline"]
    assert why in item["headline"]
    if name == "quota":
        assert item["evidence"][0] == "pods: a pod asks 1, 0 of 0 are used"
    everything = items(cluster.kubeconfig, "-n", namespace)
    assert [each["name"] for each in everything] == [item["name"]]


@pytest.mark.parametrize(
    ("spec", "why"),
    [({"replicas": 0}, "scaled to zero"), ({"replicas": 1, "paused": True}, "paused")],
)
def test_nobody_wants_a_pod(cluster: Lab, spec: dict[str, Any], why: str) -> None:
    """A workload that is switched off says so to who asks for it by name, with the way back."""
    name = why.replace(" ", "-")
    template = {"metadata": {"labels": {"app": name}}, "spec": {"containers": [CONTAINER]}}
    body = {
        "metadata": {"name": name},
        "spec": {**spec, "selector": {"matchLabels": {"app": name}}, "template": template},
    }
    cluster.api.send("POST", f"/apis/apps/v1/namespaces/{NAMESPACE}/deployments", body)
    [item] = items(cluster.kubeconfig, f"deploy/{name}", "-n", NAMESPACE)
    assert item["state"] == "NotCreated"
    assert why in item["headline"]
    assert name in item["next"][0]


def test_a_stateful_set_waits_for_an_ordinal(cluster: Lab) -> None:
    """Without a kubelet the first pod is never ready, so that the second is never made."""
    body = _of_template("ordered", {"size": "large"}, {"replicas": 3, "serviceName": "ordered"})
    cluster.api.send("POST", f"/apis/apps/v1/namespaces/{NAMESPACE}/statefulsets", body)

    def told() -> Any:
        found = items(cluster.kubeconfig, "sts/ordered", "-n", NAMESPACE)
        return [item for item in found if item["kind"] == "StatefulSet"]

    [item] = wait_for("the StatefulSet's first pod", told, 30)
    assert (
        item["headline"] == "1 of 3 pods are there: ordered-1 is made when all before it are ready"
    )


def test_a_daemon_set_leaves_out_a_node(cluster: Lab) -> None:
    """Its own look at the nodes: no pod and no event tell it."""
    body = _of_template("agent", {"size": "large"}, {})
    cluster.api.send("POST", f"/apis/apps/v1/namespaces/{NAMESPACE}/daemonsets", body)

    def told() -> Any:
        found = items(cluster.kubeconfig, "ds/agent", "-n", NAMESPACE)
        return [item for item in found if item["headline"].startswith("1 of 1 pods")]

    [item] = wait_for("the DaemonSet's pod", told, 30)
    assert item["headline"].endswith("it leaves out 1 of 2 nodes")
    assert item["evidence"] == ["node small: its nodeSelector or node affinity does not match"]


def _of_template(name: str, selector: dict[str, str], spec: dict[str, Any]) -> dict[str, Any]:
    """A workload of small pods for some nodes."""
    labels = {"app": name}
    template = {
        "metadata": {"labels": labels},
        "spec": {"containers": [CONTAINER], "nodeSelector": selector},
    }
    whole = {**spec, "selector": {"matchLabels": labels}, "template": template}
    return {"metadata": {"name": name}, "spec": whole}


def test_a_job_that_is_suspended(cluster: Lab) -> None:
    """spec.suspend, with the patch that ends it."""
    template = {"spec": {"containers": [CONTAINER], "restartPolicy": "Never"}}
    body = {"metadata": {"name": "later"}, "spec": {"suspend": True, "template": template}}
    cluster.api.send("POST", f"/apis/batch/v1/namespaces/{NAMESPACE}/jobs", body)
    [item] = items(cluster.kubeconfig, "job/later", "-n", NAMESPACE)
    assert item["headline"] == "it is suspended (spec.suspend)"
    assert '"suspend":false' in item["next"][0]


def test_autoscalers_words_stand_beside(cluster: Lab) -> None:
    """Karpenter's own FailedScheduling is not the scheduler's."""
    _pod(cluster, "scaled", {"resources": {"requests": {"cpu": "200"}}})
    event = {
        "metadata": {"name": "scaled.1", "namespace": NAMESPACE},
        "involvedObject": {"kind": "Pod", "namespace": NAMESPACE, "name": "scaled"},
        "reason": "FailedScheduling",
        "message": "Failed to schedule pod, no instance type met all requirements",
        "source": {"component": "karpenter"},
        "type": "Warning",
    }
    cluster.api.send("POST", f"/api/v1/namespaces/{NAMESPACE}/events", event)
    item = _told(cluster, "scaled", "Unschedulable")
    assert len(item["autoscaler"]) == 1
    assert "karpenter" in item["autoscaler"][0]


def test_what_is_not_there_and_what_does_not_wait(cluster: Lab) -> None:
    """A name that no pod has is an error in kubectl's words."""
    code, _, talk = why_pending(cluster.kubeconfig, "no-such-pod", "-n", NAMESPACE)
    assert (code, talk) == (1, 'Error from server (NotFound): pods "no-such-pod" not found\n')
    code, _, talk = why_pending(cluster.kubeconfig, "deploy/nothing", "-n", NAMESPACE)
    assert code == 1
    assert 'deployments.apps "nothing" not found' in talk


def test_exit_codes(cluster: Lab) -> None:
    """0 where nothing waits, 1 where something does, 2 where it could not be told."""
    nothing = ("-n", "kube-public", "--exit-code")
    assert why_pending(cluster.kubeconfig, *nothing)[0] == 0
    assert why_pending(cluster.kubeconfig, "-n", NAMESPACE, "--exit-code")[0] == 1
    limited = cluster.user("why-nobody", "")
    assert why_pending(limited, "-n", NAMESPACE, "--exit-code")[0] == 2


def test_the_answer_is_json(cluster: Lab) -> None:
    """One PendingReport with an item for everything that waits in the namespace."""
    code, out, _ = why_pending(cluster.kubeconfig, "-n", NAMESPACE, "-o", "json")
    report = json.loads(out)
    assert (code, report["kind"], report["incomplete"]) == (0, "PendingReport", [])
    assert {"Unschedulable", "Gated", "Queued"} <= {item["state"] for item in report["items"]}


def test_unclaimed(cluster: Lab) -> None:
    """A claim that is not there keeps the pod out of the queue, and nothing else says so."""
    claims = [{"name": "gpu", "resourceClaimName": "missing"}]
    _pod(cluster, "claimant", {"resourceClaims": claims})
    item = _told(cluster, "claimant", "Unclaimed")
    assert any("missing" in line for line in item["evidence"])
    assert item["scheduler"]["agrees"] is None


def test_one_node_alone(cluster: Lab) -> None:
    """--node tells every reason of that node, and no other node."""
    _pod(
        cluster,
        "nowhere",
        {"nodeSelector": {"size": "none"}, "resources": {"requests": {"cpu": "50"}}},
    )
    words = ("nowhere", "-n", NAMESPACE, "--node", "small")
    code, out, _ = why_pending(cluster.kubeconfig, *words)
    assert code == 0
    assert "wants size=none, has size=small" in out
    assert "cpu: needs 50" in out
    assert "large" not in out.split("NODE ")[1].split("what would help")[0]


def test_a_pod_and_a_workload_together(cluster: Lab) -> None:
    """Both are answered, whichever kinds are named side by side."""
    labels = {"app": "together"}
    spec = {"containers": [{**CONTAINER, "resources": {"requests": {"cpu": "90"}}}]}
    deployment = {
        "metadata": {"name": "together"},
        "spec": {
            "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": spec},
        },
    }
    cluster.api.send("POST", f"/apis/apps/v1/namespaces/{NAMESPACE}/deployments", deployment)
    _pod(cluster, "beside", {"schedulingGates": [{"name": "example.com/wait"}]})

    def told() -> Any:
        found = items(cluster.kubeconfig, "pod/beside", "deploy/together", "-n", NAMESPACE)
        return found if len(found) == 2 else None

    beside, together = wait_for("both", told, 30)
    assert (beside["name"], beside["state"]) == ("beside", "Gated")
    assert together["name"].startswith("together-")
