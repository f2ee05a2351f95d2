"""Tolerations as YAML that means the same to kubectl, ready to paste."""

import json
from collections.abc import Iterable

from kubectl_fieldkit.objects.pod import Toleration
from kubectl_fieldkit.yaml_scalars import resolve

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./")


def toleration_yaml(tolerations: Iterable[Toleration]) -> str:
    """The items of a `tolerations` list."""
    return "".join(_item(toleration) for toleration in tolerations)


def _item(toleration: Toleration) -> str:
    fields = {
        "key": toleration.key,
        "operator": toleration.operator,
        "value": toleration.value if toleration.operator != "Exists" else None,
        "effect": toleration.effect,
    }
    lines = [f"{name}: {yaml_scalar(text)}" for name, text in fields.items() if text is not None]
    return "- " + "\n  ".join(lines) + "\n"


def yaml_scalar(text: str) -> str:
    """Plain where kubectl would read it as this very text, else quoted."""
    plain = text[:1].isalnum() and _PLAIN.issuperset(text) and resolve(text) == text
    return text if plain else json.dumps(text)
