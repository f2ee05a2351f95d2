"""Defaults of NetworkPolicy, RBAC subjects and device requests that depend on other fields."""

from kubectl_neat.defaults.rules.rule import Filled, Node

RBAC = "rbac.authorization.k8s.io"


def _set_network_policy(spec: Node) -> None:
    """SetDefaults_NetworkPolicy, pkg/apis/networking/v1/defaults.go."""
    if not spec.get("policyTypes"):
        spec["policyTypes"] = ["Ingress", *(["Egress"] if spec.get("egress") else [])]


def _set_subject(subject: Node) -> None:
    """SetDefaults_Subject, pkg/apis/rbac/v1/defaults.go."""
    if subject.get("kind") in ("User", "Group"):
        subject.setdefault("apiGroup", RBAC)


def _set_device_request(request: Node) -> None:
    """SetDefaults_ExactDeviceRequest and _DeviceSubRequest, pkg/apis/resource/v1/defaults.go."""
    if request.setdefault("allocationMode", "ExactCount") == "ExactCount":
        request.setdefault("count", 1)


def _set_v1beta1_device_request(request: Node) -> None:
    """SetDefaults_DeviceRequest, pkg/apis/resource/v1beta1/defaults.go: without a class it has subrequests."""
    if request.get("deviceClassName"):
        _set_device_request(request)


POLICY_TYPES = Filled(("policyTypes",), _set_network_policy, ("egress",))
SUBJECT = Filled(("apiGroup",), _set_subject, ("kind",))
DEVICE_REQUEST = Filled(("count", "allocationMode"), _set_device_request)
V1BETA1_DEVICE_REQUEST = Filled(
    ("count", "allocationMode"), _set_v1beta1_device_request, ("deviceClassName",)
)
