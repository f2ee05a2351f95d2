"""Defaulting is the API server's own, and drafts are what controllers make of templates."""

from typing import Any

import msgspec

from kubectl_why_pending.admission.defaulting import with_defaults
from kubectl_why_pending.admission.limit_ranger import container_defaults
from kubectl_why_pending.admission.quantity import stored
from kubectl_why_pending.objects.limit_range import LimitRange
from kubectl_why_pending.objects.pod import Pod, Requirements
from tests.kubectl_why_pending.admission_manifests import Manifests
from tests.lab.oracle import Oracle
from tests.seeds import cases, rng

PODS = 300


def test_defaults_are_upstreams(oracle: Oracle) -> None:
    """Every field that scheduling reads, on random pods, before admission."""
    manifests = Manifests(rng("admission defaults"))
    pods = [manifests.pod("default") for _ in range(cases(PODS))]
    for pod, answer in zip(pods, oracle.ask("default", pods), strict=True):
        ours = with_defaults(msgspec.convert(pod, Pod))
        assert ours.spec == msgspec.convert(answer, Pod).spec, pod


def test_the_defaults_of_limits_are_upstreams(oracle: Oracle) -> None:
    """A LimitRange that was not stored yet counts as if it were."""
    manifests = Manifests(rng("admission limits"))
    ranges = [manifests.limit_range("default") for _ in range(cases(PODS))]
    for limits, answer in zip(ranges, oracle.ask("default", ranges), strict=True):
        ours = msgspec.convert(limits, LimitRange).spec.limits[0]
        theirs = msgspec.convert(answer, LimitRange).spec.limits[0]
        filled = Requirements(requests=theirs.default_request, limits=theirs.default_limits)
        assert container_defaults(ours) == filled, limits


def test_a_quantity_is_spelled_as_upstream_spells_it(oracle: Oracle) -> None:
    """Random amounts in every unit, as a memory limit."""
    random = rng("admission quantities")
    texts = [_quantity(random) for _ in range(cases(2000))]
    questions = [_with_limit(text) for text in texts]
    for text, answer in zip(texts, oracle.ask("default", questions), strict=True):
        limits = answer["spec"]["containers"][0]["resources"]["limits"]
        assert stored({"memory": text}) == limits, text


def _quantity(random: Any) -> str:
    whole = random.choice(["", "0", "1", "10", str(random.randrange(10 ** random.randint(1, 9)))])
    fraction = random.choice(["", "", ".0", ".5", ".25", ".000", f".{random.randrange(10**6)}"])
    unit = random.choice(
        ["", "", "n", "u", "m", "k", "M", "G", "Ki", "Mi", "Gi", "Ti", "e3", "E2", "e-3", "e0"]
    )
    number = f"{whole}{fraction}"
    return f"{number if number.strip('.') else '7'}{unit}"


def _with_limit(text: str) -> dict[str, Any]:
    container = {"name": "c", "image": "x", "resources": {"limits": {"memory": text}}}
    return {"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [container]}}
