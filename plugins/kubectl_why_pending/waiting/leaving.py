"""How far a deleted pod is: deletionTimestamp is when its grace ends, not when it was deleted."""

from datetime import datetime, timedelta

from kubectl_fieldkit.ages import human_duration
from kubectl_why_pending.objects.pod import Pod


def leaving_since(pod: Pod, now: datetime) -> str:
    """`for 12s, 18s of its grace left` or `for 5m, 4m30s past its grace`; empty if it is not deleted."""
    ends = pod.metadata.deletion_timestamp
    if ends is None:
        return ""
    began = ends - timedelta(seconds=pod.metadata.deletion_grace_period_seconds or 0)
    left = (ends - now).total_seconds()
    rest = f"{human_duration(left)} of its grace left" if left > 0 else ""
    rest = rest or f"{human_duration(-left)} past its grace"
    return f"for {human_duration((now - began).total_seconds())}, {rest}"
