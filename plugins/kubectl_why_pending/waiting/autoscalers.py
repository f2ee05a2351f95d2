"""What autoscalers say of a pod: beside the scheduler's words, and never taken for them."""

from collections.abc import Sequence
from datetime import datetime

from kubectl_why_pending.objects.event import Event
from kubectl_why_pending.waiting.evidence import in_words

COMPONENTS = ("cluster-autoscaler", "karpenter")
REASONS = ("NotTriggerScaleUp", "TriggeredScaleUp", "ScaleUpTimedOut", "NominatedByKarpenter")


def autoscalers(events: Sequence[Event], now: datetime) -> tuple[str, ...]:
    """The newest word of each reason; Karpenter's FailedScheduling is its own, by its component."""
    newest = {
        (event.said_by, event.reason): event
        for event in events
        if event.said_by.startswith(COMPONENTS) or event.reason in REASONS
    }
    return tuple(f"autoscaler: {in_words(event, now)}" for event in newest.values())
