"""What is left out and why: what each rule says of an object, and of one that is nearly the same."""

from typing import Any

import pytest

from kubectl_neat.export.left_out.rule import Candidate, Surroundings
from kubectl_neat.export.left_out.rules import RULES, left_out

RBAC = "rbac.authorization.k8s.io"
AUTOUPDATE = "rbac.authorization.kubernetes.io/autoupdate"
DEFAULTS = {"kubernetes.io/bootstrapping": "rbac-defaults"}
FLOW = "flowcontrol.apiserver.k8s.io"
SLICE_BY = "endpointslice.kubernetes.io/managed-by"
AROUND = Surroundings({("a", "web")}, {("a", "data-db"), ("a", "x-1")})


def candidate(group: str, kind: str, name: str, namespace: str = "a", **rest: Any) -> Candidate:
    """An object; labels, annotations and owners go to its metadata."""
    keys = ("labels", "annotations", "ownerReferences", "deletionTimestamp", "finalizers")
    metadata = {"name": name, "namespace": namespace}
    metadata |= {key: rest.pop(key) for key in keys if key in rest}
    tree = {"apiVersion": f"{group}/v1".lstrip("/"), "kind": kind, "metadata": metadata}
    return Candidate(group, kind, tree | rest)


def owner(kind: str, name: str, **more: bool) -> dict[str, Any]:
    """An entry of ownerReferences."""
    return {"apiVersion": "v1", "kind": kind, "name": name, "uid": "u", **more}


LEFT = [
    (candidate("", "Pod", "p", ownerReferences=[owner("ReplicaSet", "r")]), "owned"),
    (candidate("", "ConfigMap", "c", deletionTimestamp="2026-01-01T00:00:00Z"), "terminating"),
    (candidate("", "Service", "kubernetes", "default"), "control-plane"),
    (candidate("discovery.k8s.io", "EndpointSlice", "kubernetes", "default"), "control-plane"),
    (candidate("scheduling.k8s.io", "PriorityClass", "system-node-critical", ""), "control-plane"),
    (candidate("", "Namespace", "kube-system", ""), "initial-namespace"),
    (
        candidate("", "Namespace", "default", "", labels={"kubernetes.io/metadata.name": "default"}),
        "initial-namespace",
    ),
    (
        candidate(RBAC, "ClusterRole", "edit", "", labels=DEFAULTS, annotations={AUTOUPDATE: "true"}),
        "rbac-defaults",
    ),
    (
        candidate(FLOW, "FlowSchema", "probes", "", annotations={"apf.kubernetes.io/autoupdate-spec": "true"}),
        "priority-and-fairness-defaults",
    ),
    (
        candidate("apiregistration.k8s.io", "APIService", "v1.", "", labels={"kube-aggregator.kubernetes.io/automanaged": "onstart"}),
        "automanaged-api-service",
    ),
    (
        candidate("certificates.k8s.io", "ClusterTrustBundle", "k", "", spec={"signerName": "kubernetes.io/x"}),
        "cluster-trust-bundle",
    ),
    (candidate("", "ConfigMap", "kube-root-ca.crt"), "root-ca-publisher"),
    (candidate("", "ServiceAccount", "default"), "default-service-account"),
    (
        candidate("", "ServiceAccount", "default", secrets=[{"name": "default-token-x1y2z"}]),
        "default-service-account",
    ),
    (
        candidate("", "Secret", "t", type="kubernetes.io/service-account-token"),
        "service-account-token",
    ),
    (
        candidate("discovery.k8s.io", "EndpointSlice", "web-x", labels={SLICE_BY: "endpointslicemirroring-controller.k8s.io"}),
        "endpointslice-controller",
    ),
    (candidate("", "Endpoints", "web"), "endpoint-controller"),
    (
        candidate("", "Endpoints", "w", labels={"endpoints.kubernetes.io/managed-by": "endpoint-controller"}),
        "endpoint-controller",
    ),
    (candidate("", "PersistentVolumeClaim", "data-db-0"), "statefulset-claim"),
    (candidate("", "PersistentVolumeClaim", "x-1-10"), "statefulset-claim"),
    (
        candidate("", "PersistentVolume", "pvc-1", "", annotations={"pv.kubernetes.io/provisioned-by": "d"}),
        "provisioned-volume",
    ),
    (candidate("", "Secret", "sh.helm.release.v1.a.v1", type="helm.sh/release.v1"), "helm-release"),
    (
        candidate("", "ConfigMap", "sh.helm.release.v1.a.v1", labels={"owner": "helm"}),
        "helm-release",
    ),
    (candidate("", "Secret", "s", type="Opaque"), "secret"),
]  # fmt: skip

KEPT = [
    candidate("", "Pod", "p", ownerReferences=[]),
    candidate("", "Service", "kubernetes"),
    candidate("example.com", "Service", "kubernetes", "default"),
    candidate("", "Namespace", "default", "", labels={"pod-security.kubernetes.io/enforce": "baseline"}),
    candidate("", "Namespace", "web", ""),
    candidate(RBAC, "ClusterRole", "edit", "", labels=DEFAULTS, annotations={AUTOUPDATE: "false"}),
    candidate(RBAC, "ClusterRole", "mine", "", annotations={AUTOUPDATE: "true"}),
    candidate(FLOW, "FlowSchema", "probes", "", annotations={"apf.kubernetes.io/autoupdate-spec": "false"}),
    candidate("apiregistration.k8s.io", "APIService", "v1beta1.metrics.k8s.io", ""),
    candidate("certificates.k8s.io", "ClusterTrustBundle", "k", "", spec={"signerName": "example.com/x"}),
    candidate("", "Secret", "kube-root-ca.crt", type="Opaque"),
    candidate("", "ConfigMap", "kube-root-ca"),
    candidate("", "ServiceAccount", "default", imagePullSecrets=[{"name": "registry"}]),
    candidate("", "ServiceAccount", "default", secrets=[{"name": "mine"}]),
    candidate("", "ServiceAccount", "default", annotations={"eks.amazonaws.com/role-arn": "x"}),
    candidate("", "ServiceAccount", "default", automountServiceAccountToken=False),
    candidate("", "ServiceAccount", "other"),
    candidate("discovery.k8s.io", "EndpointSlice", "web-x", labels={SLICE_BY: "me"}),
    candidate("", "Endpoints", "web", "b"),
    candidate("", "Endpoints", "external"),
    candidate("", "PersistentVolumeClaim", "data-db"),
    candidate("", "PersistentVolumeClaim", "data-db-0", "b"),
    candidate("", "PersistentVolumeClaim", "data-db-0-copy"),
    candidate("", "PersistentVolume", "nfs", ""),
    candidate("", "ConfigMap", "c", labels={"owner": "helm"}),
]  # fmt: skip


@pytest.mark.parametrize(("left", "rule"), LEFT, ids=lambda each: getattr(each, "name", each))
def test_what_is_left_out(left: Candidate, rule: str) -> None:
    """By which rule; with a reason in words."""
    verdict = left_out(left, AROUND, False)
    assert verdict
    assert verdict.rule == rule
    assert verdict.reason


@pytest.mark.parametrize("kept", KEPT, ids=lambda each: f"{each.kind}-{each.name}")
def test_what_is_not(kept: Candidate) -> None:
    """What a user has made, or made his own."""
    assert left_out(kept, AROUND, True) is None


def test_every_rule_has_its_case() -> None:
    """The list above forgets none."""
    assert {rule for _, rule in LEFT} == {rule.name for rule in RULES} | {"secret"}


def test_secrets_are_asked_for() -> None:
    """Others' tokens are not to be had even so."""
    opaque, token = candidate("", "Secret", "s", type="Opaque"), LEFT[14][0]
    assert left_out(opaque, AROUND, True) is None
    assert left_out(token, AROUND, True)


def test_the_controller_among_owners_is_named() -> None:
    """As the garbage collector sees it, all own it; one makes it."""
    owners = [owner("ConfigMap", "c"), owner("Job", "j", controller=True)]
    verdict = left_out(candidate("", "Pod", "p", ownerReferences=owners), AROUND, True)
    assert verdict
    assert verdict.reason == "owned by Job/j: it comes and goes with it"


@pytest.mark.parametrize("odd", [None, 1, "x", [], [1]])
def test_objects_of_any_shape_are_judged(odd: object) -> None:
    """A custom resource may have anything in these places."""
    tree = {"apiVersion": "v1", "kind": "PersistentVolume", "spec": odd, "secrets": odd}
    metadata = {"name": "n", "labels": odd, "annotations": odd, "ownerReferences": odd}
    assert (
        left_out(Candidate("", "PersistentVolume", tree | {"metadata": metadata}), AROUND, True)
        is None
    )
    assert (
        left_out(Candidate("", "PersistentVolume", tree | {"metadata": odd}), AROUND, True) is None
    )
