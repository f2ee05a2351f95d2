"""What may stand at the cursor: flags, verbs, fixed values, and the names that are asked for."""

from collections.abc import Iterator, Mapping
from typing import Any

from kubectl_fieldkit.completion import choices
from kubectl_fieldkit.completion.choices import Choice
from kubectl_fieldkit.completion.line import HELP, Cursor
from kubectl_fieldkit.completion.patience import Patience
from kubectl_fieldkit.flags import Flag
from kubectl_fieldkit.verbs import Verbs

VERSION = Flag("-V --version", "Show the plugin's version.")
FOLDER, FILE = "DIR", "FILE"  # as flags say what they take


def offer(
    cursor: Cursor, verbs: Verbs, environ: Mapping[str, str], patience: Patience
) -> tuple[list[Choice], int]:
    """The choices and Cobra's directive; a FieldkitError where they cannot be had."""
    if cursor.is_flag:
        found = choices.beginning(_flags(cursor), cursor.text)
        return found, choices.NO_FILES
    if cursor.flag is not None:
        return _values(cursor, cursor.flag, environ, patience)
    found = [*_words(cursor, verbs, environ, patience), *_verbs(cursor, verbs)]
    found = choices.beginning(found, cursor.text, cursor.words)
    return found, choices.directive_of(found)


def _flags(cursor: Cursor) -> Iterator[Choice]:
    """Long names, and behind a single dash short ones; not what is there and may be there once."""
    own = () if cursor.verb else (VERSION,)
    for flag in (*cursor.command.flags, HELP, *own):
        given = not flag.many and cursor.values.get(flag.key, flag.absent) != flag.absent
        for spelling in () if given else flag.spellings:
            if spelling.startswith("--") or cursor.text == "-":
                yield Choice(spelling, flag.help)


def _values(
    cursor: Cursor, flag: Flag, environ: Mapping[str, str], patience: Patience
) -> tuple[list[Choice], int]:
    if flag.takes == FOLDER:
        return [], choices.FOLDERS
    if FILE in flag.takes or FOLDER in flag.takes:
        return [], choices.FILES
    found = [Choice(value) for value in flag.choices]
    if flag.completes:
        found += _named(flag.completes, cursor, (), environ, patience)
    found = choices.beginning(found, cursor.text)
    return found, choices.directive_of(found)


def _verbs(cursor: Cursor, verbs: Verbs) -> Iterator[Choice]:
    """The verbs, where the word may be one."""
    if cursor.verb or cursor.words or cursor.escaped:
        return
    for verb, command in verbs.items():
        if verb.startswith(cursor.text) and verb:
            yield Choice(verb, command().help.strip().partition("\n")[0].rstrip(".:"))


def _words(
    cursor: Cursor, verbs: Verbs, environ: Mapping[str, str], patience: Patience
) -> list[Choice]:
    command, kind = cursor.command, cursor.command.completes.removesuffix("...")
    found = list(command.more(cursor, environ, patience)) if command.more else []
    if cursor.words and not (command.completes.endswith("...") or _names_a_kind(kind, cursor)):
        return found
    found += [Choice(word) for word in command.choices]
    if kind:
        found += _named(kind, cursor, cursor.words, environ, patience)
    may_be_verb = not (cursor.verb or cursor.words or cursor.escaped)
    return [each for each in found if not (may_be_verb and each.text in verbs)]


def _names_a_kind(kind: str, cursor: Cursor) -> bool:
    """Whether the only word is the `deploy` of `deploy web`, which is one target."""
    return kind == "targets" and len(cursor.words) == 1 and "/" not in cursor.words[0]


def _named(
    kind: str,
    cursor: Cursor,
    words: tuple[str, ...],
    environ: Mapping[str, str],
    patience: Patience,
) -> list[Choice]:
    """The names of a kind, in natural order where they come from a kubeconfig."""
    if kind in ("contexts", "clusters", "users"):
        from kubectl_fieldkit.completion.kubeconfigs import names_in_kubeconfigs

        return choices.of_names(names_in_kubeconfigs(kind, _text(cursor, "kubeconfig"), environ))
    from kubectl_fieldkit.completion import objects

    asked = objects.Asked(kind, cursor.text, words, cursor.values, _context(cursor))
    return objects.choices_of(asked, environ, patience)


def _context(cursor: Cursor) -> str:
    """The line's context: where the words are contexts, the first one."""
    if cursor.command.completes.startswith("contexts") and cursor.flag and cursor.words:
        return cursor.words[0]
    return _text(cursor, "context")


def _text(cursor: Cursor, key: str) -> str:
    value: Any = cursor.values.get(key)
    return value or ""
