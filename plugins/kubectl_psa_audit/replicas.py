"""Pods that differ in nothing that a check reads, so that one stands for all of them."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from kubectl_psa_audit.pod import Pod, PodSpec
from kubectl_psa_audit.volumes import Volume

TOKEN_VOLUME = "kube-api-access-"  # the server makes up the rest of its name for each pod


class Replicas(Struct, frozen=True):
    """Pods that are judged alike, and the one of them that is looked at."""

    pod: Pod
    names: list[str]


def alike(pods: Iterable[Pod]) -> list[Replicas]:
    """The pods in groups, in the order of their first."""
    groups: dict[object, Replicas] = {}
    for pod in pods:
        key = (tuple(pod.metadata.annotations.items()), _judged(pod.spec))
        group = groups.setdefault(key, Replicas(pod, []))
        group.names.append(pod.metadata.name)
    return list(groups.values())


def _judged(spec: PodSpec) -> PodSpec:
    """The spec without the volumes of made-up names, which every level allows."""
    volumes = tuple(volume for volume in spec.volumes if not _is_token(volume))
    return spec if len(volumes) == len(spec.volumes) else replace(spec, volumes=volumes)


def _is_token(volume: Volume) -> bool:
    return volume.projected is not None and volume.name.startswith(TOKEN_VOLUME)
