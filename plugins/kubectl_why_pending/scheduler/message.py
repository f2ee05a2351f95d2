"""The scheduler's sentence: FitError.Error of framework/types.go, in the words of the server's version."""

from kubectl_why_pending.scheduler.cycle import Verdict
from kubectl_why_pending.scheduler.histogram import histogram
from kubectl_why_pending.scheduler.preemption import Forecast

NO_NODES = "no nodes available to schedule pods"


def fit_error(nodes: int, verdict: Verdict, forecast: Forecast, minor: int) -> str:
    """`0/N nodes are available: …`, and what preemption has to say; nothing for a pod that fits."""
    if not nodes:
        return NO_NODES
    if verdict.fits:
        return ""
    pre_filter = verdict.prepared.rejection
    reasons = (
        ", ".join(pre_filter.reasons) if pre_filter else histogram(verdict.rejections.values())
    )
    text = f"0/{nodes} nodes are available:" + (f" {reasons}." if reasons else "")
    after = _post_filter(verdict, forecast, minor)
    return f"{text} {after}" if after else text


def _post_filter(verdict: Verdict, forecast: Forecast, minor: int) -> str:
    """What the PostFilter plugins say: DynamicResources, then DefaultPreemption.

    Since 1.34 DynamicResources has one; where PreFilter ended before it could note its state it fails with
    `not found`, and preemption is not tried.
    """
    if verdict.prepared.ended_early and minor >= 34:
        return "not found"
    if forecast.candidates and minor < 37:
        return ""  # a preemption that finds room had no text before 1.37
    if minor < 34 or forecast.failed:
        return f"preemption: {forecast.message}"
    claims = "no new claims to deallocate, " if minor < 37 else ""
    return f"{claims}preemption: {forecast.message}"
