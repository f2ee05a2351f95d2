"""What answers a violation: an edit that takes nothing away that the pod was meant to have, or why none does.

A default can be set, a forbidden setting withdrawn. What a workload asks of the host, only its
author can do without.
"""

from collections.abc import Callable
from typing import Any

from kubectl_psa_audit.checks.check import Field
from kubectl_psa_audit.patching import Edit, Path, Tree, is_ambiguous, parse_path

Remedy = Edit | str

RUNTIME_DEFAULT = {"type": "RuntimeDefault"}
NOT_ROOT = "the image must run as another user than root"

UNFIXABLE = {
    "privileged": "a privileged container was given the host: only its author can say what it needs of it",
    "hostNamespaces": "the pod works in the host's namespaces, and would be another without them",
    "hostPathVolumes": "the data is on the host: it takes another volume, and the data moved there",
    "restrictedVolumes": "the data is in this volume: it takes another kind, and the data moved there",
    "windowsHostProcess": "a HostProcess container is part of the host, and would be another without it",
}
EPHEMERAL = "an ephemeral container can be neither changed nor taken away"
AMBIGUOUS = "a strategic merge patch cannot tell two list items of the same key apart"
OF_HOST_NETWORK = "a pod in the host's network has every port of its containers as a host port"
NOT_ON_WINDOWS = (
    "the API forbids this field on Windows pods: a version from v1.25 on does not ask for it"
)
OF_PRIVILEGED = "the API refuses it on a privileged container"


def remedy(check: str, field: Field, tree: Tree) -> Remedy:
    """An edit of the pod or template in `tree`, or the reason why there is none."""
    if check in UNFIXABLE:
        return UNFIXABLE[check]
    if field.path.startswith("ephemeralContainers"):
        return EPHEMERAL
    if field.path.startswith("metadata."):
        return Edit(parse_path(field.path), None)
    path: Path = ("spec", *parse_path(field.path))
    if is_ambiguous(tree, path):
        return AMBIGUOUS
    return REMEDIES[check](path, field, tree)


def _escalation(path: Path, field: Field, tree: Tree) -> Remedy:
    if _is_windows(tree):
        return NOT_ON_WINDOWS
    if _at(tree, (*path[:-1], "privileged")):
        return OF_PRIVILEGED
    return Edit(path, False)


def _capabilities(path: Path, field: Field, tree: Tree) -> Remedy:
    if _is_windows(tree):
        return NOT_ON_WINDOWS
    if path[-1] == "drop":
        return Edit(path, ["ALL"])
    there: list[str] = _at(tree, path[:-1]) or []
    kept = [name for name in there if _is_wanted(name, field)]
    lost = ", ".join(dict.fromkeys(name for name in there if name not in kept))
    return Edit(path[:-1], kept or None, f"capabilities taken away: {lost}")


def _is_wanted(name: object, field: Field) -> bool:
    return name in field.want.split(" or ")


def _host_port(path: Path, field: Field, tree: Tree) -> Remedy:
    if _at(tree, ("spec", "hostNetwork")):
        return OF_HOST_NETWORK
    return Edit(
        path, None, f"port {field.value} of the node is given up: a Service reaches the pod"
    )


def _probe_host(path: Path, field: Field, tree: Tree) -> Remedy:
    return Edit(path, None, "the kubelet asks the pod itself")


def _proc_mount(path: Path, field: Field, tree: Tree) -> Remedy:
    return Edit(path, "Default")


def _withdraw(path: Path, field: Field, tree: Tree) -> Remedy:
    return Edit(path, None)


def _app_armor(path: Path, field: Field, tree: Tree) -> Remedy:
    return Edit(_up_to(path, "appArmorProfile"), RUNTIME_DEFAULT | {"localhostProfile": None})


def _seccomp(path: Path, field: Field, tree: Tree) -> Remedy:
    if _is_windows(tree):
        return NOT_ON_WINDOWS
    profile = _up_to(path, "seccompProfile")
    if _at(tree, profile) is None:
        return Edit(_of_pod("seccompProfile"), RUNTIME_DEFAULT)
    return Edit(profile, RUNTIME_DEFAULT | {"localhostProfile": None})


def _non_root(path: Path, field: Field, tree: Tree) -> Remedy:
    explicit = field.value is False
    return Edit(path if explicit else _of_pod("runAsNonRoot"), True, NOT_ROOT)


def _user(path: Path, field: Field, tree: Tree) -> Remedy:
    return Edit(path, None, NOT_ROOT)


def _sysctls(path: Path, field: Field, tree: Tree) -> Remedy:
    place = _up_to(path, "sysctls")
    there = _at(tree, place) or []
    kept = [sysctl for sysctl in there if _is_wanted(sysctl.get("name"), field)]
    lost = ", ".join(str(sysctl.get("name")) for sysctl in there if sysctl not in kept)
    return Edit(place, kept or None, f"sysctls left at their defaults: {lost}")


def _of_pod(name: str) -> Path:
    return ("spec", "securityContext", name)


def _up_to(path: Path, name: str) -> Path:
    return path[: path.index(name) + 1]


def _is_windows(tree: Tree) -> bool:
    return bool(_at(tree, ("spec", "os", "name")) == "windows")


def _at(tree: Tree, path: Path) -> Any:
    value: Any = tree
    for step in path:
        if value is None:
            return None
        value = value[step] if isinstance(step, int) else value.get(step)
    return value


REMEDIES: dict[str, Callable[[Path, Field, Tree], Remedy]] = {
    "allowPrivilegeEscalation": _escalation,
    "appArmorProfile": _app_armor,
    "capabilities_baseline": _capabilities,
    "capabilities_restricted": _capabilities,
    "hostPorts": _host_port,
    "hostProbesAndHostLifecycle": _probe_host,
    "procMount": _proc_mount,
    "procMount_restricted": _proc_mount,
    "runAsNonRoot": _non_root,
    "runAsUser": _user,
    "seLinuxOptions": _withdraw,
    "seccompProfile_baseline": _seccomp,
    "seccompProfile_restricted": _seccomp,
    "sysctls": _sysctls,
}
