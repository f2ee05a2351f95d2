"""The audit: every workload's verdict, and what there is to say of every namespace."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kubectl_fieldkit.envelope import Incomplete
from kubectl_fieldkit.objects.event import Event
from kubectl_psa_audit.fixing import beyond_the_template, fix
from kubectl_psa_audit.gather import Cluster
from kubectl_psa_audit.judging import Item, Terms, judge
from kubectl_psa_audit.namespaces import Contents, NamespaceFound, describe
from kubectl_psa_audit.pod import PODS
from kubectl_psa_audit.rejections import rejections
from kubectl_psa_audit.rules import Rules
from kubectl_psa_audit.subjects import Subject

if TYPE_CHECKING:
    from kubectl_psa_audit.gather_manifests import Written

Place = tuple[str, str, str]  # kind, namespace, name


class Audit(Struct, frozen=True):
    """The whole answer; `subjects` are what `items` are about, in the same order."""

    namespaces: list[NamespaceFound]
    items: list[Item]
    subjects: list[Subject]
    incomplete: tuple[Incomplete, ...] = ()


class Extras(Struct, frozen=True):
    """What is asked for beside the verdicts."""

    fix: bool = False
    matrix: bool = False


def audit_cluster(cluster: Cluster, subjects: list[Subject], rules: Rules, extras: Extras) -> Audit:
    """The verdict on the subjects, which are those of the cluster that were asked for."""
    inside = {
        space.metadata.name: Contents(
            space.metadata.name,
            space.metadata.labels if cluster.knows_policies else None,
            [],
            [],
            [],
            cluster.is_whole,
        )
        for space in cluster.namespaces
    }
    for pod in cluster.things.get(PODS, ()):
        if place := inside.get(pod.metadata.namespace):
            place.pods.append(pod)
    items = _judge(subjects, inside, rules, extras, _by_object(cluster.events))
    return Audit(_describe(inside, rules, extras), items, subjects, cluster.incomplete)


def audit_manifests(written: "Written", rules: Rules, extras: Extras) -> Audit:
    """The verdict on every object with a pod's spec, in their order."""
    subjects, labels = list(written.subjects), written.namespaces
    names = sorted({subject.namespace for subject in subjects} | labels.keys())
    inside = {name: Contents(name, labels.get(name), [], [], []) for name in names if name}
    items = _judge(subjects, inside, rules, extras, {})
    return Audit(_describe(inside, rules, extras), items, subjects)


def _judge(
    subjects: Sequence[Subject],
    inside: Mapping[str, Contents],
    rules: Rules,
    extras: Extras,
    events: Mapping[Place, Sequence[Event]],
) -> list[Item]:
    """Each subject's verdict, which is also put into its namespace's contents."""
    nowhere = rules.terms("", None)
    terms = {name: _terms(place, rules) for name, place in inside.items()}
    items = []
    for subject in subjects:
        item = _item(subject, terms.get(subject.namespace, nowhere), extras, events)
        items.append(item)
        if place := inside.get(subject.namespace):
            place.subjects.append(subject)
            place.items.append(item)
    return items


def _describe(inside: Mapping[str, Contents], rules: Rules, extras: Extras) -> list[NamespaceFound]:
    return [
        describe(place, rules, _terms(place, rules), extras.matrix) for place in inside.values()
    ]


def _terms(place: Contents, rules: Rules) -> Terms:
    return rules.terms(place.name, place.labels)


def _by_object(events: Iterable[Event]) -> dict[Place, list[Event]]:
    found: dict[Place, list[Event]] = {}
    for event in events:
        about = event.involved_object
        found.setdefault((about.kind, about.namespace, about.name), []).append(event)
    return found


def _item(
    subject: Subject, terms: Terms, extras: Extras, events: Mapping[Place, Sequence[Event]]
) -> Item:
    item, at = judge(subject, terms), terms.modes["enforce"]
    if extras.fix and item.findings:
        item = replace(item, fix=fix(subject, lambda thing: terms.evaluate(thing, at)))
    elif extras.fix and not item.allowed:
        checks = [finding.check for apart in item.pods for finding in apart.findings]
        item = replace(item, fix=beyond_the_template(checks))
    own = [event for key in sorted(subject.keys) for event in events.get(key[1:], ())]
    if not own:
        return item
    return replace(item, rejections=rejections(terms.evaluate(subject.template, at), own))
