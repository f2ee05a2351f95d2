"""The picker that its users know, where they have it."""

from collections.abc import Mapping, Sequence

from kubectl_fieldkit.errors import FieldkitError
from kubectl_fieldkit.picker.view import Choice
from kubectl_fieldkit.process import run_filter
from kubectl_fieldkit.untrusted import clean

# The number before each name, which is not shown, says which one was chosen, whatever is in the name.
ARGUMENTS = ("--ansi", "--no-preview", "--delimiter=\t", "--with-nth=2..", "--nth=1")
# FZF_DEFAULT_OPTS holds for all but the form of lines and answer.
FORM = ("--no-multi", "--no-print-query", "--no-expect", "--no-read0", "--no-print0")
CANCELLED = (1, 130)


def choose(
    fzf: str, choices: Sequence[Choice], query: str, environ: Mapping[str, str]
) -> int | None:
    """The index of the choice; None where fzf was left. Raises FieldkitError where it fails."""
    lines = "".join(f"{i}\t{_shown(choice)}\n" for i, choice in enumerate(choices))
    command = [fzf, *ARGUMENTS, *FORM, *([f"--query={clean(query)}"] if query else [])]
    try:
        code, answer = run_filter(command, environ, lines.encode(errors="replace"))
    except OSError as err:
        raise FieldkitError(f'cannot start "{fzf}": {(err.strerror or "").lower()}') from err
    number = answer.partition(b"\t")[0]
    if code == 0 and number.isdigit() and int(number) < len(choices):
        return int(number)
    if code in CANCELLED or not code:
        return None
    hint = "KUBECTX_IGNORE_FZF=1 does without it"
    raise FieldkitError(f"fzf failed with exit code {code}", hint)


def _shown(choice: Choice) -> str:
    name = clean(choice.name)
    name = f"\x1b[33;1m{name}\x1b[0m" if choice.current else name
    return f"{name}\t{clean(choice.note)}" if choice.note else name
