"""The words for workloads mean what they mean to kubectl."""

import re

import pytest

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.targets import SHORT_NAMES, WITH_PODS, Target, parse_targets
from tests.lab.lab import Lab

BY_PLURAL = {resource.plural: resource for resource in WITH_PODS}


def _spellings() -> list[str]:
    words = list(SHORT_NAMES)
    for resource in WITH_PODS:
        kind, group = resource.kind.lower(), f".{resource.group}" if resource.group else ""
        words += [resource.plural, kind, resource.kind, kind.upper()]
        words += [f"{resource.plural}{group}", f"{kind}{group}", f"{kind}.v1{group or '.'}"]
    return sorted(set(words))


def test_kubectl_agrees_on_every_spelling(lab: Lab) -> None:
    """Plural, singular, kind, short name, group and version lead to the resource that kubectl asks for."""
    words = _spellings()
    asked = lab.kubectl("get", *(f"{word}/no-such" for word in words), check=False).stderr
    theirs = re.findall(r'\(NotFound\): (\S+) "no-such" not found', asked)
    assert len(theirs) == len(words), asked
    for word, answer in zip(words, theirs, strict=True):
        (target,) = parse_targets([f"{word}/no-such"])
        assert answer.partition(".")[0] == target.resource.plural, word


@pytest.mark.parametrize(
    ("words", "targets"),
    [
        ("pod/x", ["pods x"]),
        ("deploy/web", ["deployments web"]),
        ("deploy web", ["deployments web"]),
        ("deploy web api", ["deployments web", "deployments api"]),
        ("deploy,sts web", ["deployments web", "statefulsets web"]),
        ("deployment.apps/web pod/x", ["deployments web", "pods x"]),
        ("po/x pod/x pods/x", ["pods x"]),
        ("cronjob.batch/n job.v1.batch/n", ["cronjobs n", "jobs n"]),
    ],
)
def test_words_become_targets(words: str, targets: list[str]) -> None:
    """In their order, each once; also what `-o name` prints."""
    pairs = [target.split() for target in targets]
    expected = tuple(Target(BY_PLURAL[plural], name) for plural, name in pairs)
    assert parse_targets(words.split()) == expected


def test_a_target_is_spelled_as_kubectl_prints_it() -> None:
    """With the group behind the kind."""
    assert [str(target) for target in parse_targets(["po/x", "cj/y"])] == [
        "pod/x",
        "cronjob.batch/y",
    ]


@pytest.mark.parametrize(
    "words", ["deploy/web api", "deploy/", "/web", "deploy/a/b", "pod/x y/", "deploy/ x", "po,cj/x"]
)
def test_wrong_words_are_refused_in_kubectls_words(lab: Lab, words: str) -> None:
    """Letter by letter, as `kubectl get` refuses them."""
    theirs = lab.kubectl("get", *words.split(), check=False).stderr
    with pytest.raises(UsageError) as caught:
        parse_targets(words.split())
    assert f"error: {caught.value}\n" == theirs


def test_a_kind_without_a_name_is_refused_in_kubectls_words(lab: Lab) -> None:
    """As `kubectl delete` refuses it: all of a kind is not meant by accident."""
    theirs = lab.kubectl("delete", "deploy", check=False).stderr
    with pytest.raises(UsageError) as caught:
        parse_targets(["deploy"])
    assert f"error: {caught.value}\n" == theirs


@pytest.mark.parametrize(
    "word", ["node", "foo", "deploy.batch", "deployments.v2.apps", "po.v1", "po.v1."]
)
def test_what_has_no_pods_is_refused(word: str) -> None:
    """With the kinds to choose from."""
    with pytest.raises(UsageError) as caught:
        parse_targets([f"{word}/x"])
    assert str(caught.value) == (
        f'the server doesn\'t have a resource type "{word}" with pods (pod, deployment, statefulset, '
        "daemonset, replicaset, replicationcontroller, job, cronjob, podtemplate)"
    )
