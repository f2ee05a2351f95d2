"""What is neat as text: in the words of the file where it has comments, else written anew."""

from collections.abc import Callable, Sequence

from kubectl_neat.documents import BOM
from kubectl_neat.neat_text import NeatText


def emit(texts: Sequence[NeatText], form: str, tell: Callable[[str], None]) -> str:
    """Everything as one stream in the format `yaml` or `json`; `tell` hears of comments that are lost."""
    if form == "json":
        from kubectl_fieldkit.output import json

        return "".join(json(document) for each in texts for document in each.documents)
    first, *others = [_yaml(each, tell) for each in texts]
    return first + "".join(_behind(part.removeprefix(BOM)) for part in others)


def _behind(part: str) -> str:
    """The text as it follows another: it begins a document, its directives after the end of one."""
    said = (line for line in part.splitlines() if line.strip() and not line.startswith("#"))
    start = next(said, "")
    return (
        part if start.startswith("---") else f"...\n{part}" if start[:1] == "%" else f"---\n{part}"
    )


def _yaml(each: NeatText, tell: Callable[[str], None]) -> str:
    if each.text.text and (kept := _with_comments(each, tell)):
        return kept
    from kubectl_fieldkit.yaml_emission import write_yaml

    return write_yaml(document for document in each.documents if document is not None)


def _with_comments(each: NeatText, tell: Callable[[str], None]) -> str:
    """The very text without what goes; empty where it has no comments, or they cannot be kept."""
    from kubectl_neat.cutting import CannotCut, cut, has_comments

    text = each.text.text
    if not has_comments(text):
        return ""
    try:
        kept = cut(text, each.paths)
    except CannotCut as err:
        tell(f"{each.text.name}: its comments are not kept: {err}")
        return ""
    return kept if kept.endswith("\n") else f"{kept}\n"
