"""What seccomp and AppArmor have in common: a profile by its type, or by an annotation."""

from collections.abc import Sequence

from kubectl_psa_audit.checks import wording
from kubectl_psa_audit.checks.check import Field
from kubectl_psa_audit.checks.view import Setter
from kubectl_psa_audit.pod import Profile

ALLOWED_TYPES = ("RuntimeDefault", "Localhost")
WANTED_TYPE = "RuntimeDefault or Localhost"
WANTED_ANNOTATION = "runtime/default or localhost/*"

Choice = tuple[Setter, Profile]  # whoever sets a profile, and the one that is set


def refused(choices: Sequence[Choice]) -> list[Choice]:
    """Those that choose anything but a default or a local profile; no type is not allowed either."""
    return [choice for choice in choices if choice[1].type not in ALLOWED_TYPES]


def types(choices: Sequence[Choice]) -> list[str]:
    """The types chosen, sorted, each once."""
    return sorted({profile.type for _, profile in choices})


def fields(choices: Sequence[Choice], name: str) -> tuple[Field, ...]:
    """Where each chose."""
    return tuple(
        Field(setter.container, f"{setter.path}.{name}.type", profile.type, WANTED_TYPE)
        for setter, profile in choices
    )


def annotation(container: str, key: str, value: str) -> Field:
    """An annotation of the pod, about one container or about all of them."""
    return Field(container, f"metadata.annotations[{key}]", value, WANTED_ANNOTATION)


def written(key: str, value: str) -> str:
    """An annotation as upstream shows it."""
    return f"{key}={wording.go_quoted(value)}"
