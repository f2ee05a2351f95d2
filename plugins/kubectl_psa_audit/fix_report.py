"""Patches to copy, what they cost, and what no patch mends."""

from collections.abc import Iterable, Iterator

from kubectl_fieldkit.output import Block, Code, Heading
from kubectl_psa_audit.fixing import Fix
from kubectl_psa_audit.judging import Item


def fix_blocks(items: Iterable[Item]) -> Iterator[Block]:
    """Each workload's fix; nothing where none was asked for."""
    for item in items:
        if item.fix:
            yield Heading(f"Fix {item.kind}/{item.name}: {_outcome(item.fix, item)}")
            yield from _details(item.fix)


def _outcome(fix: Fix, item: Item) -> str:
    if fix.remaining:
        return "a patch is not enough" if fix.patch else "no patch mends it"
    return f"then it meets {item.level}:{item.version}"


def _details(fix: Fix) -> Iterator[Block]:
    if fix.command:
        yield Code(f"  {fix.command}", "sh")
    elif fix.patch:
        from kubectl_fieldkit.yaml_emission import to_yaml

        yield Code("".join(f"  {line}\n" for line in to_yaml(fix.patch).splitlines()))
    yield from (f"  {each.check}: {each.reason}" for each in fix.remaining)
    yield from (f"  note: {note}" for note in fix.notes)
