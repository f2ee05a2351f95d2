"""Scalars of the API, usual ones first: values that equal a default must come often, alone and among others."""

from collections.abc import Sequence
from random import Random
from typing import Any

ANY_KEYS = ("a", "app", "example.com/key", "b.c", "x")
RESOURCES = ("cpu", "memory", "ephemeral-storage", "example.com/gpu", "hugepages-2Mi")
KEYS: dict[str, Sequence[str]] = {
    **dict.fromkeys(
        ("limits", "requests", "hard", "capacity", "overhead", "podFixed", "default",
         "defaultRequest", "max", "min", "maxLimitRequestRatio", "resources", "allocatedResources"),
        RESOURCES,
    ),
}  # fmt: skip
# The defaults' own values, and their neighbours.
USUAL: dict[str, Sequence[Any]] = {
    "activeDeadlineSeconds": (1, 600),
    "apiGroup": ("", "rbac.authorization.k8s.io", "apps"),
    "apiVersion": ("v1", "apps/v1"),
    "allocateLoadBalancerNodePorts": (True, False),
    "automountServiceAccountToken": (True, False),
    "backoffLimit": (6, 0, 5, 2147483647),
    "backoffLimitPerIndex": (0, 1, 6),
    "cachingMode": ("ReadWrite", "ReadOnly", "None"),
    "completionMode": ("NonIndexed", "Indexed"),
    "completions": (1, 0, 2),
    "concurrencyPolicy": ("Allow", "Forbid", "Replace"),
    "defaultMode": (420, 0, 256, 511),
    "mode": (420, 0, 256),
    "divisor": ("0", "1", "1Mi", "1m"),
    "effect": ("NoSchedule", "NoExecute"),
    "enableServiceLinks": (True, False),
    "expirationSeconds": (3600, 3607, 600, 86400),
    "externalTrafficPolicy": ("Cluster", "Local"),
    "failureThreshold": (3, 1, 5),
    "failedJobsHistoryLimit": (1, 0, 3),
    "fieldPath": ("metadata.name", "metadata.labels['a']", "status.podIP", "spec.nodeName"),
    "fsType": ("", "ext4", "xfs"),
    "image": (
        "web", "web:latest", "web:1", "registry:5000/web", "registry:5000/web:latest", "r/web:2",
        "web@sha256:" + "0" * 64, "web:latest@sha256:" + "1" * 64, "registry.example.com/a/b:v1.2",
        "",
    ),
    "imagePullPolicy": ("Always", "IfNotPresent", "Never"),
    "initialDelaySeconds": (0, 1, 10),
    "internalTrafficPolicy": ("Cluster", "Local"),
    "ipFamilyPolicy": ("SingleStack", "PreferDualStack", "RequireDualStack"),
    "iscsiInterface": ("default", "eth0"),
    "keyring": ("/etc/ceph/keyring", "/k"),
    "kind": ("Azure", "Shared", "Managed", "Dedicated", "Pod", "User", "Group", "ServiceAccount"),
    "maxSurge": (0, 1, "25%", 2, "10%"),
    "maxUnavailable": (1, 0, "25%", 2, "10%"),
    "minReadySeconds": (0, 1, 10),
    "minReplicas": (1, 0, 2),
    "nodePort": (0, 30080),
    "operator": ("Equal", "Exists", "In"),
    "parallelism": (1, 0, 2),
    "partition": (0, 1),
    "path": ("/", "/healthz", "", "a/b"),
    "periodSeconds": (10, 1, 15, 30),
    "pool": ("rbd", "p"),
    "port": (80, 443, 8080),
    "progressDeadlineSeconds": (600, 601, 2147483647),
    "protocol": ("TCP", "UDP", "SCTP"),
    "readOnly": (False, True),
    "replicas": (1, 0, 2, 3),
    "revisionHistoryLimit": (10, 2, 0),
    "scheme": ("HTTP", "HTTPS"),
    "schedulerName": ("default-scheduler", "other"),
    "service": ("", "web"),
    "sessionAffinity": ("None", "ClientIP"),
    "stabilizationWindowSeconds": (0, 300, 60),
    "storageMode": ("ThinProvisioned", "ThickProvisioned"),
    "successThreshold": (1, 2),
    "successfulJobsHistoryLimit": (3, 1, 0),
    "suspend": (False, True),
    "targetCPUUtilizationPercentage": (80, 50),
    "targetPort": (80, 8080, "http"),
    "terminationGracePeriodSeconds": (30, 1, 60, 0),
    "terminationMessagePath": ("/dev/termination-log", "/tmp/log"),
    "timeoutSeconds": (1, 10, 30, 10800),
    "ttlSecondsAfterFinished": (0, 100),
    "type": (
        "RollingUpdate", "Recreate", "OnDelete", "Container", "Pod", "PersistentVolumeClaim",
        "Opaque", "ClusterIP", "NodePort", "LoadBalancer", "ExternalName", "", "Resource", "Percent",
        "Pods", "Limited", "Exempt", "Queue", "Reject", "Utilization", "RuntimeDefault", "Localhost",
    ),
    "user": ("admin", "u"),
    "weight": (1, 50, 100),
}  # fmt: skip
QUANTITIES = ("0", "1", "2", "100m", "500m", "64Mi", "1Gi", "128Mi")
NAMES = ("a", "x", "web")
PLAIN: dict[str, Sequence[Any]] = {
    "string": ("a", "x", "web", "a", "x", "", "TCP", "true", "Always"),
    "int32": (0, 1, 2, 3, 10, 30, 80),
    "int64": (0, 1, 2, 10, 30, 1000),
    "integer": (0, 1, 2),
    "double": (0.5, 1, 2.25),
    "number": (0.5, 1),
    "boolean": (True, False),
    "bytes": ("", "eA==", "YQ=="),
    "time": ("2026-01-02T03:04:05Z",),
    "microTime": ("2026-01-02T03:04:05.000006Z",),
    "quantity": QUANTITIES,
    "intOrString": (0, 1, 80, "25%", "http", "50%"),
    "any": ({}, {"a": 1}, {"a": {"b": []}}),
}


def scalar(random: Random, kind: str, field: str, is_wild: bool = True) -> Any:
    """A value of this type, of the field's usual ones where they are of the type; names only, if not wild."""
    usual = [value for value in USUAL.get(field, ()) if _is(value, kind)]
    plain = PLAIN[kind] if is_wild or kind != "string" else NAMES
    return random.choice(usual if usual and random.random() < 0.8 else plain)


def _is(value: object, kind: str) -> bool:
    if kind in ("string", "quantity"):
        return isinstance(value, str)
    if kind == "boolean":
        return isinstance(value, bool)
    whole = isinstance(value, int) and not isinstance(value, bool)
    return whole or (kind == "intOrString" and isinstance(value, str))
