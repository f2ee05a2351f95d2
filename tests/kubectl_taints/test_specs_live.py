"""The grammar of taints against the API server's own rules, and kubectl's parser."""

from random import Random
from typing import Any

import pytest

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.objects.node import Taint
from kubectl_taints.specs import EFFECTS, parse_taint, taints_to_add
from tests.lab.api import MERGE_PATCH, ApiError
from tests.lab.lab import Lab
from tests.seeds import cases, rng

NODE = "specs-0"
# What stands at the edge of each rule: alphabets, both ends, lengths, prefixes.
NAMES = [
    "a",
    "A",
    "0",
    "a-b",
    "a_b.c",
    "-a",
    "a-",
    "_",
    ".a",
    "a.",
    "",
    "ä",
    "a b",
    "a" * 63,
    "a" * 64,
]
PREFIXES = [
    "ex.io",
    "a",
    "a.b.c",
    "A.io",
    "a_b.io",
    "-a.io",
    "a..b",
    "",
    "a." * 126 + "a",
    "a." * 127,
]
VALUES = ["", "x", "X_y.z-1", "-x", "x-", "x/y", "ü", "x y", "1" * 63, "1" * 64, "true"]
OTHER_EFFECTS = ["", "noschedule", "NoSchedule ", "NoScheduled", "Exists"]


@pytest.fixture(scope="module")
def cluster(lab: Lab) -> Lab:
    """The shared control plane with a node that is only asked in dry runs."""
    lab.add_node(NODE)
    return lab


def any_taint(rand: Random) -> tuple[str, str, str]:
    """A key, a value and an effect: right, or wrong in one place or more."""
    prefix = f"{rand.choice(PREFIXES)}/" if rand.random() < 0.4 else ""
    key = prefix + (rand.choice(NAMES[:5]) if rand.random() < 0.6 else rand.choice(NAMES))
    value = rand.choice(VALUES[:3]) if rand.random() < 0.6 else rand.choice(VALUES)
    return key, value, rand.choice(OTHER_EFFECTS if rand.random() < 0.15 else EFFECTS)


def spell(key: str, value: str, effect: str) -> str:
    """The taint as one types it."""
    return f"{key}={value}:{effect}" if value else f"{key}:{effect}"


def parsed(spec: str) -> Taint | None:
    """What the plugin makes of it; None where it refuses."""
    try:
        return parse_taint(spec)
    except UsageError:
        return None


def server_takes(lab: Lab, taint: dict[str, str]) -> bool:
    """Whether the API server would let a node have the taint."""
    body: dict[str, Any] = {"spec": {"taints": [taint]}}
    try:
        lab.api.send("PATCH", f"/api/v1/nodes/{NODE}?dryRun=All", body, MERGE_PATCH)
    except ApiError as err:
        assert err.code == 422
        return False
    return True


def test_the_server_takes_what_the_plugin_takes(cluster: Lab) -> None:
    """Random keys, values and effects, put to the server field by field."""
    rand = rng("taint specs")
    accepted = 0
    for _ in range(cases(360)):
        key, value, effect = any_taint(rand)
        taint = parsed(spell(key, value, effect))
        assert taint in (None, Taint(key, effect, value))
        theirs = server_takes(cluster, {"key": key, "value": value, "effect": effect})
        assert (taint is not None) == theirs, (key, value, effect)
        accepted += theirs
    assert cases(90) < accepted < cases(270)


def any_words(rand: Random) -> str:
    """A taint with the marks of the grammar where they should be, or anywhere."""
    spec = spell(*any_taint(rand))
    if rand.random() < 0.3:
        at = rand.randrange(len(spec) + 1)
        spec = spec[:at] + rand.choice(":=/-") + spec[at:]
    return spec


def test_kubectl_takes_what_the_plugin_takes(cluster: Lab) -> None:
    """Random words: kubectl's own parser refuses the same ones, and takes the rest all at once."""
    rand = rng("taint words")
    taken: dict[tuple[str, str], str] = {}
    refused = set()
    for _ in range(cases(150)):
        spec = any_words(rand)
        if spec.endswith("-"):
            continue  # a removal, which `add` does not take
        try:
            (taint,) = taints_to_add([spec])
        except UsageError:
            refused.add(spec)
        else:
            taken[taint.key, taint.effect] = spec
    assert (len(taken) > 20, len(refused) > 30) == (True, True)
    assert _kubectl(cluster, *taken.values()).returncode == 0
    for spec in sorted(refused):
        done = _kubectl(cluster, spec)
        assert (done.returncode, "error: " in done.stderr) == (1, True), spec


def _kubectl(lab: Lab, *specs: str) -> Any:
    return lab.kubectl("taint", "--dry-run=client", "--", "node", NODE, *specs, check=False)
