"""Fixes whose patch, or whose want of one, is worth reading."""

from typing import Any

import msgspec
import pytest

from kubectl_psa_audit import remedies
from kubectl_psa_audit.evaluate import evaluate
from kubectl_psa_audit.fixing import Fix, fix
from kubectl_psa_audit.levels import LevelVersion
from kubectl_psa_audit.pod import PODS, Pod
from kubectl_psa_audit.subjects import subject_of

STRICT = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
STRICT_POD = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}


def _fix(at: str, spec: dict[str, Any], annotations: dict[str, str] | None = None) -> Fix:
    metadata = {"name": "p", "annotations": annotations or {}}
    pod = msgspec.convert({"metadata": metadata, "spec": spec}, Pod)
    level = LevelVersion.parse(at)
    return fix(subject_of(PODS, pod), lambda thing: evaluate(thing.metadata, thing.spec, level))


def _container(name: str = "c", **context: Any) -> dict[str, Any]:
    return {"name": name, "securityContext": STRICT | context}


@pytest.mark.parametrize(
    ("at", "spec", "patch"),
    [
        (
            "restricted",
            {"containers": [{"name": "a"}, _container("b")]},
            {
                "containers": [{"name": "a", "securityContext": STRICT}],
                "securityContext": STRICT_POD,
            },
        ),
        (
            "restricted",
            {
                "securityContext": STRICT_POD,
                "containers": [_container(runAsNonRoot=False, runAsUser=0)],
            },
            {"containers": [{"name": "c", "securityContext": {"runAsNonRoot": True, "runAsUser": None}}]},
        ),
        (
            "baseline",
            {"containers": [{"name": "c", "ports": [
                {"containerPort": 80}, {"containerPort": 81, "hostPort": 81},
            ]}]},
            {"containers": [{"name": "c", "ports": [{"containerPort": 81, "hostPort": None}]}]},
        ),
        (
            "baseline",
            {"containers": [{"name": "c", "securityContext": {
                "seccompProfile": {"type": "Unconfined"},
                "capabilities": {"add": ["SYS_ADMIN", "KILL"], "drop": ["CHOWN"]},
            }}]},
            {"containers": [{"name": "c", "securityContext": {
                "seccompProfile": {"type": "RuntimeDefault", "localhostProfile": None},
                "capabilities": {"add": ["KILL"]},
            }}]},
        ),
    ],
    ids=["what is unstated", "what is stated and hidden", "a port among others", "what is forbidden"],
)  # fmt: skip
def test_the_patch_is_minimal(at: str, spec: dict[str, Any], patch: dict[str, Any]) -> None:
    """It names what must change, by the keys that the API merges by, and nothing beside."""
    found = _fix(at, spec)
    assert (found.patch, found.remaining) == ({"spec": patch}, [])


@pytest.mark.parametrize(
    ("at", "spec", "check", "reason"),
    [
        (
            "restricted:v1.24",
            {"os": {"name": "windows"}, "securityContext": STRICT_POD, "containers": [{"name": "c"}]},
            "allowPrivilegeEscalation",
            remedies.NOT_ON_WINDOWS,
        ),
        (
            "restricted",
            {"securityContext": STRICT_POD, "containers": [
                {"name": "c", "securityContext": {"privileged": True}}
            ]},
            "allowPrivilegeEscalation",
            remedies.OF_PRIVILEGED,
        ),
        (
            "baseline",
            {"ephemeralContainers": [{"name": "e", "securityContext": {"procMount": "Unmasked"}}]},
            "procMount",
            remedies.EPHEMERAL,
        ),
        (
            "baseline",
            {"containers": [{"name": "c", "ports": [
                {"containerPort": 80, "hostPort": 80}, {"containerPort": 80, "hostPort": 81},
            ]}]},
            "hostPorts",
            remedies.AMBIGUOUS,
        ),
        (
            "baseline",
            {"hostNetwork": True, "containers": [
                {"name": "c", "ports": [{"containerPort": 80, "hostPort": 80}]}
            ]},
            "hostPorts",
            remedies.OF_HOST_NETWORK,
        ),
        *(
            ("restricted" if check == "restrictedVolumes" else "baseline", spec, check, reason)
            for (check, reason), spec in zip(
                remedies.UNFIXABLE.items(),
                [
                    {"containers": [{"name": "c", "securityContext": {"privileged": True}}]},
                    {"hostPID": True},
                    {"volumes": [{"name": "v", "hostPath": {"path": "/"}}]},
                    {"volumes": [{"name": "v", "nfs": {}}]},
                    {"securityContext": {"windowsOptions": {"hostProcess": True}}},
                ],
                strict=True,
            )
        ),
    ],
)  # fmt: skip
def test_what_no_patch_mends_has_its_reason(
    at: str, spec: dict[str, Any], check: str, reason: str
) -> None:
    """Each reason there is, once."""
    remaining = {each.check: each.reason for each in _fix(at, spec).remaining}
    assert remaining[check] == reason


def test_an_annotation_is_taken_away() -> None:
    """Which leaves the profile to the runtime's default."""
    key = "container.apparmor.security.beta.kubernetes.io/c"
    found = _fix("baseline", {"containers": [{"name": "c"}]}, {key: "unconfined"})
    assert found.patch == {"metadata": {"annotations": {key: None}}}
    assert found.remaining == []
