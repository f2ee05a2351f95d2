"""--keep and --drop: paths in kubectl's JSONPath, with a star for any key or position."""

import pytest

from kubectl_fieldkit.errors import UsageError
from kubectl_neat.editing import Work
from kubectl_neat.patterns import Pattern
from kubectl_neat.removal import Path, spell


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("spec", ("spec",)),
        (
            "spec.template.spec.containers[*].image",
            ("spec", "template", "spec", "containers", "*", "image"),
        ),
        ("spec.containers[0].args[12]", ("spec", "containers", 0, "args", 12)),
        ("metadata.annotations['a.b/c']", ("metadata", "annotations", "a.b/c")),
        ('metadata.annotations["a.b/c"].x', ("metadata", "annotations", "a.b/c", "x")),
        (r"metadata.annotations.a\.b/c", ("metadata", "annotations", "a.b/c")),
        ("{.spec.replicas}", ("spec", "replicas")),
        (".spec.replicas", ("spec", "replicas")),
        ("metadata.labels.*", ("metadata", "labels", "*")),
        (r"data['it\'s']", ("data", "it's")),
    ],
)
def test_a_path_is_read(text: str, steps: Path) -> None:
    """In every spelling that kubectl has for it."""
    assert Pattern.parse(text).steps == steps


@pytest.mark.parametrize("text", ["", "{}", "a..b", "a[", "a[x]", "a[-1]", "['']", "a['b", "a]"])
def test_what_is_no_path_is_wrong_usage(text: str) -> None:
    """And says what a path looks like."""
    with pytest.raises(UsageError, match="path"):
        Pattern.parse(text)


@pytest.mark.parametrize(
    "path",
    [
        ("spec", "containers", 3, "image"),
        ("metadata", "annotations", "a.b/c'd\\e"),
        ("data", "with space", "[0]", "-x_y"),
    ],
)
def test_a_spelt_path_reads_back(path: Path) -> None:
    """What --explain prints is what --keep takes."""
    assert Pattern.parse(spell(path)).steps == path


def test_what_is_kept_is_the_place_and_all_above_and_below() -> None:
    """Else what holds it would go, and it with that."""
    pattern = Pattern.parse("spec.ports[*].nodePort")
    assert pattern.touches(("spec",))
    assert pattern.touches(("spec", "ports", 1))
    assert pattern.touches(("spec", "ports", 1, "nodePort", "below"))
    assert not pattern.touches(("spec", "ports", 1, "protocol"))
    assert not pattern.touches(("status",))


def test_what_is_dropped_is_every_match() -> None:
    """And nothing else."""
    work = Work({"spec": {"ports": [{"a": 1, "b": 2}, {"b": 3}, {"a": 4}]}, "a": 5})
    Pattern.parse("spec.ports[*].a").take(work)
    assert work.finish() == {"spec": {"ports": [{"b": 2}, {"b": 3}, {}]}, "a": 5}


def test_positions_are_those_of_the_object_as_it_was_read() -> None:
    """Items that went before do not shift the others."""
    work = Work({"l": ["a", "b", "c"]})
    Pattern.parse("l[0]").take(work)
    Pattern.parse("l[1]").take(work)
    assert work.finish() == {"l": ["c"]}
    assert work.paths == (("l", 0), ("l", 1))
