"""argv → request: one dispatcher for every plugin.

The first word that is not a flag may be a verb (`kubectl taints lint`); flags stand before or after
it. `node/lint`, or anything behind `--`, is never a verb. `-o=json` means `-o json`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from kubectl_fieldkit.errors import UsageError


@dataclass(frozen=True, slots=True)
class Help:
    """Asked for help: the text is the answer."""

    text: str


def command(
    build: Callable[[dict[str, Any]], object],
    params: Sequence[click.Parameter],
    text: str,
    examples: str,
) -> click.Command:
    """A verb: its parameters, its help, and how click's values become a request."""
    epilog = "\b\nExamples:\n" + examples.strip("\n")
    return click.Command(
        None,
        callback=lambda **values: build(values),
        params=list(params),
        help=text,
        epilog=epilog,
        add_help_option=False,
        context_settings={"max_content_width": 100},
    )


def parse(plugin: str, verbs: Mapping[str, click.Command], argv: Sequence[str]) -> object:
    """The request that the verb's `build` made of argv, or Help; UsageError where it is wrong.

    `verbs` maps a verb to its command; the empty verb is the plugin's own question.
    """
    words = [part for word in argv for part in _split(word)]
    at = _first_word(words, _takes_value(verbs))
    verb = words[at] if at is not None and words[at] in verbs else ""
    rest = words if not verb or at is None else [*words[:at], *words[at + 1 :]]
    name = f"kubectl {plugin} {verb}".rstrip()
    if any(word in ("-h", "--help") for word in _before_dashes(rest)):
        return Help(_help(name, verbs[verb], [v for v in verbs if v and not verb]))
    try:
        return verbs[verb].main(rest, prog_name=name, standalone_mode=False)
    except click.UsageError as err:
        raise UsageError(_words(err), f'see "{name} --help"') from err


def _words(err: click.UsageError) -> str:
    if isinstance(err, click.NoSuchOption):
        return f"unknown flag: {err.option_name}"
    message = err.format_message().rstrip(".")
    return message[:1].lower() + message[1:]


def _split(word: str) -> list[str]:
    short = len(word) > 2 and word[0] == "-" and word[1] != "-" and word[2] == "="
    return [word[:2], word[3:]] if short else [word]


def _takes_value(verbs: Mapping[str, click.Command]) -> set[str]:
    return {
        name
        for command in verbs.values()
        for param in command.params
        if isinstance(param, click.Option) and not param.is_flag
        for name in param.opts
    }


def _first_word(words: Sequence[str], takes_value: set[str]) -> int | None:
    value = False
    for i, word in enumerate(words):
        if value:
            value = False
        elif word == "--":
            return None
        elif word in takes_value:
            value = True
        elif not word.startswith("-") or word == "-":
            return i
    return None


def _before_dashes(words: Sequence[str]) -> Sequence[str]:
    return words[: words.index("--")] if "--" in words else words


def _help(name: str, command: click.Command, verbs: Sequence[str]) -> str:
    context = click.Context(command, info_name=name, max_content_width=100)
    text = command.get_help(context)
    more = "".join(f"  {name} {verb} --help\n" for verb in verbs)
    return f"{text}\n" + (f"\nMore verbs:\n{more}" if more else "")
