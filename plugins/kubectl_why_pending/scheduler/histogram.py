"""Reasons and how often each was given, as the scheduler lists them."""

from collections import Counter
from collections.abc import Iterable

from kubectl_why_pending.scheduler.filter import Rejection


def histogram(rejections: Iterable[Rejection]) -> str:
    """`10 Insufficient cpu, 2 node(s) were unschedulable`: sorted as text, each reason of a node counted."""
    counts = Counter(reason for rejection in rejections for reason in rejection.reasons)
    return ", ".join(sorted(f"{count} {reason}" for reason, count in counts.items()))
