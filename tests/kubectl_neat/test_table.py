"""The table of defaults is upstream's, and says how older releases differ."""

import json
from typing import Any

import msgspec
import pytest

from kubectl_neat.defaults import read_table
from kubectl_neat.defaults.rules import RULES
from kubectl_neat.defaults.table import NEWEST, OLDEST
from tests.kubectl_neat.generating import FILE, make_table, merge
from tests.lab.lab import Lab
from tests.lab.oracle import Oracle


def test_the_table_is_what_upstream_fills_in(lab: Lab, oracle: Oracle) -> None:
    """Made again from the lab's own OpenAPI and the oracle, every type that the lab serves is the same."""
    places = json.loads(lab.kubectl("get", "--raw", "/openapi/v3").stdout)["paths"]
    urls = [place["serverRelativeURL"] for place in places.values()]
    specs = [json.loads(lab.kubectl("get", "--raw", url).stdout) for url in urls]
    made, kept = merge({"37": make_table(specs, oracle)}), json.loads(FILE.read_text())
    assert len(made["types"]) > 150
    assert made["kinds"].items() <= kept["kinds"].items()
    assert _unlike(made["types"], kept["types"]) == []


def _unlike(made: dict[str, Any], kept: dict[str, Any]) -> list[str]:
    """The types whose defaults differ; what an older release required is not in the table."""
    return [
        name
        for name, each in made.items()
        for there in [kept.get(name, {"defaults": {}, "required": list(each["defaults"])})]
        if there["defaults"]
        != {f: v for f, v in each["defaults"].items() if f not in there["required"]}
    ]


def test_every_rule_is_reached() -> None:
    """A rule for a type that no kind leads to would never run."""
    types = json.loads(FILE.read_text())["types"]
    reached = {name for name in types if name in RULES}
    assert set(RULES) - reached <= {name for name in RULES if name.startswith("resource.")}


@pytest.mark.parametrize("release", range(OLDEST, NEWEST + 1))
def test_each_release_has_its_own_defaults(release: int) -> None:
    """maxUnavailable of a StatefulSet is filled in from 1.37 on, where its gate is on."""
    shape = read_table(release).shape("apps/v1", "StatefulSet")
    assert shape
    strategy = shape.fields["spec"][1].defaults["updateStrategy"]
    has_field = "maxUnavailable" in strategy["rollingUpdate"]
    assert has_field is (release >= 37)


def test_an_unknown_release_is_the_nearest_one() -> None:
    """Older ones are the oldest, newer ones the newest."""
    kinds = [("apps/v1", "StatefulSet"), ("v1", "Pod"), ("storage.k8s.io/v1", "CSIDriver")]
    for unknown, nearest in ((20, OLDEST), (99, NEWEST)):
        for kind in kinds:
            one, other = read_table(unknown).shape(*kind), read_table(nearest).shape(*kind)
            assert one
            assert other
            assert msgspec.to_builtins(one.defaults) == msgspec.to_builtins(other.defaults)
