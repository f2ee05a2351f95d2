"""In which order kinds are applied: helm's InstallOrder, as numbers that files begin with."""

ADMISSION = "admissionregistration.k8s.io"
AGGREGATION = "apiregistration.k8s.io"
RBAC = "rbac.authorization.k8s.io"
NETWORK = "networking.k8s.io"
STORAGE = "storage.k8s.io"

# (group, kind): what comes earlier is needed by what comes later, or should bind it from the start.
NUMBERS: dict[tuple[str, str], int] = {
    ("", "Namespace"): 0,
    ("apiextensions.k8s.io", "CustomResourceDefinition"): 5,
    ("scheduling.k8s.io", "PriorityClass"): 10,
    ("node.k8s.io", "RuntimeClass"): 10,
    (NETWORK, "NetworkPolicy"): 12,
    ("", "ResourceQuota"): 13,
    ("", "LimitRange"): 14,
    ("policy", "PodDisruptionBudget"): 15,
    ("", "ServiceAccount"): 20,
    ("", "Secret"): 21,
    ("", "ConfigMap"): 22,
    (STORAGE, "CSIDriver"): 30,
    (STORAGE, "StorageClass"): 30,
    (STORAGE, "VolumeAttributesClass"): 30,
    ("", "PersistentVolume"): 31,
    ("", "PersistentVolumeClaim"): 32,
    (RBAC, "ClusterRole"): 40,
    (RBAC, "ClusterRoleBinding"): 41,
    (RBAC, "Role"): 42,
    (RBAC, "RoleBinding"): 43,
    ("", "Service"): 50,
    ("", "Endpoints"): 51,
    ("discovery.k8s.io", "EndpointSlice"): 51,
    ("", "PodTemplate"): 60,
    ("apps", "DaemonSet"): 60,
    ("", "Pod"): 61,
    ("", "ReplicationController"): 62,
    ("apps", "ReplicaSet"): 63,
    ("apps", "Deployment"): 64,
    ("autoscaling", "HorizontalPodAutoscaler"): 65,
    ("apps", "StatefulSet"): 66,
    ("batch", "Job"): 67,
    ("batch", "CronJob"): 68,
    (NETWORK, "IngressClass"): 70,
    (NETWORK, "Ingress"): 71,
    (AGGREGATION, "APIService"): 90,
    (ADMISSION, "ValidatingAdmissionPolicy"): 91,
    (ADMISSION, "ValidatingAdmissionPolicyBinding"): 92,
    (ADMISSION, "MutatingAdmissionPolicy"): 91,
    (ADMISSION, "MutatingAdmissionPolicyBinding"): 92,
    (ADMISSION, "MutatingWebhookConfiguration"): 93,
    (ADMISSION, "ValidatingWebhookConfiguration"): 94,
}
OTHERS = 80  # custom kinds: after whatever they are made of


def is_ordered(group: str, kind: str) -> bool:
    """Whether the kind has a number of its own."""
    return (group, kind) in NUMBERS


def number(group: str, kind: str) -> int:
    """When the kind is applied: lower numbers first."""
    return NUMBERS.get((group, kind), OTHERS)
