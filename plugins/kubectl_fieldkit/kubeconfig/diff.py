"""A change of a kubeconfig as a unified diff in which no secret can be read."""

from collections.abc import Iterator

from kubectl_fieldkit.untrusted import clean

# The only keys whose values are shown; all else, and what has no key, may be a secret or a part of one.
_SHOWN = frozenset(
    [
        "apiVersion",
        "cluster",
        "context",
        "contexts",
        "current-context",
        "kind",
        "name",
        "namespace",
        "server",
        "user",
        "users",
        "clusters",
    ]
)
_FLOW_SECRETS = ("token", "password", "data", "key", "secret", "exec", "args", "env", "config")


def unified(path: str, before: bytes, after: bytes) -> str:
    """The diff, three lines around each change; empty where nothing changes."""
    from difflib import unified_diff

    old, new = (list(_lines(data)) for data in (before, after))
    return "".join(unified_diff(old, new, clean(path), f"{clean(path)} (changed)"))


def _lines(data: bytes) -> Iterator[str]:
    for line in data.decode(errors="replace").split("\n"):
        yield clean(_shown(line.removesuffix("\r"))) + "\n"


def _shown(line: str) -> str:
    """The line, up to the first thing in it that need not be harmless."""
    bare = line.lstrip(" -")
    if not bare or bare.startswith("#"):
        return line
    if "{" in line:
        places = [at for word in _FLOW_SECRETS if (at := line.find(word)) >= 0]
        return f"{line[: min(places)]}…" if places else line
    key, colon, value = bare.partition(":")
    indent = line[: len(line) - len(bare)]
    if not colon:
        return f"{indent}…"
    return line if key.strip("\"'") in _SHOWN or not value.strip() else f"{indent}{key}: …"
