"""How the API server says no, and what an admission rule answers."""

from collections.abc import Iterable

from kubectl_fieldkit.objects.meta import KubeObject


class Refused(Exception):
    """An admission plugin's own reason."""


def forbidden(plural: str, thing: KubeObject, reason: object) -> str:
    """An admission plugin's no: NewForbidden of k8s.io/apiserver/pkg/admission/errors.go."""
    return f'{plural} "{thing.metadata.name or "Unknown"}" is forbidden: {reason}'


def invalid(kind: str, thing: KubeObject, reasons: Iterable[str]) -> str:
    """The API's own no: NewInvalid of k8s.io/apimachinery/pkg/api/errors/errors.go."""
    return f'{kind} "{thing.metadata.name}" is invalid: {together(reasons)}'


def together(reasons: Iterable[str]) -> str:
    """Several reasons, each once: aggregate.Error of k8s.io/apimachinery/pkg/util/errors/errors.go."""
    unique = list(dict.fromkeys(reasons))
    return unique[0] if len(unique) == 1 else f"[{', '.join(unique)}]"
