"""What the API server fills in before the checks see a pod that it has not stored yet.

Mirrors k8s.io/kubernetes/pkg/apis/core/v1/defaults.go and, for AppArmor, applyAppArmorVersionSkew
of pkg/registry/core/pod/strategy.go. A pod that was read from a server has all of it already.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from kubectl_psa_audit.pod import APP_ARMOR_PREFIX, Container, ContainerPort, PodSpec, Profile
from kubectl_psa_audit.volumes import Present, Volume

_UNCONFINED = Profile("Unconfined")


def template_defaults(spec: PodSpec) -> PodSpec:
    """The spec of a template: a volume without a source is an emptyDir."""
    if all(volume.source for volume in spec.volumes):
        return spec
    return replace(spec, volumes=tuple(map(_with_source, spec.volumes)))


def pod_defaults(spec: PodSpec) -> PodSpec:
    """The spec of a pod: on the host's network, every port of its containers is a host port too."""
    filled = template_defaults(spec)
    if not spec.host_network:
        return filled
    return replace(
        filled,
        containers=tuple(map(_on_host, filled.containers)),
        init_containers=tuple(map(_on_host, filled.init_containers)),
    )


def created(annotations: Mapping[str, str], spec: PodSpec) -> PodSpec:
    """The spec of a pod as its creation is judged: AppArmor annotations have become fields.

    Only `unconfined` can change a verdict, since every other profile that is valid is allowed.
    """
    filled = pod_defaults(spec)
    if spec.os.name == "windows" or "unconfined" not in annotations.values():
        return filled
    unconfined = {key for key, value in annotations.items() if value == "unconfined"}
    if filled.security_context.app_armor_profile == _UNCONFINED:
        return filled
    return _with_profiles(filled, unconfined)


def _with_profiles(spec: PodSpec, unconfined: set[str]) -> PodSpec:
    def with_profile(container: Container) -> Container:
        context = container.security_context
        if f"{APP_ARMOR_PREFIX}{container.name}" not in unconfined or context.app_armor_profile:
            return container
        return replace(container, security_context=replace(context, app_armor_profile=_UNCONFINED))

    return replace(
        spec,
        init_containers=tuple(map(with_profile, spec.init_containers)),
        containers=tuple(map(with_profile, spec.containers)),
        ephemeral_containers=tuple(map(with_profile, spec.ephemeral_containers)),
    )


def _with_source(volume: Volume) -> Volume:
    return volume if volume.source else replace(volume, empty_dir=Present())


def _on_host(container: Container) -> Container:
    return replace(container, ports=tuple(map(_port_on_host, container.ports)))


def _port_on_host(port: ContainerPort) -> ContainerPort:
    return port if port.host_port else replace(port, host_port=port.container_port)
