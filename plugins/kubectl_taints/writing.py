"""Carries a node's change out: on what was read, and read again where somebody was faster."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from kubectl_fieldkit.errors import FieldkitError, ServerError
from kubectl_fieldkit.objects.node import NODES, Taint
from kubectl_fieldkit.reading import one_object
from kubectl_taints.changes import NodeChange, TaintChange, change
from kubectl_taints.gather import read_nodes

if TYPE_CHECKING:
    from kubectl_fieldkit.cluster.server import ApiServer

ATTEMPTS = 5
CONFLICT, UNPROCESSABLE = 409, 422


def carry_out(
    cluster: "ApiServer",
    planned: NodeChange,
    asked: TaintChange,
    field_manager: str,
    dry_run: bool = False,
) -> NodeChange:
    """The change as it came to be; ServerError where the server refuses it.

    FieldkitError when others are faster each time, or have made it impossible.
    """
    for _ in range(ATTEMPTS):
        try:
            return _write(cluster, planned, field_manager, dry_run)
        except ServerError as err:
            if err.code not in (CONFLICT, UNPROCESSABLE):
                raise
            (node,) = read_nodes(cluster, one_object(NODES, planned.name))
            if err.code == UNPROCESSABLE and tuple(node.spec.taints) == planned.before:
                raise  # it is not what was read that the server objects to
        planned = change(node, asked)
    message = f"the taints of node {planned.name} change faster than they can be written"
    raise FieldkitError(message, "try again")


def _write(
    cluster: "ApiServer", planned: NodeChange, field_manager: str, dry_run: bool
) -> NodeChange:
    from kubectl_fieldkit.cluster.writing import Patch

    if planned.operation == "unchanged":
        return planned
    node = cluster.patch(
        Patch(
            NODES,
            planned.name,
            path="/spec/taints",
            before=_value(planned.before),
            after=_value(planned.after),
            field_manager=field_manager,
            dry_run=dry_run,
        )
    )
    return replace(planned, node=node, after=tuple(node.spec.taints))


def _value(taints: tuple[Taint, ...]) -> tuple[Taint, ...] | None:
    """The API leaves an empty list out."""
    return taints or None
