"""What a check is: pure functions of a pod, each in force from one minor version on.

Mirrors k8s.io/pod-security-admission/policy/checks.go.
"""

from collections.abc import Callable

from msgspec import Struct

from kubectl_psa_audit.checks.view import PodView
from kubectl_psa_audit.levels import Level

Value = bool | int | str | tuple[str, ...] | dict[str, str] | None


class Field(Struct, frozen=True, gc=False):
    """One offending field: its value there (None where it is absent), and what is wanted.

    `path` begins at the pod's spec; an annotation's begins with `metadata.`, beside the spec.
    `container` is empty where the pod as a whole is meant; wanted values are joined by ` or `.
    """

    container: str
    path: str
    value: Value
    want: str


class Forbidden(Struct, frozen=True, gc=False):
    """Why a check refuses a pod: upstream's two sentences, and the fields that they are about."""

    reason: str
    detail: str
    fields: tuple[Field, ...]


Find = Callable[[PodView], Forbidden | None]


class Revision(Struct, frozen=True):
    """A check as it is from v1.`since` on, and the baseline checks that it stands in for."""

    since: int
    find: Find
    overrides: tuple[str, ...] = ()


class Check(Struct, frozen=True):
    """One control of the standards, through its history."""

    id: str
    level: Level
    revisions: tuple[Revision, ...]

    def at(self, minor: int) -> Revision | None:
        """What is in force at v1.`minor`."""
        past = [revision for revision in self.revisions if revision.since <= minor]
        return past[-1] if past else None
