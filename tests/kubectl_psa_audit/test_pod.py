"""What enters the process of a pod, and what stays out."""

from typing import Any

import msgspec
import pytest

from kubectl_psa_audit.evaluate import highest_level
from kubectl_psa_audit.levels import LATEST, Level, Version
from kubectl_psa_audit.pod import Pod
from kubectl_psa_audit.workloads import WORKLOAD_KINDS
from tests.kubectl_psa_audit.asking import decoded, wrapped

SECRETS = {
    "kubectl.kubernetes.io/last-applied-configuration": "hunter2",
    "container.apparmor.security.beta.kubernetes.io/web": "runtime/default",
    "seccomp.security.alpha.kubernetes.io/pod": "runtime/default",
    "container.seccomp.security.alpha.kubernetes.io/web": "runtime/default",
    "container.apparmor.security.beta.kubernetes.io": "hunter2",
}
CONTAINER = {"name": "web", "image": "hunter2", "args": ["hunter2"], "env": [{"value": "hunter2"}]}
VOLUMES = [
    {"name": "a", "secret": {"secretName": "hunter2"}},
    {"name": "b", "csi": {"driver": "hunter2", "volumeAttributes": {"password": "hunter2"}}},
    {"name": "c", "hostPath": {"path": "/var/log"}},
]
POD: dict[str, Any] = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "p", "annotations": SECRETS},
    "spec": {
        "containers": [CONTAINER | {"readinessProbe": {"httpGet": {"path": "hunter2"}}}],
        "volumes": VOLUMES,
        "securityContext": {"sysctls": [{"name": "a", "unread": "hunter2"}]},
    },
}


@pytest.mark.parametrize("kind", ["Pod", *(kind.resource.kind for kind in WORKLOAD_KINDS)])
def test_nothing_else_is_kept(kind: str) -> None:
    """What a snapshot would hold: the annotations that are read and the kinds of volumes, no contents."""
    metadata, spec = decoded(wrapped(kind, POD))
    kept = msgspec.json.encode([metadata, spec])
    assert b"hunter2" not in kept
    assert list(metadata.annotations) == list(SECRETS)[1:4]
    assert msgspec.json.decode(kept)[1]["volumes"] == [
        {"name": "a", "secret": {}},
        {"name": "b", "csi": {}},
        {"name": "c", "hostPath": {"path": "/var/log"}},
    ]


def test_what_is_kept_is_read_back() -> None:
    """A pod from a snapshot is equal to the pod that went into it."""
    pod = msgspec.convert(POD, Pod)
    assert msgspec.json.decode(msgspec.json.encode(pod), type=Pod) == pod


@pytest.mark.parametrize(
    ("spec", "version", "level"),
    [
        ({}, LATEST, Level.BASELINE),
        ({"hostPID": True}, LATEST, Level.PRIVILEGED),
        ({"securityContext": {"runAsNonRoot": True}}, Version(7), Level.RESTRICTED),
        ({"securityContext": {"runAsNonRoot": True}}, Version(8), Level.BASELINE),
    ],
)
def test_highest_level(spec: dict[str, Any], version: Version, level: Level) -> None:
    """The strictest level without a violation."""
    pod = msgspec.convert({"spec": {"containers": [{"name": "c"}]} | spec}, Pod)
    assert highest_level(pod.metadata, pod.spec, version) is level
