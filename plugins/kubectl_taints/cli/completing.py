"""What may stand at the cursor of `taints add` and `taints remove`: nodes, and behind them their taints."""

from collections.abc import Mapping, Sequence

from kubectl_fieldkit.completion.choices import Choice, of_names
from kubectl_fieldkit.completion.line import Cursor
from kubectl_fieldkit.completion.objects import Asked, choices_of, find_names
from kubectl_fieldkit.completion.patience import Patience
from kubectl_fieldkit.objects.node import NODES, Node
from kubectl_fieldkit.reading import Request, one_object
from kubectl_taints.specs import is_spec, node_names


def nodes(cursor: Cursor, environ: Mapping[str, str], patience: Patience) -> Sequence[Choice]:
    """The nodes; none behind a taint, and none where all or those with a label were chosen."""
    if _chosen(cursor) or any(is_spec(word) for word in cursor.words):
        return []
    return choices_of(_asked(cursor), environ, patience)


def taints_or_nodes(
    cursor: Cursor, environ: Mapping[str, str], patience: Patience
) -> Sequence[Choice]:
    """The taints of the nodes on the line, and other nodes; at an empty word the taints alone."""
    taints = _taints(cursor, environ, patience)
    return taints if taints and not cursor.text else [*taints, *nodes(cursor, environ, patience)]


def _taints(cursor: Cursor, environ: Mapping[str, str], patience: Patience) -> Sequence[Choice]:
    words = [word for word in cursor.words if not is_spec(word)]
    chosen = _chosen(cursor)
    names = node_names(words, chosen)
    if cursor.values["all_taints"] or not (names or chosen):
        return []
    read = find_names(_asked(cursor), environ, patience).read
    if len(names) == 1:
        found = read(one_object(NODES, names[0]))
    else:
        listed = read(Request(NODES, label_selector=cursor.values["selector"] or ""))
        found = [node for node in listed if chosen or node.metadata.name in names]
    return of_names(_specs(found))


def _specs(found: Sequence[Node]) -> list[str]:
    """As the verb takes them, by key: the value does not matter."""
    taints = {(taint.key, taint.effect) for node in found for taint in node.spec.taints}
    return [f"{key}:{effect}-" for key, effect in sorted(taints)]


def _chosen(cursor: Cursor) -> bool:
    return bool(cursor.values["all_nodes"] or cursor.values["selector"])


def _asked(cursor: Cursor) -> Asked:
    context = cursor.values["context"] or ""
    return Asked("nodes", cursor.text, cursor.words, cursor.values, context)
