"""Whether defaults are taken away rightly, judged by upstream's own defaulting.

Upstream fills an object in, we take the defaults away, upstream fills it in again: the two must be equal
(nothing is lost), and must differ as soon as one more leaf is taken away (nothing is left).
"""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from kubectl_neat.defaults import read_table, take_defaults
from kubectl_neat.editing import Work
from tests.kubectl_neat.random_objects.requiring import is_required
from tests.kubectl_neat.random_objects.shrinking import leaves, remove, spell
from tests.lab.oracle import Oracle

Tree = dict[str, Any]
NEWEST = 37
# Kept though the server would fill them in: without them a reader would not see what the object says.
KEPT = {"emptyDir", "podSelector", "apiGroup", "revision", "value", "spec"}
# Taken away by a rule of `added`, not of the defaults.
KEPT |= {"kubernetes.io/metadata.name"}
# Required by an earlier release's schema.
KEPT |= {"deviceClassName", "status"}

CLOCK = "timeAdded"


def faults(oracle: Oracle, questions: list[Tree], release: int = NEWEST) -> list[list[str]]:
    """What is wrong with each object."""
    whole = filled(oracle, filled(oracle, questions))  # when it is written, and when it is read
    neat = [taken(tree, release) for tree in whole]
    found = [
        [f"lost: {neat!r} is filled in as {again!r}, not as {tree!r}"] * (again != tree)
        for tree, neat, again in zip(whole, neat, filled(oracle, neat), strict=True)
    ]
    trials = [(at, path) for at, tree in enumerate(neat) for path in leaves(tree)]
    without = (_without(neat[at], path) for at, path in trials)
    for (at, path), again in zip(trials, filled(oracle, without), strict=True):
        is_kept = path[-1] in KEPT or is_required(neat[at], path) or _is_of_job(neat[at], path)
        if again == whole[at] and not is_kept:
            found[at].append(f"left: {spell(path)}")
    return found


def _is_of_job(tree: Tree, path: tuple[str | int, ...]) -> bool:
    """A Job's labels: what defaulting copies of the template is not yet what the server stores."""
    return tree["kind"] == "Job" and path[:2] == ("metadata", "labels")


def filled(oracle: Oracle, trees: Iterable[Tree]) -> list[Tree]:
    """As the server fills them in: without nulls, its clock, and the status that no user writes."""
    answers = oracle.ask("default", trees)
    return [
        {key: value for key, value in _plain(tree).items() if key != "status"} for tree in answers
    ]


def _plain(tree: Any) -> Any:
    if isinstance(tree, dict):
        kept = {k: _plain(v) for k, v in tree.items() if v is not None and k != CLOCK}
        return kept | _converted(kept)
    return [_plain(item) for item in tree] if isinstance(tree, list) else tree


def _converted(tree: Tree) -> Tree:
    """A pod's two names of its account: before 1.35 a conversion, which `oracle default` does not do, kept them alike."""
    account = tree.get("serviceAccountName") or tree.get("serviceAccount")
    if not account or "containers" not in tree:
        return {}
    return {"serviceAccountName": account, "serviceAccount": account}


def taken(tree: Tree, release: int = NEWEST) -> Tree:
    """The object without its defaults."""
    shape = read_table(release).shape(tree["apiVersion"], tree["kind"])
    assert shape
    work = Work(tree)
    take_defaults(work, shape)
    return work.finish()


def _without(tree: Tree, path: tuple[str | int, ...]) -> Tree:
    rest = deepcopy(tree)
    remove(rest, path)
    return rest
