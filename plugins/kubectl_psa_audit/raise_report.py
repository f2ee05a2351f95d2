"""What a raise breaks, and the commands where it breaks nothing."""

from collections.abc import Iterable, Iterator

from kubectl_fieldkit.output import Block, Code, Heading
from kubectl_psa_audit.namespaces import NamespaceFound
from kubectl_psa_audit.raising import Raise

SEES_NOTHING = "  the server itself would warn of nothing: it looks at running pods alone"


def raise_blocks(namespaces: Iterable[NamespaceFound]) -> Iterator[Block]:
    """Each namespace, with what the server would say; nothing where no raise was asked for."""
    for space in namespaces:
        if space.raised:
            to = f"{space.raised.level}:{space.raised.version}"
            yield Heading(f"Raise {space.name} to {to}: {_outcome(space.raised)}")
            yield from _details(space.raised)


def _outcome(raised: Raise) -> str:
    if raised.breaks:
        return f"breaks {', '.join(raised.breaks)}"
    return "breaks nothing" if raised.command else "cannot be told"


def _details(raised: Raise) -> Iterator[Block]:
    if raised.warnings:
        yield "  the server would warn:"
        yield from (f"    {line}" for line in raised.warnings)
    elif raised.breaks:
        yield SEES_NOTHING
    if raised.command:
        yield Code(f"  {raised.command}", "sh")
