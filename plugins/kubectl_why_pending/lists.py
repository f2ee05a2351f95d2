"""Every kind of object that a verdict may need."""

from typing import Any

from kubectl_fieldkit.objects.namespace import NAMESPACES
from kubectl_fieldkit.objects.resource import Resource
from kubectl_why_pending.objects.budget import BUDGETS
from kubectl_why_pending.objects.dynamic import (
    DEVICE_CLASSES,
    DEVICE_TAINT_RULES,
    RESOURCE_CLAIMS,
    RESOURCE_SLICES,
)
from kubectl_why_pending.objects.node import NODES
from kubectl_why_pending.objects.pod import PODS
from kubectl_why_pending.objects.storage import (
    CLAIMS,
    CSI_CAPACITIES,
    CSI_DRIVERS,
    CSI_NODES,
    STORAGE_CLASSES,
    VOLUME_ATTACHMENTS,
    VOLUMES,
)

STORAGE: tuple[Resource[Any], ...] = (
    CLAIMS,
    VOLUMES,
    STORAGE_CLASSES,
    CSI_NODES,
    CSI_DRIVERS,
    CSI_CAPACITIES,
    VOLUME_ATTACHMENTS,
)
DEVICES: tuple[Resource[Any], ...] = (
    RESOURCE_CLAIMS,
    DEVICE_CLASSES,
    RESOURCE_SLICES,
    DEVICE_TAINT_RULES,
)
RESOURCES: tuple[Resource[Any], ...] = (NODES, PODS, NAMESPACES, BUDGETS, *STORAGE, *DEVICES)
