"""The scheduler's sentence: FitError.Error of framework/types.go, in the words of the server's version."""

from kubectl_why_pending.scheduler.cycle import Verdict
from kubectl_why_pending.scheduler.histogram import histogram
from kubectl_why_pending.scheduler.preemption import Forecast

NO_NODES = "no nodes available to schedule pods"
NO_STATE = "not found"
DEVICES = "DynamicResources"  # which is loaded for pods that ask for devices


def fit_error(nodes: int, verdict: Verdict, forecast: Forecast, minor: int) -> str:
    """`0/N nodes are available: …`, and what preemption has to say; nothing for a pod that fits."""
    if not nodes:
        return NO_NODES
    if verdict.fits:
        return ""
    return f"0/{nodes} nodes are available:{_filters(nodes, verdict, minor)}" + _after(
        _post_filter(verdict, forecast, minor), minor
    )


def _filters(nodes: int, verdict: Verdict, minor: int) -> str:
    """A PreFilter that refuses all nodes speaks for itself since 1.26; before, it was counted by node."""
    if refusal := verdict.prepared.rejection:
        text = ", ".join(refusal.reasons)
        return f" {text}." if minor >= 26 else f" {nodes} {text}."
    reasons = histogram(verdict.rejections.values())
    return f" {reasons}." if reasons else ""


def _after(text: str, minor: int) -> str:
    """1.26 to 1.28 put a full stop after every part, also where one was."""
    if not text:
        return ""
    return f" {text}." if 26 <= minor <= 28 else f" {text}"


def _post_filter(verdict: Verdict, forecast: Forecast, minor: int) -> str:
    """What the PostFilter plugins say: DynamicResources since 1.34, then DefaultPreemption since 1.24.

    Preemption that finds room has the last word: since 1.37 it says so, before it said nothing.
    """
    claims = _about_claims(verdict, minor) if minor >= 34 else ""
    if claims == NO_STATE:
        return claims
    preemption = f"preemption: {forecast.message}" if minor >= 24 else ""
    if forecast.failed:
        return preemption  # an error leaves no room for what others said
    if forecast.candidates:
        return preemption if minor >= 37 else ""
    return ", ".join(filter(None, (claims, preemption)))


def _about_claims(verdict: Verdict, minor: int) -> str:
    """What DynamicResources says; since 1.37 nothing where it does nothing.

    Where an earlier plugin's PreFilter ended the cycle it has noted no state: it fails, and preemption is
    not tried.
    """
    prepared = verdict.prepared
    ended = prepared.rejection if prepared.ended_early else None
    if ended and ended.filter != DEVICES:
        return NO_STATE
    if not any(each.NAME == DEVICES for each in prepared.filters):
        return "no new claims to deallocate" if minor < 37 else ""
    from kubectl_why_pending.scheduler.filters.dynamic_resources import (
        UNREACHABLE,
        DynamicResources,
    )

    found = next(each for each in prepared.filters if isinstance(each, DynamicResources))
    refused = [name for name, no in verdict.rejections.items() if no.reasons == (UNREACHABLE,)]
    return found.lets_go(refused) or ("still not schedulable" if minor < 37 else "")
