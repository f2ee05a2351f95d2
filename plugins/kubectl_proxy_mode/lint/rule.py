"""What a rule is, and what it reads."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from kubectl_fieldkit.findings import Finding
from kubectl_proxy_mode.judged import Cluster

MODES = frozenset(("daemonsets", "pods", "configmaps"))


class Rule(Struct, frozen=True):
    """`needs` are the lists and objects without which it may miss something."""

    id: str
    needs: frozenset[str]
    find: Callable[[Cluster], Iterable[Finding]]
