"""Admission is the live API server's own: what it stores, and why it refuses."""

from collections.abc import Iterator

import msgspec
import pytest
from msgspec.structs import replace

from kubectl_why_pending.admission import Draft, admit
from kubectl_why_pending.objects.pod import Container, Pod, PodMeta, PodSpec
from kubectl_why_pending.objects.storage import Claim
from kubectl_why_pending.scheduler.cluster import NEWEST, Lists
from tests.kubectl_why_pending.admission_live import (
    add_classes,
    add_namespace,
    fragments,
    read_lists,
    remove_classes,
    send,
    wait_until_seen,
)
from tests.kubectl_why_pending.admission_manifests import Manifests, Thing
from tests.lab.lab import Lab
from tests.seeds import cases, rng

NAMESPACES, PODS = [f"admission-{n}" for n in range(30)], 300
CLAIMS = 90
EARLIER = 100


@pytest.fixture(scope="module")
def manifests() -> Manifests:
    """The generator of limits and pods."""
    return Manifests(rng("admission live"))


@pytest.fixture(scope="module")
def lists(lab: Lab, manifests: Manifests) -> Iterator[Lists]:
    """Namespaces with limits and quotas, and classes, as they are stored."""
    add_classes(lab)
    for name in NAMESPACES:
        add_namespace(lab, name, manifests)
    wait_until_seen(lab, manifests.pod("default"))
    yield read_lists(lab)
    remove_classes(lab)


def test_the_server_would_store_the_same(lab: Lab, lists: Lists, manifests: Manifests) -> None:
    """Random pods with limits, classes and quotas: the stored spec, or the words of the refusal."""
    pods = [manifests.pod(NAMESPACES[n % len(NAMESPACES)]) for n in range(cases(PODS))]
    outcomes = {_outcome(agreed(lab, pod, lists)) for pod in pods}
    assert outcomes >= {"", "exceeded quota", "failed quota", "usage per", "is invalid", "found"}


@pytest.mark.parametrize(
    ("minor", "gates"),
    [
        (36, ["PodLevelResourcesFixDefaulting"]),
        (
            33,
            [
                "PodLevelResources",
                "PodLevelResourcesFixDefaulting",
                "PodLevelResourcesFixKubeletQOSClass",
                "InPlacePodLevelResourcesVerticalScaling",
                "MatchLabelKeysInPodTopologySpreadSelectorMerge",
            ],
        ),
    ],
)
def test_earlier_releases(programs: None, minor: int, gates: list[str]) -> None:
    """With the gates off that are not in that release, the server does as that release."""
    manifests = Manifests(rng(f"admission {minor}"))
    with Lab(feature_gates=[f"{gate}=false" for gate in gates]) as earlier:
        add_classes(earlier)
        pods = [manifests.pod("default") for _ in range(cases(EARLIER))]
        wait_until_seen(earlier, pods[0])
        lists = read_lists(earlier)
        assert "" in {agreed(earlier, pod, lists, minor) for pod in pods}


def agreed(lab: Lab, pod: Thing, lists: Lists, minor: int = NEWEST) -> str:
    """The server's refusal, if any, once ours is the same, and so is what is stored."""
    answer = send(lab, pod)
    ours = admit(Draft(msgspec.convert(pod, Pod)), lists, minor)
    if answer.message:
        assert [fragments(one) for one in ours.refusals[:1]] == [fragments(answer.message)], pod
    else:
        assert ours.refusals == (), pod
        assert ours.pod.spec == msgspec.convert(answer.thing, Pod).spec, pod
    return answer.message


def test_the_server_would_store_the_same_claims(
    lab: Lab, lists: Lists, manifests: Manifests
) -> None:
    """Random claims of a StatefulSet: the stored spec, or the words of the refusal."""
    pod = Pod(spec=PodSpec(containers=[Container(name="c")]))
    outcomes = set()
    for number in range(cases(CLAIMS)):
        namespace = NAMESPACES[number % len(NAMESPACES)]
        thing = manifests.claim(namespace)
        answer = send(lab, thing)
        claim = msgspec.convert(thing, Claim)
        in_it = replace(pod, metadata=PodMeta(name="p", namespace=namespace))
        ours = admit(Draft(in_it, (claim,)), lists)
        said = [one for one in ours.refusals if one.startswith("persistentvolumeclaims ")]
        assert [fragments(one) for one in said[:1]] == [
            fragments(one) for one in [answer.message] if one
        ], thing
        if answer.thing:
            assert ours.claims[0].spec == msgspec.convert(answer.thing, Claim).spec, thing
        outcomes.add(_outcome(answer.message))
    assert outcomes >= {"", "exceeded quota", "usage per"}


def _outcome(message: str) -> str:
    known = ("exceeded quota", "failed quota", "usage per", "is invalid", "found", "provided")
    return next((words for words in known if words in message), message)
