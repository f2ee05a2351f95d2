"""LimitRanger: defaults for containers, and bounds for containers, pods and claims.

Mirrors plugin/pkg/admission/limitranger/admission.go.
"""

from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from kubectl_fieldkit.quantity import milli_value, value
from kubectl_why_pending.admission.pod_totals import limits, of_containers, requests
from kubectl_why_pending.admission.quantity import (
    MAX_MILLI_VALUE,
    Amounts,
    Quantity,
    at_one_precision,
    parse,
    parsed,
    stored,
)
from kubectl_why_pending.objects.limit_range import LimitRange, LimitRangeItem
from kubectl_why_pending.objects.pod import Container, Pod, Quantities, Requirements
from kubectl_why_pending.objects.storage import Claim

CONTAINER, POD, CLAIM = "Container", "Pod", "PersistentVolumeClaim"
_ZERO = Quantity(0)


def with_limit_defaults(pod: Pod, ranges: Iterable[LimitRange]) -> Pod:
    """The pod whose containers have the defaults of each LimitRange; what is set first stays."""
    spec = pod.spec
    for limit_range in ranges:
        filled = _defaults(limit_range)
        spec = replace(
            spec,
            containers=[_filled(container, filled) for container in spec.containers],
            init_containers=[_filled(container, filled) for container in spec.init_containers],
        )
    return replace(pod, spec=spec)


def _defaults(limit_range: LimitRange) -> Requirements:
    asked: Quantities = {}
    bound: Quantities = {}
    for item in limit_range.spec.limits:
        if item.type == CONTAINER:
            own = container_defaults(item)
            asked |= own.requests
            bound |= own.limits
    return Requirements(requests=asked, limits=bound)


def container_defaults(item: LimitRangeItem) -> Requirements:
    """With those that follow from the bounds: SetDefaults_LimitRangeItem of pkg/apis/core/v1/defaults.go."""
    bound = {**item.max, **item.default_limits}
    asked = {**item.min, **bound, **item.default_request}
    return Requirements(requests=stored(asked), limits=stored(bound))


def _filled(container: Container, defaults: Requirements) -> Container:
    own = container.resources
    resources = Requirements(
        requests={**defaults.requests, **own.requests}, limits={**defaults.limits, **own.limits}
    )
    return replace(container, resources=resources)


def pod_violations(limit_range: LimitRange, pod: Pod) -> list[str]:
    """What of the pod is outside the LimitRange's bounds."""
    return [no for item in limit_range.spec.limits for no in _violations(item, pod)]


def _violations(item: LimitRangeItem, pod: Pod) -> Iterator[str]:
    if item.type == CONTAINER:
        for container in (*pod.spec.containers, *pod.spec.init_containers):
            own = container.resources
            yield from _outside(item, parsed(own.requests), parsed(own.limits))
    elif item.type == POD:
        yield from _outside(item, _total(pod, requests), _total(pod, limits))


def _total(pod: Pod, part: Callable[[Requirements], Quantities]) -> Amounts:
    """Without overhead; of what is given to the whole pod, only cpu and memory count."""
    total = of_containers(pod.spec, part)
    own = parsed(part(pod.spec.resources))
    return total | {name: own[name] for name in ("cpu", "memory") if name in own}


def _outside(item: LimitRangeItem, asked: Amounts, bound: Amounts) -> Iterator[str]:
    for name, least in parsed(item.min).items():
        yield from _below(item.type, name, least, asked.get(name), bound.get(name))
    for name, most in parsed(item.max).items():
        yield from _above(item.type, name, most, asked.get(name), bound.get(name))
    for name, ratio in parsed(item.max_limit_request_ratio).items():
        yield from _too_far_apart(item.type, name, ratio, asked.get(name), bound.get(name))


def _below(
    kind: str, name: str, least: Quantity, asked: Quantity | None, bound: Quantity | None
) -> Iterator[str]:
    """minConstraint; only its first complaint counts."""
    start = f"minimum {name} usage per {kind} is {least}"
    request, limit, enforced = at_one_precision(asked or _ZERO, bound or _ZERO, least)
    if asked is None:
        yield f"{start}.  No request is specified"
    elif request < enforced:
        yield f"{start}, but request is {asked}"
    elif bound is not None and limit < enforced:
        yield f"{start}, but limit is {bound}"


def _above(
    kind: str, name: str, most: Quantity, asked: Quantity | None, bound: Quantity | None
) -> Iterator[str]:
    """maxConstraint."""
    start = f"maximum {name} usage per {kind} is {most}"
    request, limit, enforced = at_one_precision(asked or _ZERO, bound or _ZERO, most)
    if bound is None:
        yield f"{start}.  No limit is specified"
    elif limit > enforced:
        yield f"{start}, but limit is {bound}"
    elif asked is not None and request > enforced:
        yield f"{start}, but request is {asked}"


def _too_far_apart(
    kind: str, name: str, most: Quantity, asked: Quantity | None, bound: Quantity | None
) -> Iterator[str]:
    """limitRequestRatioConstraint."""
    start = f"{name} max limit to request ratio per {kind} is {most}, but"
    request, limit, _ = at_one_precision(asked or _ZERO, bound or _ZERO, most)
    if not request:
        yield f"{start} no request is specified or request is 0"
    elif not limit:
        yield f"{start} no limit is specified or limit is 0"
    elif _is_above(limit / request, most):
        yield f"{start} provided ratio is {limit / request:f}"


def _is_above(ratio: float, most: Quantity) -> bool:
    if value(most.nanos) > MAX_MILLI_VALUE:
        return ratio > value(most.nanos)
    return ratio * 1000 > milli_value(most.nanos)


def claim_violations(limit_range: LimitRange, claim: Claim) -> list[str]:
    """What of the claim is outside the LimitRange's bounds; only its requests are looked at."""
    asked = parsed(claim.spec.resources.requests)
    items = [item for item in limit_range.spec.limits if item.type == CLAIM]
    return [no for item in items for no in _claim_outside(item, asked)]


def _claim_outside(item: LimitRangeItem, asked: Amounts) -> Iterator[str]:
    for name, least in parsed(item.min).items():
        yield from _below(CLAIM, name, least, asked.get(name), None)
    for name, quantity in item.max.items():
        most = parse(quantity)
        start = f"maximum {name} usage per {CLAIM} is {most}"
        if name not in asked:
            yield f"{start}.  No request is specified"
            continue
        request, enforced = at_one_precision(asked[name], most)
        if request > enforced:
            yield f"{start}, but request is {asked[name]}"
