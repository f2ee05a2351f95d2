"""A term of affinity between pods, ready to be matched."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec import Struct
from msgspec.json import decode, encode

from kubectl_fieldkit.objects.label_selector import LabelSelector
from kubectl_fieldkit.objects.namespace import NAMESPACES
from kubectl_fieldkit.selectors import Requirement, compile_selector
from kubectl_why_pending.objects.affinity import PodAffinityTerm
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.scheduler.cluster import Cluster


class Term(Struct, frozen=True):
    """AffinityTerm of framework/types.go: `selector` None selects no pod, `spaces` None no namespace by label."""

    key: str
    selector: tuple[Requirement, ...] | None
    namespaces: frozenset[str]
    spaces: tuple[Requirement, ...] | None

    def matches(self, pod: Pod, space_labels: Mapping[str, str]) -> bool:
        """Whether the pod is meant; `space_labels` are those of its namespace."""
        if self.selector is None:
            return False
        meta = pod.metadata
        if meta.namespace not in self.namespaces and not self._selects_space(space_labels):
            return False
        return all(clause.matches(meta.labels) for clause in self.selector)

    def _selects_space(self, labels: Mapping[str, str]) -> bool:
        return self.spaces is not None and all(clause.matches(labels) for clause in self.spaces)


def terms_of(written: Iterable[PodAffinityTerm], namespace: str) -> list[Term]:
    """The terms of a pod of this namespace; those that read alike are compiled once.

    GetAffinityTerms of framework/types.go: raises InvalidSelector for all if it does for one.
    """
    return [_compiled(encode(term), namespace) for term in written]


@lru_cache(maxsize=4096)
def _compiled(text: bytes, namespace: str) -> Term:
    """Where neither names nor a selector of namespaces are given, the pod's own is meant."""
    written = decode(text, type=PodAffinityTerm)
    names = written.namespaces
    if not names and written.namespace_selector is None:
        names = [namespace]
    spaces = compile_selector(written.namespace_selector)
    selector = compile_selector(written.label_selector)
    return Term(written.topology_key, selector, frozenset(names), spaces)


def merged(term: Term, cluster: Cluster) -> Term:
    """With the namespaces that its selector selects now; Unknown where they could not be read.

    mergeAffinityTermNamespacesIfNotEmpty: an empty selector selects every namespace, there or not.
    """
    if not term.spaces:
        return term
    found = {
        space.metadata.name
        for space in cluster.all(NAMESPACES)
        if all(clause.matches(space.metadata.labels) for clause in term.spaces)
    }
    return Term(term.key, term.selector, term.namespaces | found, None)


def selector_in_words(selector: LabelSelector | None) -> str:
    """`app=web,tier in (a,b)`, as `kubectl get -l` takes it."""
    if selector is None:
        return "no pod at all"
    parts = [f"{key}={value}" for key, value in selector.match_labels.items()]
    for clause in selector.match_expressions:
        match clause.operator:
            case "Exists":
                parts.append(clause.key)
            case "DoesNotExist":
                parts.append(f"!{clause.key}")
            case _:
                sign = "in" if clause.operator == "In" else "notin"
                parts.append(f"{clause.key} {sign} ({','.join(clause.values)})")
    return ",".join(parts) or "every pod"
