"""The oracle answers every verb, in order, however many questions there are."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lab.errors import LabError
from tests.lab.oracle import Oracle


def pod(name: str, **spec: Any) -> dict[str, Any]:
    """A small pod, with more of a spec if given."""
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "namespace": "default"},
        "spec": {"containers": [{"name": "web", "image": "web"}], **spec},
    }


def children() -> set[str]:
    """The ids of this process's children."""
    me = os.getpid()
    return set(Path(f"/proc/{me}/task/{me}/children").read_text().split())


def test_it_fills_in_defaults(oracle: Oracle) -> None:
    """`default` gives the object back as the API server would store it."""
    [answer] = oracle.ask("default", [pod("web")])
    assert answer["spec"]["restartPolicy"] == "Always"
    assert answer["spec"]["containers"][0]["imagePullPolicy"] == "Always"


def test_it_judges_pod_security(oracle: Oracle) -> None:
    """`psa` gives Pod Security's own words."""
    question = {"level": "baseline", "version": "v1.37", "object": pod("web", hostNetwork=True)}
    [answer] = oracle.ask("psa", [question])
    assert answer == {
        "allowed": False,
        "findings": [{"reason": "host namespaces", "detail": "hostNetwork=true"}],
        "text": "host namespaces (hostNetwork=true)",
    }


def test_it_schedules(oracle: Oracle) -> None:
    """`schedule` gives the scheduler's own sentence."""
    [answer] = oracle.ask("schedule", [{"pod": "default/web", "objects": [pod("web")]}])
    assert answer["message"] == "no nodes available to schedule pods"


def test_an_object_it_cannot_read_is_an_answer(oracle: Oracle) -> None:
    """A question that upstream refuses is answered with upstream's error, and the next one as usual."""
    refused, answered = oracle.ask("default", [{"kind": "Pod"}, pod("web")])
    assert refused == {"error": "Object 'apiVersion' is missing in '{\"kind\": \"Pod\"}'"}
    assert answered["metadata"]["name"] == "web"


def test_it_streams(oracle: Oracle) -> None:
    """Ten thousand questions come back in the order asked, and are not made before they can be taken."""
    made = 0

    def questions() -> Iterator[dict[str, Any]]:
        nonlocal made
        for made in range(10_000):
            yield pod(f"pod-{made}")

    answers = oracle.ask("default", questions())
    assert next(answers)["metadata"]["name"] == "pod-0"
    assert made < 9_999
    assert [answer["metadata"]["name"] for answer in answers][-1] == "pod-9999"


def test_it_can_be_left_early(oracle: Oracle) -> None:
    """Whoever has heard enough leaves, and no process stays."""
    before = children()
    answers = oracle.ask("default", (pod(f"pod-{n}") for n in range(10_000)))
    assert next(answers)["metadata"]["name"] == "pod-0"
    assert len(children() - before) == 1
    answers.close()
    assert children() == before


def test_it_says_why_it_fails(oracle: Oracle) -> None:
    """A verb that the program does not know ends in the program's own words."""
    with pytest.raises(LabError) as failure:
        list(oracle.ask("guess", []))  # type: ignore[arg-type]
    assert str(failure.value) == (
        "oracle guess: exit code 2\nusage: oracle schedule|psa|default < questions > answers\n"
    )
