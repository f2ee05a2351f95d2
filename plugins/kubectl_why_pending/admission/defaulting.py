"""What the API server fills in before admission, as far as scheduling reads it.

Mirrors SetObjectDefaults_Pod of pkg/apis/core/v1/zz_generated.defaults.go.
"""

from msgspec.structs import replace

from kubectl_why_pending.admission.quantity import stored
from kubectl_why_pending.objects.pod import Container, Pod, PodSpec, Port, Requirements
from kubectl_why_pending.objects.volume import Volume
from kubectl_why_pending.scheduler.cluster import DEFAULT_SCHEDULER

FILESYSTEM = "Filesystem"


def with_defaults(pod: Pod) -> Pod:
    """The pod with its defaults, and its quantities as they are stored."""
    spec = pod.spec
    filled = replace(
        spec,
        scheduler_name=spec.scheduler_name or DEFAULT_SCHEDULER,
        containers=[_container(spec, container) for container in spec.containers],
        init_containers=[_container(spec, container) for container in spec.init_containers],
        overhead=stored(spec.overhead),
        resources=_stored(spec.resources),
        volumes=[_volume(volume) for volume in spec.volumes],
    )
    return replace(pod, spec=filled)


def _container(spec: PodSpec, container: Container) -> Container:
    limits = container.resources.limits
    resources = Requirements(requests={**limits, **container.resources.requests}, limits=limits)
    return replace(
        container,
        resources=_stored(resources),
        ports=[_port(port, spec.host_network) for port in container.ports],
    )


def _stored(resources: Requirements) -> Requirements:
    return Requirements(requests=stored(resources.requests), limits=stored(resources.limits))


def _port(port: Port, host_network: bool) -> Port:
    host_port = port.host_port or (port.container_port if host_network else 0)
    return replace(port, host_port=host_port, protocol=port.protocol or "TCP")


def _volume(volume: Volume) -> Volume:
    """The fields that tell one disk from another, or a claim from another."""
    if volume.rbd and not volume.rbd.pool:
        return replace(volume, rbd=replace(volume.rbd, pool="rbd"))
    if volume.azure_disk and not volume.azure_disk.kind:
        return replace(volume, azure_disk=replace(volume.azure_disk, kind="Shared"))
    if not volume.ephemeral or not volume.ephemeral.volume_claim_template:
        return volume
    template = volume.ephemeral.volume_claim_template
    spec = replace(
        template.spec,
        volume_mode=template.spec.volume_mode or FILESYSTEM,
        resources=replace(
            template.spec.resources, requests=stored(template.spec.resources.requests)
        ),
    )
    return replace(
        volume,
        ephemeral=replace(volume.ephemeral, volume_claim_template=replace(template, spec=spec)),
    )
