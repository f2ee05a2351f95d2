"""A change of a kubeconfig as a unified diff in which no secret can be read."""

import re
from collections.abc import Iterator, Sequence

from kubectl_fieldkit.untrusted import clean

CONTEXT_LINES = 3

# The only keys whose values are shown; all else, and what has no key, may be a secret or a part of one.
_SHOWN = frozenset(
    [
        "apiVersion",
        "cluster",
        "clusters",
        "context",
        "contexts",
        "current-context",
        "kind",
        "name",
        "namespace",
        "server",
        "user",
        "users",
    ]
)
_BLOCK_LINE = re.compile(r"([ -]*)([\w.-]+):(\s+[^\s{}\[\],\"'|>&*!][^{}\[\],\"']*)?\s*")
# A key with its colon, or a value: quoted, or plain up to what ends it in flow style.
_SCALAR = re.compile(
    r"""("(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?|[^\s,{}\[\]"'-](?:[^,{}\[\]:]|:(?=\S))*|-(?=\S)[^,{}\[\]]*)"""
    r"""(\s*:(?=\s|$|["'{\[])|(?<=")\s*:)?"""
)
_MARKS = ("", "---", "...")
_TELLTALE = re.compile(r"(?i)token|passw|secret|key|data|credential|auth|bearer|\S{40}")
_USERINFO = re.compile(r"//[^/@\s\"']*@")


def unified(path: str, before: bytes, after: bytes) -> str:
    """The diff, three lines around each change; empty where nothing changes."""
    return "".join(line + "\n" for line in _diff(clean(path), _lines(before), _lines(after)))


def _lines(data: bytes) -> list[str]:
    return data.decode(errors="replace").removesuffix("\n").split("\n") if data else []


def _diff(path: str, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Compares the lines as they are, and shows of them what may be seen."""
    if old == new:
        return
    from difflib import SequenceMatcher

    start, end = _around(old, new)
    matcher = SequenceMatcher(None, old[start : len(old) - end], new[start : len(new) - end])
    yield f"--- {path}"
    yield f"+++ {path} (changed)"
    for group in matcher.get_grouped_opcodes(CONTEXT_LINES):
        hunk = [(tag, i + start, j + start, k + start, m + start) for tag, i, j, k, m in group]
        (_, i, _, k, _), (_, _, j, _, m) = hunk[0], hunk[-1]
        yield f"@@ -{_range(i, j)} +{_range(k, m)} @@"
        for tag, i, j, k, m in hunk:
            if tag == "equal":
                yield from (f" {_shown(line)}" for line in old[i:j])
            else:
                yield from (f"-{_shown(line)}" for line in old[i:j])
                yield from (f"+{_shown(line)}" for line in new[k:m])


def _around(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many equal lines before and after need no comparison: an edit is local, a file may be long."""
    most = min(len(old), len(new))
    start = next((i for i in range(most) if old[i] != new[i]), most)
    end = next((i for i in range(most - start) if old[-1 - i] != new[-1 - i]), most - start)
    return max(0, start - CONTEXT_LINES), max(0, end - CONTEXT_LINES)


def _range(start: int, stop: int) -> str:
    """Lines as diff counts them; an empty range is named by the line before it."""
    length = stop - start
    return f"{start + 1}" if length == 1 else f"{start + bool(length)},{length}"


def _shown(line: str) -> str:
    """The line, with an ellipsis for each thing in it that need not be harmless."""
    line = line.removesuffix("\r")
    bare = line.lstrip(" -")
    if line in _MARKS:
        shown = line
    elif bare.startswith("#"):
        shown = f"{line[: -len(bare)]}# …" if _TELLTALE.search(bare) else line
    elif found := _BLOCK_LINE.fullmatch(line):
        indent, key, value = found.groups()
        shown = line if key in _SHOWN or not value else f"{indent}{key}: …"
    else:
        shown = _flow(line)
    return clean(_USERINFO.sub("//…@", shown))


def _flow(line: str) -> str:
    """Flow style, a part of it, or what goes on from the line before: each value by its own key."""
    harmless = False

    def show(found: re.Match[str]) -> str:
        nonlocal harmless
        scalar, colon = found.groups()
        before, harmless = harmless, bool(colon) and scalar.strip("\"'") in _SHOWN
        return found[0] if colon or before else "…"

    return _SCALAR.sub(show, line)
