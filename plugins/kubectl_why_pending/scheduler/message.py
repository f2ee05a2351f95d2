"""The scheduler's sentence: FitError.Error of framework/types.go, in the words of the server's version."""

from kubectl_why_pending.scheduler.cycle import Verdict
from kubectl_why_pending.scheduler.filters.dynamic_resources import UNREACHABLE, DynamicResources
from kubectl_why_pending.scheduler.histogram import histogram
from kubectl_why_pending.scheduler.preemption import Forecast

NAME = DynamicResources.NAME
NO_NODES = "no nodes available to schedule pods"
NO_STATE = "not found"


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
    """What the PostFilter plugins say: DynamicResources since 1.34, then DefaultPreemption."""
    claims = _about_claims(verdict, minor) if minor >= 34 else ""
    if claims == NO_STATE:
        return claims
    preemption = f"preemption: {forecast.message}"
    return f"{claims}, {preemption}" if claims else preemption


def _about_claims(verdict: Verdict, minor: int) -> str:
    """What DynamicResources says; 1.37 keeps silent where it does nothing.

    Where an earlier plugin's PreFilter ended the cycle it has noted no state: it fails, and preemption is
    not tried.
    """
    prepared = verdict.prepared
    if prepared.ended_early and prepared.rejection and prepared.rejection.filter != NAME:
        return NO_STATE
    found = next((each for each in prepared.filters if isinstance(each, DynamicResources)), None)
    if found is None:
        return "no new claims to deallocate" if minor < 37 else ""
    refused = [n for n, no in verdict.rejections.items() if no.reasons == (UNREACHABLE,)]
    return found.lets_go(refused) or ("still not schedulable" if minor < 37 else "")
