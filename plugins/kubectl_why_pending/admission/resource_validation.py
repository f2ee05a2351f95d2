"""What the API itself refuses of a pod's resources: often a LimitRange's default limit below a request.

Mirrors validateResourceRequirements and validatePodResourceConsistency of pkg/apis/core/validation/validation.go.
"""

from collections.abc import Callable, Iterator

from kubectl_fieldkit.quantity import NANO, milli_value
from kubectl_why_pending.admission.pod_totals import (
    is_huge_pages,
    is_native,
    limits,
    may_be_overcommitted,
    of_containers,
    requests,
)
from kubectl_why_pending.admission.quantity import Amounts, Quantity, parse, parsed
from kubectl_why_pending.objects.pod import PodSpec, Requirements

QUALITY = ("cpu", "memory")  # what a pod's quality of service is judged by


def resource_errors(spec: PodSpec) -> list[str]:
    """Each error with the place of the field."""
    errors = list(_pod_errors(spec))
    for kind, containers in (
        ("containers", spec.containers),
        ("initContainers", spec.init_containers),
    ):
        for place, container in enumerate(containers):
            errors += _errors(container.resources, f"spec.{kind}[{place}].resources")
    return errors


def _errors(resources: Requirements, path: str) -> Iterator[str]:
    bound, asked = parsed(resources.limits), parsed(resources.requests)
    for name, quantity in bound.items():
        yield from _value_errors(name, quantity, f"{path}.limits[{name}]")
    for name, quantity in asked.items():
        yield from _value_errors(name, quantity, f"{path}.requests[{name}]")
        yield from _above_limit(name, quantity, bound.get(name), path)
    names = {*bound, *asked}
    if any(map(is_huge_pages, names)) and not names & set(QUALITY):
        yield f"{path}: Forbidden: HugePages require cpu or memory"


def _value_errors(name: str, quantity: Quantity, path: str) -> Iterator[str]:
    start = f'{path}: Invalid value: "{quantity}": '
    if quantity.nanos < 0:
        yield f"{start}must be greater than or equal to 0"
    if not is_native(name) and milli_value(quantity.nanos) % 1000:
        yield f"{start}must be an integer"
    if is_huge_pages(name) and not _is_whole_pages(name, quantity):
        yield f"{start}{quantity} is not positive integer multiple of {name}"


def _is_whole_pages(name: str, quantity: Quantity) -> bool:
    """IsHugePageResourceValueDivisible of pkg/apis/core/helper/helpers.go."""
    try:
        size = parse(name.removeprefix("hugepages-")).nanos
    except ValueError:
        return False
    return size > 0 and not size % NANO and not quantity.nanos % size


def _above_limit(name: str, quantity: Quantity, limit: Quantity | None, path: str) -> Iterator[str]:
    start = f'{path}.requests: Invalid value: "{quantity}": must be'
    if limit is None:
        if not may_be_overcommitted(name):
            yield f"{path}.limits: Required value: Limit must be set for non overcommitable resources"
    elif quantity.nanos != limit.nanos and not may_be_overcommitted(name):
        yield f"{start} equal to {name} limit of {limit}"
    elif quantity.nanos > limit.nanos:
        yield f"{start} less than or equal to {name} limit of {limit}"


def _pod_errors(spec: PodSpec) -> Iterator[str]:
    own, path = spec.resources, "spec.resources"
    yield from _errors(own, path)
    yield from _below_containers(
        (own.requests and of_containers(spec, requests)) or {},
        parsed(own.requests),
        f"{path}.requests",
        "requests",
        bool,
    )
    yield from _below_containers(
        (own.limits and of_containers(spec, limits)) or {},
        parsed(own.limits),
        f"{path}.limits",
        "limits",
        is_huge_pages,
    )
    bound = parsed(own.limits)
    for place, container in enumerate(spec.containers):
        for name, limit in parsed(container.resources.limits).items():
            if name in bound and limit.nanos > bound[name].nanos:
                yield (
                    f'{path}.containers[{place}][{name}].limits: Invalid value: "{limit}": '
                    f"must be less than or equal to pod limits of {bound[name]}"
                )


def _below_containers(
    total: Amounts, own: Amounts, path: str, part: str, counts: Callable[[str], bool]
) -> Iterator[str]:
    """Where the pod as a whole is given less than its containers together."""
    for name, quantity in total.items():
        if counts(name) and name in own and quantity.nanos > own[name].nanos:
            yield (
                f'{path}[{name}]: Invalid value: "{own[name]}": '
                f"must be greater than or equal to aggregate container {part} of {quantity}"
            )
