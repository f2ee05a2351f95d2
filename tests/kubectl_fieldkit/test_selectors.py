"""Label selectors choose what the API server would choose."""

import json
from random import Random

import pytest

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.selectors import matches_fields, parse_labels
from tests.lab.lab import Lab
from tests.seeds import cases, rng

KEYS = ["app", "tier", "a.example/size"]
VALUES = ["", "1", "5", "1_0", "05", "web", "a-b"]


def _labels(random: Random) -> dict[str, str]:
    return {key: random.choice(VALUES) for key in KEYS if random.random() < 0.6}


def _clause(random: Random) -> str:
    key, value, other = random.choice(KEYS), random.choice(VALUES), random.choice(VALUES)
    return random.choice(
        [
            f"{key}={value}",
            f"{key}=={value}",
            f"{key} != {value}",
            f"{key} in ({value},{other})",
            f"{key} notin ({value}, {other})",
            key,
            f"!{key}",
            f"{key}>{random.choice('0239')}",
            f"{key}<{random.choice('0239')}",
        ]
    )


def test_the_server_agrees(lab: Lab) -> None:
    """Random selectors over random labels find the same objects as the API server's own list."""
    random = rng("selectors")
    things = {f"selected-{i}": _labels(random) for i in range(20)}
    items = [
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "labels": labels}}
        for name, labels in things.items()
    ]
    lab.kubectl("create", "namespace", "selectors")
    manifest = json.dumps({"apiVersion": "v1", "kind": "List", "items": items})
    lab.kubectl("create", "-n", "selectors", "-f", "-", input=manifest)
    for _ in range(cases(60)):
        selector = ",".join(_clause(random) for _ in range(random.choice([1, 1, 2, 3])))
        path = "/api/v1/namespaces/selectors/configmaps"
        answer = lab.api.send("GET", f"{path}?{_query(selector)}")
        theirs = {item["metadata"]["name"] for item in answer["items"]} - {"kube-root-ca.crt"}
        clauses = parse_labels(selector)
        ours = {name for name, labels in things.items() if all(c.matches(labels) for c in clauses)}
        assert ours == theirs, selector


def _query(selector: str) -> str:
    from urllib.parse import urlencode

    return urlencode({"labelSelector": selector})


@pytest.mark.parametrize("selector", ["a b", "a in", "a in b", "=x", "a=b=c", "(a)", "a,,b"])
def test_what_is_no_selector_is_refused(selector: str) -> None:
    """As the server would refuse it, with the clause that is wrong."""
    with pytest.raises(UsageError, match="is not a label selector"):
        parse_labels(selector)


def test_field_selectors() -> None:
    """Equal and not equal, all of them; an unknown path is a mistake of ours, and loud."""
    places = {"spec.nodeName": lambda thing: str(thing)}
    assert matches_fields("", places, "n")
    assert matches_fields("spec.nodeName=n", places, "n")
    assert matches_fields("spec.nodeName==n,spec.nodeName!=m", places, "n")
    assert not matches_fields("spec.nodeName!=n", places, "n")
    with pytest.raises(KeyError):
        matches_fields("status.phase=Running", places, "n")
    with pytest.raises(UsageError, match='"nonsense" is not a field selector'):
        matches_fields("nonsense", places, "n")
