"""What an API server makes and keeps as it is in every cluster."""

from kubectl_neat.export.left_out.rule import Candidate, Rule, Surroundings, mapping
from kubectl_neat.export.order import AGGREGATION, NETWORK, RBAC

FLOW = "flowcontrol.apiserver.k8s.io"
INITIAL = {"default", "kube-system", "kube-public", "kube-node-lease"}
OWN_LABELS = {"kubernetes.io/metadata.name"}
EVERY = "every cluster has its own"

# (group, kind, namespace, name)
SINGLE = {
    ("", "Service", "default", "kubernetes"),
    ("", "Endpoints", "default", "kubernetes"),
    ("discovery.k8s.io", "EndpointSlice", "default", "kubernetes"),
    ("", "ConfigMap", "kube-system", "extension-apiserver-authentication"),
    ("", "ConfigMap", "kube-system", "kube-apiserver-legacy-service-account-token-tracking"),
    (NETWORK, "ServiceCIDR", "", "kubernetes"),
    ("scheduling.k8s.io", "PriorityClass", "", "system-cluster-critical"),
    ("scheduling.k8s.io", "PriorityClass", "", "system-node-critical"),
}


def _single(candidate: Candidate, _: Surroundings) -> str:
    place = candidate.group, candidate.kind, candidate.namespace, candidate.name
    return EVERY if place in SINGLE else ""


def _namespace(candidate: Candidate, _: Surroundings) -> str:
    if not candidate.is_a("", "Namespace") or candidate.name not in INITIAL:
        return ""
    if candidate.labels.keys() <= OWN_LABELS and not candidate.annotations:
        return "every cluster has it, and nobody has changed this one"
    return ""


def _bootstrap(candidate: Candidate, _: Surroundings) -> str:
    """With autoupdate off, somebody has taken the role over."""
    default = candidate.labels.get("kubernetes.io/bootstrapping") == "rbac-defaults"
    updated = candidate.annotations.get("rbac.authorization.kubernetes.io/autoupdate") == "true"
    if candidate.group == RBAC and default and updated:
        return "a default role, which the API server keeps up to date"
    return ""


def _flow(candidate: Candidate, _: Surroundings) -> str:
    updated = candidate.annotations.get("apf.kubernetes.io/autoupdate-spec") == "true"
    if candidate.group == FLOW and updated:
        return "a default, which the API server keeps up to date"
    return ""


def _api_service(candidate: Candidate, _: Surroundings) -> str:
    registered = "kube-aggregator.kubernetes.io/automanaged" in candidate.labels
    if candidate.group == AGGREGATION and registered:
        return "the API server registers it by itself"
    return ""


def _trust_bundle(candidate: Candidate, _: Surroundings) -> str:
    signer = str(mapping(candidate.tree, "spec").get("signerName", ""))
    if candidate.is_a("certificates.k8s.io", "ClusterTrustBundle"):
        return EVERY if signer.startswith("kubernetes.io/") else ""
    return ""


SINGLES = Rule("control-plane", _single)
NAMESPACE = Rule("initial-namespace", _namespace)
BOOTSTRAP = Rule("rbac-defaults", _bootstrap)
FLOWS = Rule("priority-and-fairness-defaults", _flow)
TRUST_BUNDLE = Rule("cluster-trust-bundle", _trust_bundle)
API_SERVICE = Rule("automanaged-api-service", _api_service)
