"""Several kubeconfig files as one: client-go's tools/clientcmd/loader.go, Load."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from kubectl_fieldkit.kubeconfig.model import Kubeconfig

T = TypeVar("T")


def merge(files: Sequence[Kubeconfig]) -> Kubeconfig:
    """The first file to define a name wins, whole; the first that has a current context gives it."""
    return Kubeconfig(
        clusters=_first_wins(file.clusters for file in files),
        users=_first_wins(file.users for file in files),
        contexts=_first_wins(file.contexts for file in files),
        current_context=next((f.current_context for f in files if f.current_context), ""),
    )


def _first_wins(sections: Iterable[Mapping[str, T]]) -> dict[str, T]:
    merged: dict[str, T] = {}
    for section in sections:
        merged = {**section, **merged}
    return merged
