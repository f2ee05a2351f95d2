"""Which words of a command line are kept: those that say how service traffic flows, and no secret."""

from collections.abc import Iterator, Sequence

from msgspec import json

KEPT = frozenset(
    (
        *("proxy-mode", "config", "feature-gates", "metrics-bind-address", "cluster-cidr"),
        *("detect-local-mode", "nodeport-addresses", "ipvs-scheduler", "ipvs-strict-arp"),
        *("masquerade-all", "run-service-proxy", "kube-proxy-arg", "disable-kube-proxy"),
    )
)
PROGRAMS = frozenset(("kube-proxy", "kube-proxy.exe"))


def kept_flags(words: Sequence[str]) -> list[str]:
    """The flags in KEPT as `--name=value`, out of arguments, of a shell's line among them too."""
    flat = [part for word in words for part in word.split()]
    return list(_kept(flat))


def programs(words: Sequence[str]) -> list[str]:
    """The programs in PROGRAMS that these words start, by their base names."""
    names = (part.replace("\\", "/").rpartition("/")[2] for word in words for part in word.split())
    return [name for name in dict.fromkeys(names) if name in PROGRAMS]


def flag_value(flags: Sequence[str], name: str) -> str | None:
    """The last value of a flag, as pflag takes it; None where it is not given."""
    prefix = f"--{name}="
    values = [flag.removeprefix(prefix).strip("\"'") for flag in flags if flag.startswith(prefix)]
    return values[-1] if values else None


def node_args(annotation: str) -> list[str]:
    """The words of a command line that a distribution left in a node's annotation, as a JSON list."""
    try:
        return json.decode(annotation, type=list[str]) if annotation else []
    except ValueError:
        return []


def kept_node_args(annotation: str) -> str:
    """The same annotation with the flags in KEPT alone."""
    return json.encode(kept_flags(node_args(annotation))).decode() if annotation else ""


def _kept(words: Sequence[str]) -> Iterator[str]:
    for at, word in enumerate(words):
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or name not in KEPT:
            continue
        if not equals:
            following = words[at + 1] if at + 1 < len(words) else ""
            value = "true" if not following or following.startswith("-") else following
        yield f"--{name}={value}"
