"""Admission: the pod that the API server would make of a manifest, or why it would make none."""

from typing import Any

from kubectl_fieldkit.objects.resource import Resource
from kubectl_why_pending.admission.admit import Admitted, admit
from kubectl_why_pending.admission.daemon import pinned
from kubectl_why_pending.admission.draft import Draft, draft
from kubectl_why_pending.objects.limit_range import LIMIT_RANGES
from kubectl_why_pending.objects.priority_class import PRIORITY_CLASSES
from kubectl_why_pending.objects.quota import QUOTAS
from kubectl_why_pending.objects.runtime_class import RUNTIME_CLASSES

__all__ = ["ADMISSION", "Admitted", "Draft", "admit", "draft", "pinned"]

# What to read beside the claims and classes of storage; the first two of one namespace.
ADMISSION: tuple[Resource[Any], ...] = (LIMIT_RANGES, QUOTAS, PRIORITY_CLASSES, RUNTIME_CLASSES)
