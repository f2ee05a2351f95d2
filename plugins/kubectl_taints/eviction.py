"""When a NoExecute taint makes the taint-eviction-controller delete a pod.

Mirrors processPodOnNode of k8s.io/kubernetes/pkg/controller/tainteviction/taint_eviction.go. It is
a plain delete, not an eviction: PodDisruptionBudgets are not asked.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from kubectl_fieldkit.objects.node import Taint
from kubectl_fieldkit.objects.pod import Toleration
from kubectl_fieldkit.tolerations import NO_EXECUTE, find_toleration


def seconds_to_stay(taints: Sequence[Taint], tolerations: Sequence[Toleration]) -> int | None:
    """How long the pod may stay once the controller sees the taints; 0 is not at all, None for ever.

    For each NoExecute taint the first toleration that matches is the one used; the shortest
    tolerationSeconds among those used decides.
    """
    used = [find_toleration(tolerations, taint) for taint in taints if taint.effect == NO_EXECUTE]
    limits = [t.toleration_seconds for t in used if t and t.toleration_seconds is not None]
    if None in used:
        return 0
    return max(min(limits), 0) if limits else None


def deletion_time(taints: Sequence[Taint], tolerations: Sequence[Toleration]) -> datetime | None:
    """When the controller deletes the pod, as far as `timeAdded` tells; None: never, or not known.

    The taints are taken in the order they came. A deletion that is already due is not moved by a
    later taint, unless that taint is not tolerated at all or all of them are tolerated for ever.
    The controller counts from when it saw a taint, and anew after a restart.
    """
    executing = [taint for taint in taints if taint.effect == NO_EXECUTE]
    if any(taint.time_added is None for taint in executing):
        return None
    due: datetime | None = None
    present: list[Taint] = []
    for moment, arrivals in groupby(sorted(executing, key=_time_added), key=_time_added):
        if due is not None and due <= moment:
            break
        present += arrivals
        if any(find_toleration(tolerations, taint) is None for taint in present):
            return moment
        seconds = seconds_to_stay(present, tolerations)
        if seconds is None:
            due = None
        elif due is None:
            due = moment + timedelta(seconds=seconds)
    return due


def latest_deletion(
    taints: Sequence[Taint], tolerations: Sequence[Toleration], written: datetime | None
) -> datetime | None:
    """A moment that the deletion is not after; `written` is when the list of taints was changed last.

    No taint came after that. With several, the first deadline stands, and which came first is not
    known: the bound is the last possible arrival and the longest time that any toleration used gives.
    """
    executing = [taint for taint in taints if taint.effect == NO_EXECUTE]
    arrivals = [taint.time_added or written for taint in executing]
    used = [find_toleration(tolerations, taint) for taint in executing]
    limits = [t.toleration_seconds for t in used if t and t.toleration_seconds is not None]
    known = [arrival for arrival in arrivals if arrival is not None]
    if not limits or None in used or len(known) < len(arrivals):
        return None
    return max(known) + timedelta(seconds=max(limits))


def _time_added(taint: Taint) -> datetime:
    assert taint.time_added is not None  # the caller has looked
    return taint.time_added
