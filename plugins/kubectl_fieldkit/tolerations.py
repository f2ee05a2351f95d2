"""Which toleration lets a pod stand which taint: component-helpers' and core/v1's own rules."""

from collections.abc import Iterable, Sequence

from kubectl_fieldkit.objects.node import Taint
from kubectl_fieldkit.objects.pod import Toleration

NO_SCHEDULE, PREFER_NO_SCHEDULE, NO_EXECUTE = "NoSchedule", "PreferNoSchedule", "NoExecute"
_INT64 = range(-(2**63), 2**63)


def tolerates_taint(
    toleration: Toleration, taint: Taint, enable_comparison_operators: bool = False
) -> bool:
    """Whether the toleration matches the taint.

    Mirrors Toleration.ToleratesTaint in k8s.io/api/core/v1/toleration.go. Lt and Gt count only
    with the gate TaintTolerationComparisonOperators (alpha and off from 1.35 to 1.37).
    """
    if toleration.effect and toleration.effect != taint.effect:
        return False
    if toleration.key and toleration.key != taint.key:
        return False
    if toleration.operator in ("", "Equal"):
        return toleration.value == taint.value
    if toleration.operator == "Exists":
        return True
    return enable_comparison_operators and _compare(toleration, taint)


def _compare(toleration: Toleration, taint: Taint) -> bool:
    wanted, there = _decimal_integer(toleration.value), _decimal_integer(taint.value)
    if wanted is None or there is None:
        return False
    if toleration.operator == "Lt":
        return there < wanted
    return toleration.operator == "Gt" and there > wanted


def _decimal_integer(text: str) -> int | None:
    """An int64 in its one canonical spelling: no sign but a minus, no leading zero, no -0."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()):
        return None
    number = int(text)
    return number if str(number) == text and number in _INT64 else None


def find_toleration(tolerations: Iterable[Toleration], taint: Taint) -> Toleration | None:
    """The first toleration in the pod's own order that matches: the one the controllers use."""
    return next((t for t in tolerations if tolerates_taint(t, taint)), None)


def by_comparison(taint: Taint, tolerations: Iterable[Toleration]) -> Toleration | None:
    """The Lt or Gt toleration that matches where the server has those operators switched on."""
    return next((t for t in tolerations if tolerates_taint(t, taint, True)), None)


def untolerated(taints: Iterable[Taint], tolerations: Sequence[Toleration]) -> list[Taint]:
    """The taints that keep the pod off the node, as the scheduler's TaintToleration filter sees it.

    PreferNoSchedule never keeps a pod off; it only makes other nodes look better.
    """
    return [
        taint
        for taint in taints
        if taint.effect != PREFER_NO_SCHEDULE and find_toleration(tolerations, taint) is None
    ]


def describe(toleration: Toleration) -> str:
    """A toleration in one short line, such as `key=value:NoExecute for 300s` or `any taint`."""
    if not toleration.key and toleration.operator == "Exists":
        what = f"any {toleration.effect} taint" if toleration.effect else "any taint"
    else:
        sign = {"Lt": "<", "Gt": ">", "Exists": ""}.get(toleration.operator, "=")
        value = "" if toleration.operator == "Exists" else f"{sign}{toleration.value}"
        what = f"{toleration.key}{value}" + (f":{toleration.effect}" if toleration.effect else "")
    seconds = toleration.toleration_seconds
    return what if seconds is None else f"{what} for {max(seconds, 0)}s"
