"""The words of a change: kubectl's grammar for taints, and its words for what is none.

Mirrors parseTaints and parseTaint of k8s.io/kubectl/pkg/cmd/taint/utils.go.
"""

import re
from collections.abc import Iterable, Sequence

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.objects.node import Taint
from kubectl_fieldkit.tolerations import NO_EXECUTE, NO_SCHEDULE, PREFER_NO_SCHEDULE

EFFECTS = (NO_SCHEDULE, PREFER_NO_SCHEDULE, NO_EXECUTE)
KINDS = ("node", "nodes", "no")
_NAME = r"[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?"
_DNS_LABEL = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?"


def is_spec(word: str) -> bool:
    """Whether kubectl takes a word for a taint and not for a node."""
    return "=" in word or ":" in word or word.endswith("-")


def split_words(words: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Nodes and taints; nodes come first, as kubectl wants them."""
    first = next((i for i, word in enumerate(words) if is_spec(word)), len(words))
    late = next((word for word in words[first:] if not is_spec(word)), None)
    if late is not None:
        raise UsageError(f"all resources must be specified before taint changes: {late}")
    return tuple(words[:first]), tuple(words[first:])


def node_names(words: Sequence[str], chosen: bool = False) -> tuple[str, ...]:
    """The names in `NAME…` or `nodes NAME…`; with `chosen`, by --all or -l, `nodes` needs none."""
    has_kind = bool(words) and words[0] in KINDS and (chosen or len(words) > 1)
    return tuple(node_name(word) for word in words[has_kind:])


def node_name(word: str) -> str:
    """The name in `NAME` or `node/NAME`."""
    kind, slash, name = word.partition("/")
    if slash and kind not in KINDS:
        raise UsageError(f'"{word}" is not a node')
    if not (name if slash else word):
        raise UsageError("resource name may not be empty")
    return name if slash else word


def taints_to_add(specs: Iterable[str]) -> tuple[Taint, ...]:
    """The taints of `KEY[=VALUE]:EFFECT` words, in their order; each key and effect once."""
    found: dict[tuple[str, str], Taint] = {}
    for spec in specs:
        if spec.endswith("-"):
            raise UsageError(f'"{spec}" removes a taint', "use kubectl taints remove")
        if ":" not in spec:
            hint = "an effect is missing, such as :NoSchedule"
            raise UsageError(f"invalid taint spec: {spec}", hint)
        taint = parse_taint(spec)
        if (taint.key, taint.effect) in found:
            raise UsageError(f"duplicated taints with the same key and effect: {taint}")
        found[taint.key, taint.effect] = taint
    return tuple(found.values())


def taints_to_remove(specs: Iterable[str]) -> tuple[Taint, ...]:
    """The taints of `KEY[=VALUE][:EFFECT][-]` words; the value does not matter, no effect is every one."""
    taints = (parse_taint(spec.removesuffix("-")) for spec in specs)
    return tuple(Taint(key=taint.key, effect=taint.effect) for taint in taints)


def parse_taint(spec: str) -> Taint:
    """`KEY=VALUE:EFFECT`, `KEY:EFFECT` or `KEY`; UsageError in kubectl's words."""
    head, *effects = spec.split(":")
    if len(effects) > 1:
        raise UsageError(f"invalid taint spec: {spec}")
    if not effects:
        return Taint(key=_checked_key(head, spec))
    if effects[0] not in EFFECTS:
        hint = f"one of {', '.join(EFFECTS)}"
        raise UsageError(f"invalid taint effect: {effects[0]}, unsupported taint effect", hint)
    key, *values = head.split("=")
    if len(values) > 1:
        raise UsageError(f"invalid taint spec: {spec}")
    value = values[0] if values else ""
    if not is_label_value(value):
        hint = "a value is empty, or up to 63 letters, digits, -, _ and ., with a letter or digit at both ends"
        raise UsageError(f"invalid taint spec: {spec}", hint)
    return Taint(key=_checked_key(key, spec), value=value, effect=effects[0])


def _checked_key(key: str, spec: str) -> str:
    if not is_qualified_name(key):
        hint = "a key is [PREFIX/]NAME: up to 63 letters, digits, -, _ and ., after a DNS name"
        raise UsageError(f"invalid taint spec: {spec}", hint)
    return key


def is_qualified_name(key: str) -> bool:
    """IsQualifiedName of k8s.io/apimachinery/pkg/util/validation."""
    prefix, slash, name = key.rpartition("/")
    if slash and not _is_dns_subdomain(prefix):
        return False
    return len(name) <= 63 and re.fullmatch(_NAME, name, re.ASCII) is not None


def is_label_value(value: str) -> bool:
    """IsValidLabelValue of k8s.io/apimachinery/pkg/util/validation."""
    return not value or (len(value) <= 63 and re.fullmatch(_NAME, value, re.ASCII) is not None)


def _is_dns_subdomain(text: str) -> bool:
    return len(text) <= 253 and re.fullmatch(rf"{_DNS_LABEL}(\.{_DNS_LABEL})*", text) is not None
