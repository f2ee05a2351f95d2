"""`--help`, laid out as kubectl lays it out."""

from collections.abc import Sequence
from textwrap import wrap

from kubectl_fieldkit.flags import Flag
from kubectl_fieldkit.verbs import Command

WIDTH = 100
WIDEST = 34  # a longer flag has its help on the next line


def render_help(name: str, command: Command, verbs: Sequence[str]) -> str:
    """What the command does, examples, flags, usage, and where to read on."""
    parts = [
        command.help.strip("\n"),
        "Examples:\n" + command.examples.strip("\n"),
        "Flags:\n" + "\n".join(line for flag in command.flags for line in _lines(flag)),
        f"Usage:\n  {name} [flags] {command.usage}".rstrip(),
    ]
    if verbs:
        parts.append("More verbs:\n" + "\n".join(f"  {name} {verb} --help" for verb in verbs))
    return "\n\n".join(parts) + "\n"


def _lines(flag: Flag) -> list[str]:
    short = "" if len(flag.spellings) > 1 else "    "
    left = f"  {short}{', '.join(flag.spellings)} {flag.takes}".rstrip()
    texts = wrap(flag.help, WIDTH - WIDEST)
    first = (
        [f"{left:<{WIDEST}}{texts[0]}"]
        if len(left) < WIDEST
        else [left, f"{'':<{WIDEST}}{texts[0]}"]
    )
    return [*first, *(f"{'':<{WIDEST}}{text}" for text in texts[1:])]
