"""Admission is the live API server's own: what it stores, and why it refuses."""

from collections.abc import Iterator

import msgspec
import pytest

from kubectl_why_pending.admission import Draft, admit
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.scheduler.cluster import Lists
from tests.kubectl_why_pending.admission_live import (
    add_classes,
    add_namespace,
    fragments,
    read_lists,
    remove_classes,
    send,
    wait_until_seen,
)
from tests.kubectl_why_pending.admission_manifests import Manifests
from tests.lab.lab import Lab
from tests.seeds import cases, rng

NAMESPACES, PODS = [f"admission-{n}" for n in range(30)], 300


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
    outcomes = set()
    for number in range(cases(PODS)):
        pod = manifests.pod(NAMESPACES[number % len(NAMESPACES)])
        answer = send(lab, pod)
        ours = admit(Draft(msgspec.convert(pod, Pod)), lists)
        outcomes.add(_outcome(answer.message))
        if answer.message:
            assert [fragments(one) for one in ours.refusals[:1]] == [fragments(answer.message)], pod
        else:
            assert ours.refusals == (), pod
            assert ours.pod.spec == msgspec.convert(answer.pod, Pod).spec, pod
    assert outcomes >= {"", "exceeded quota", "failed quota", "usage per", "is invalid", "found"}


def _outcome(message: str) -> str:
    known = ("exceeded quota", "failed quota", "usage per", "is invalid", "found", "provided")
    return next((words for words in known if words in message), message)
