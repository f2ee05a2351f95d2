"""Whether devices are plain: all of a driver alike, each given to one claim at a time."""

from collections.abc import Sequence

from kubectl_why_pending.objects.dynamic import DEVICE_TAINT_RULES, RESOURCE_SLICES, Device
from kubectl_why_pending.scheduler.cluster import Cluster, Undecided
from kubectl_why_pending.scheduler.devices.asking import Ask
from kubectl_why_pending.scheduler.devices.pools import is_settled

REPELLING = ("NoSchedule", "NoExecute")


def check_devices(asks: Sequence[Ask], cluster: Cluster) -> None:
    """Undecided where a device that the claims may get is not plain."""
    choices = [choice for ask in asks for need in ask.needs for choice in need.choices]
    if not choices:
        return
    _check_release(asks, cluster)
    if cluster.all(DEVICE_TAINT_RULES):
        raise Undecided("there are DeviceTaintRules, not worked out here")
    any_driver = any(choice.driver is None or choice.count is None for choice in choices)
    drivers = {choice.driver for choice in choices}
    for each in cluster.all(RESOURCE_SLICES):
        driver = each.spec.driver
        if not any_driver and driver not in drivers:
            continue
        if each.spec.shared_counters:
            raise Undecided(f"devices of {driver} share counters, not worked out here")
        for device in each.spec.devices:
            if oddity := _oddity(device):
                raise Undecided(f"device {device.name} of {driver} {oddity}, not worked out here")


def _check_release(asks: Sequence[Ask], cluster: Cluster) -> None:
    """What older allocators did otherwise, some of it by mistake."""
    several = (need.choices for ask in asks for need in ask.needs if len(need.choices) > 1)
    if cluster.minor < 36 and any(choice.count is None for each in several for choice in each):
        raise Undecided("alternatives that ask for all devices, before 1.36, not worked out here")
    if cluster.minor < 35 and not is_settled(cluster.all(RESOURCE_SLICES)):
        raise Undecided("a pool of devices is being changed, not worked out here before 1.35")


def _oddity(device: Device) -> str:
    if any(taint.effect in REPELLING for taint in device.taints):
        return "is tainted"
    if device.consumes_counters:
        return "is a part of another"
    return "is shared by claims" if device.allow_multiple_allocations else ""
