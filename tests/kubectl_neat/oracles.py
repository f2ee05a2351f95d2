"""Seven questions about a neat object, each answered with complaints: an empty list is a pass.

`live` is what the server gave, `tree` what neat made of it, `server` the lab's (`dry_server.DryServer`).

    O1 lost(server, live, tree)      the server makes of the neat object what it was
    O2 left(server, tree)            the server would fill in nothing that is still there
    O3 unlike(manifest, live, tree)  the neat object is what was written
    O4 reshaped(live, tree)          the neat object is a part of the live one, in its order
    O5 moving(neat, tree)            neat of neat is neat
    O6 misread(kubectl, pairs)       what kubectl reads from our text is the object
    O7 changed(kubectl, trees)       applying the neat objects to their own cluster changes nothing

What may differ between two objects of one manifest is told in `norm`, independently of the plugin.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from tests.kubectl_neat.dry_server import DryServer, Refusal
from tests.kubectl_neat.norm import norm
from tests.lab.kubectl import Kubectl

Tree = dict[str, Any]
Path = tuple[str | int, ...]

# What stays though the server would fill it in (Kind/path), with the reason.
KEPT: tuple[tuple[str, str], ...] = (
    (r"\w+/(apiVersion|kind|metadata(/name(space)?)?)", "it says which object this is"),
    (r"\w+/(.*/)?volumes/\d+/emptyDir", "the kind of a volume is said, not left open"),
    (r"\w+/(.*/)?storageClassName", "which class is the default is the cluster's matter"),
    (r"Ingress/spec/ingressClassName", "which class is the default is the cluster's matter"),
    (r"(Cluster)?RoleBinding/roleRef/apiGroup", "kubectl asks for what the schema requires"),
    *(
        (path, "a schema of Kubernetes 1.31 to 1.37 requires it")
        for path in (
            r"\w+/(.*/)?iscsi/lun",
            r"(Cluster)?RoleBinding/roleRef/apiGroup",
            r"(DeviceClass|ResourceClaim|ResourceClaimTemplate|CSIDriver|CSINode|NetworkPolicy)/spec",
            r"CSIDriver/spec/tokenRequests/\d+/audience",
            r"ControllerRevision/revision",
            r"CustomResourceDefinition/spec/versions/\d+/(served|storage)",
            r"Field/spec/template/(apiVersion|kind)",
            r"(Cron)?Job/spec/(jobTemplate/spec/)?podFailurePolicy/rules/\d+/onPodConditions/\d+/status",
            r"NetworkPolicy/spec/podSelector",
            r"PriorityClass/value",
            r"ResourceClaimTemplate/spec/spec",
            r"ResourceSlice/spec/pool/generation",
        )
    ),
)
_KEPT = re.compile("|".join(f"(?:{path})" for path, _ in KEPT))


def lost(server: DryServer, live: Tree, tree: Tree) -> list[str]:
    """O1: what the server makes of the neat object differs from the live one."""
    try:
        made = server.create(tree)
    except Refusal as refusal:
        return [f"the server refuses it: {refusal}"]
    return list(differences(norm(live, tree), norm(made, tree)))


def left(
    server: DryServer,
    tree: Tree,
    is_required: Callable[[Tree, Path], bool] = lambda tree, path: False,
) -> list[str]:
    """O2: the server fills these in by itself, so they could go, but for what a schema requires."""
    try:
        whole = norm(server.create(tree), tree)
    except Refusal as refusal:
        return [f"the server refuses it: {refusal}"]
    return [
        f"{_spell(path)}: {_at(tree, path)!r}"
        for path in _paths(tree)
        if not _KEPT.fullmatch(_spell((tree["kind"], *path)))
        and not is_required(tree, path)
        and _is_filled_in(server, tree, path, whole)
    ]


def _is_filled_in(server: DryServer, tree: Tree, path: Path, whole: Tree) -> bool:
    try:
        made = server.create(without(tree, path))
    except Refusal:
        return False
    return norm(made, tree) == whole


def unlike(manifest: Tree, live: Tree, tree: Tree) -> list[str]:
    """O3: what the neat object says and the manifest does not, and the other way round.

    Where the server keeps a value in another spelling, or not at all, nobody can give back what was written.
    """
    return list(differences(as_stored(manifest, live), tree))


def as_stored(written: Any, live: Any) -> Any:
    """The manifest in the words in which the server keeps it."""
    if isinstance(written, dict) and isinstance(live, dict):
        kept = [key for key in live if key in written and not _is_forgotten(written, live, key)]
        return {key: as_stored(written[key], live[key]) for key in kept}
    if isinstance(written, list) and isinstance(live, list):
        return [as_stored(*pair) for pair in zip(written, live, strict=False)]
    return live


def _is_forgotten(written: Tree, live: Tree, key: str) -> bool:
    """Whether the server keeps nothing of an empty value, or fills it in where null was written."""
    return (live[key] is None) is not (written[key] is None)


def reshaped(live: Any, tree: Any) -> list[str]:
    """O4: the neat object is not a part of the live one, with its values, types and order."""
    return [] if _is_part(tree, live) else ["not a part of the live object"]


def _is_part(part: Any, whole: Any) -> bool:
    if type(part) is not type(whole):
        return False
    if isinstance(part, dict):
        kept = [key for key in whole if key in part]
        return list(part) == kept and all(_is_part(part[key], whole[key]) for key in kept)
    if isinstance(part, list):
        return _is_row(part, whole)
    return bool(part == whole)


def _is_row(part: list[Any], whole: list[Any]) -> bool:
    """Whether the items are, in order, parts of items of the whole."""
    if not part:
        return True
    return any(
        _is_part(part[0], item) and _is_row(part[1:], whole[place + 1 :])
        for place, item in enumerate(whole[: len(whole) - len(part) + 1])
    )


def moving(neat: Callable[[Tree], Tree], tree: Tree) -> list[str]:
    """O5: what a second pass takes away, of the object and of what JSON makes of it."""
    return [
        *differences(tree, neat(tree)),
        *differences(tree, neat(json.loads(json.dumps(tree)))),
    ]


def misread(kubectl: Kubectl, pairs: Sequence[tuple[Tree, str]]) -> list[str]:
    """O6: where kubectl reads from our text another object than the one that was written; many in one process."""
    text = "---\n".join(text for _, text in pairs)
    answer = kubectl(
        "patch", "--local", "-f", "-", "-o", "json", "--type=merge", "-p", "{}", input=text
    )
    read = list(_json_documents(answer.stdout))
    if len(read) != len(pairs):
        return [f"{len(pairs)} documents were written and {len(read)} read"]
    return [
        f"{title(tree)}: {complaint}"
        for (tree, _), back in zip(pairs, read, strict=True)
        for complaint in differences(tree, back)
    ]


# What `kubectl diff` of the very manifest reports as well, with the reason.
UNTOLD: tuple[tuple[str, str], ...] = (
    ("Node", "controllers add to a list that is applied as a whole"),
    ("ControllerRevision", "raw bytes are compared"),
    ("DeviceClass", "raw bytes are compared"),
    ("Field", "apply cannot say null"),
)


def changed(kubectl: Kubectl, trees: Iterable[Tree]) -> list[str]:
    """O7: what `kubectl diff` says would change if the neat objects were applied to their own cluster."""
    kinds = {kind for kind, _ in UNTOLD}
    items = [tree for tree in trees if tree["kind"] not in kinds]
    text = json.dumps({"apiVersion": "v1", "kind": "List", "items": items})
    diff = kubectl("diff", "-f", "-", input=text, check=False)
    return [] if diff.returncode == 0 else [diff.stdout + diff.stderr]


def title(tree: Tree) -> str:
    """The object in an error message."""
    metadata = tree.get("metadata", {})
    return f"{tree.get('kind')} {metadata.get('namespace', '')}/{metadata.get('name')}"


def differences(wanted: Any, got: Any, path: Path = ()) -> Iterator[str]:
    """Each place where two trees differ, the order of keys aside; a type counts."""
    if type(wanted) is not type(got):
        yield f"{_spell(path)}: {wanted!r} is {got!r}"
    elif isinstance(wanted, dict):
        for key in {**wanted, **got}:
            if key not in got:
                yield f"{_spell((*path, key))}: {wanted[key]!r} is missing"
            elif key not in wanted:
                yield f"{_spell((*path, key))}: {got[key]!r} is too much"
            else:
                yield from differences(wanted[key], got[key], (*path, key))
    elif isinstance(wanted, list) and len(wanted) == len(got):
        for place, pair in enumerate(zip(wanted, got, strict=True)):
            yield from differences(*pair, (*path, place))
    elif wanted != got:
        yield f"{_spell(path)}: {wanted!r} is {got!r}"


def without(tree: Any, path: Path) -> Any:
    """A copy in which this is missing."""
    step, rest = path[0], path[1:]
    if isinstance(tree, dict):
        changed = {step: without(tree[step], rest)} if rest else {}
        return {key: value for key, value in tree.items() if rest or key != step} | changed
    inner = [without(tree[step], rest)] if rest else []
    return [*tree[:step], *inner, *tree[int(step) + 1 :]]


def _paths(tree: Any, path: Path = ()) -> Iterator[Path]:
    """Every value in it, mappings and lists included."""
    steps = (
        tree.items()
        if isinstance(tree, dict)
        else enumerate(tree)
        if isinstance(tree, list)
        else ()
    )
    for step, value in steps:
        yield (*path, step)
        yield from _paths(value, (*path, step))


def _at(tree: Any, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def _spell(path: Path) -> str:
    return "/".join(str(step).replace("/", "~1") for step in path)


def _json_documents(text: str) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    while text := text.lstrip():
        document, end = decoder.raw_decode(text)
        text = text[end:]
        yield document
