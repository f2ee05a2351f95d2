"""How upstream builds its sentences.

Mirrors k8s.io/pod-security-admission/policy/helpers.go, and Go's %q.
"""

from collections.abc import Collection, Iterable, Sequence

from kubectl_psa_audit.checks.view import Place, Setter

_ESCAPES = {
    "\a": r"\a",
    "\b": r"\b",
    "\f": r"\f",
    "\n": r"\n",
    "\r": r"\r",
    "\t": r"\t",
    "\v": r"\v",
    "\\": r"\\",
    '"': r"\"",
}


def plural(word: str, things: Collection[object]) -> str:
    """The word, with an s unless there is one thing."""
    return word if len(things) == 1 else f"{word}s"


def use(things: Collection[object]) -> str:
    """`uses` for one, `use` for several."""
    return "uses" if len(things) == 1 else "use"


def quoted(texts: Iterable[str]) -> str:
    """`"a", "b"`, as they are: upstream escapes nothing here."""
    return ", ".join(f'"{text}"' for text in texts)


def listed(word: str, texts: Sequence[str]) -> str:
    """`volumes "a", "b"`."""
    return f"{plural(word, texts)} {quoted(texts)}"


def containers(places: Sequence[Place]) -> str:
    """`containers "a", "b"`."""
    return listed("container", [place.name for place in places])


def setters(bad: Sequence[Setter]) -> str:
    """`pod and containers "a", "b"`: a pod comes first, and either may be absent."""
    who = ["pod"] if any(setter.is_pod for setter in bad) else []
    names = [setter.container for setter in bad if not setter.is_pod]
    if names:
        who.append(listed("container", names))
    return " and ".join(who)


def go_quoted(text: str) -> str:
    """Go's %q of a text; letters that are newer than Python's Unicode tables are escaped as well."""
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter.isprintable():
        return letter
    code = ord(letter)
    if code < 0x20 or code == 0x7F:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
