"""Tolerations as YAML that means the same to every reader, ready to paste."""

from collections.abc import Iterable

from kubectl_fieldkit.objects.pod import Toleration
from kubectl_fieldkit.yaml_emission import to_yaml


def toleration_yaml(tolerations: Iterable[Toleration]) -> str:
    """The items of a `tolerations` list."""
    return "".join(to_yaml([_fields(toleration)]) for toleration in tolerations)


def yaml_field(name: str, value: str) -> str:
    """One line `name: value`."""
    return to_yaml({name: value}).rstrip("\n")


def _fields(toleration: Toleration) -> dict[str, str]:
    fields = {
        "key": toleration.key,
        "operator": toleration.operator,
        "value": toleration.value if toleration.operator != "Exists" else None,
        "effect": toleration.effect,
    }
    return {name: text for name, text in fields.items() if text is not None}
