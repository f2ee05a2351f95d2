"""`--who`: which workloads tolerate a taint; the scheduler is the judge."""

import msgspec
import pytest

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.objects.node import Taint
from kubectl_fieldkit.objects.pod import PodSpec
from kubectl_fieldkit.workloads import Workload
from kubectl_taints.pod_tolerations import tolerations_of
from kubectl_taints.tolerators import AnyTaint, parse_asked, who_tolerates
from tests.kubectl_taints import random_tolerations as given
from tests.lab.oracle import Oracle
from tests.seeds import cases, rng

TAINTS = [
    {"key": key, "value": value, "effect": effect}
    for key in given.KEYS
    for value in given.VALUES
    for effect in ("NoSchedule", "NoExecute")  # the two that a scheduler turns a pod away for
]


def _workloads(what: str, number: int) -> list[Workload]:
    random = rng(what)
    specs = [
        msgspec.convert({"tolerations": given.tolerations(random)}, PodSpec) for _ in range(number)
    ]
    return [Workload("apps", "Deployment", "d", f"w{i}", spec) for i, spec in enumerate(specs)]


def test_the_scheduler_agrees_in_both_directions(oracle: Oracle) -> None:
    """3,200 pairs: who is said to tolerate a taint gets onto a node that has it, and nobody else does."""
    workloads = _workloads("who", cases(100))
    nodes = [given.node(f"n{i}", [taint]) for i, taint in enumerate(TAINTS)]
    questions = [
        given.question(msgspec.to_builtins(tolerations_of(workload)), nodes)
        for workload in workloads
    ]
    fits = [set(answer.get("fits", [])) for answer in oracle.ask("schedule", questions)]
    for i, taint in enumerate(TAINTS):
        asked = parse_asked("{key}={value}:{effect}".format(**taint))
        ours = {found.name for found in who_tolerates(asked, workloads)}
        theirs = {w.name for w, fit in zip(workloads, fits, strict=True) if f"n{i}" in fit}
        assert ours == theirs, taint


def test_without_an_effect_it_is_any_of_them() -> None:
    """KEY=VALUE is whoever tolerates it under some effect; KEY whoever does so with some value."""
    workloads = _workloads("any effect", 200)

    def tolerating(*words: str) -> set[str]:
        return {f.name for word in words for f in who_tolerates(parse_asked(word), workloads)}

    for key in given.KEYS:
        of_key = {f"{key}={value}" for value in given.VALUES}
        assert tolerating(key) == tolerating(*of_key)
        for word in of_key:
            assert tolerating(word) == tolerating(*(f"{word}:{e}" for e in given.EFFECTS))


@pytest.mark.parametrize(
    ("word", "asked"),
    [
        ("gpu", AnyTaint("gpu")),
        ("gpu=", AnyTaint("gpu", "")),
        ("gpu=true", AnyTaint("gpu", "true")),
        ("gpu:NoSchedule", Taint(key="gpu", effect="NoSchedule")),
        ("a.b/gpu=x:NoExecute", Taint(key="a.b/gpu", value="x", effect="NoExecute")),
    ],
)
def test_words_become_what_is_asked(word: str, asked: object) -> None:
    """With an effect one taint as kubectl spells it, without one a set of them."""
    assert parse_asked(word) == asked
    assert str(asked) == word


@pytest.mark.parametrize(
    ("word", "error"),
    [
        ("g pu", "invalid taint spec: g pu (such as KEY, KEY=VALUE or KEY:NoSchedule)"),
        ("gpu=a=b", "invalid taint spec: gpu=a=b (such as KEY, KEY=VALUE or KEY:NoSchedule)"),
        (
            "gpu:Never",
            "invalid taint effect: Never, unsupported taint effect "
            "(one of NoSchedule, PreferNoSchedule, NoExecute)",
        ),
    ],
)
def test_what_is_no_taint_is_refused(word: str, error: str) -> None:
    """In kubectl's words."""
    with pytest.raises(UsageError) as caught:
        parse_asked(word)
    assert str(caught.value) == error
