"""A draft goes through admission: defaults, limits, priority, tolerations, runtime, quota."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.objects.resource import Resource
from kubectl_why_pending.admission.claims import as_stored, ephemeral_claims
from kubectl_why_pending.admission.default_toleration_seconds import with_toleration_seconds
from kubectl_why_pending.admission.defaulting import with_defaults
from kubectl_why_pending.admission.draft import Draft
from kubectl_why_pending.admission.label_keys import with_label_keys
from kubectl_why_pending.admission.limit_ranger import (
    claim_violations,
    pod_violations,
    with_limit_defaults,
)
from kubectl_why_pending.admission.pod_level_resources import (
    AFTER_ADMISSION,
    with_pod_level_resources,
)
from kubectl_why_pending.admission.priority import with_priority
from kubectl_why_pending.admission.refusal import Refused, forbidden, invalid, together
from kubectl_why_pending.admission.resource_quota import claim_over_quota, pod_over_quota
from kubectl_why_pending.admission.resource_validation import resource_errors
from kubectl_why_pending.admission.runtime_class import (
    STRANGE_OVERHEAD,
    has_strange_overhead,
    with_runtime_class,
)
from kubectl_why_pending.objects.limit_range import LIMIT_RANGES
from kubectl_why_pending.objects.pod import Pod, PodStatus
from kubectl_why_pending.objects.priority_class import PRIORITY_CLASSES
from kubectl_why_pending.objects.quota import QUOTAS
from kubectl_why_pending.objects.runtime_class import RUNTIME_CLASSES
from kubectl_why_pending.objects.storage import CLAIMS, STORAGE_CLASSES, Claim
from kubectl_why_pending.scheduler.cluster import NEWEST, Lists

T = TypeVar("T", bound=KubeObject)

DEFAULT_ACCOUNT = "default"
PODS, PERSISTENT_VOLUME_CLAIMS = "pods", "persistentvolumeclaims"


class Admitted(Struct, frozen=True):
    """The pod that would be stored, and the claims that would be made with it.

    `refusals` are the server's words, in the order in which it looks: it would say the first, and
    store nothing. `notes` say what was taken for granted, and why a claim would not be made.
    """

    pod: Pod
    claims: tuple[Claim, ...] = ()
    refusals: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def admit(draft: Draft, lists: Lists, minor: int = NEWEST) -> Admitted:
    """What becomes of the draft in its namespace, by the lists that were read."""
    return _Admission(draft, lists, minor).run()


class _Admission:
    """One pass through the API server."""

    def __init__(self, draft: Draft, lists: Lists, minor: int) -> None:
        self.draft = draft
        self.namespace = draft.pod.metadata.namespace
        self.lists = lists
        self.minor = minor
        self.refusals: list[str] = []
        self.notes = list(draft.notes)

    def run(self) -> Admitted:
        """Its claims, its defaults, what changes it, what the API makes of it, and what refuses it."""
        before = self._made_before()
        pod = self._changed(self._defaulted(self.draft.pod))
        pod = with_label_keys(pod, self.minor)
        if self.minor >= AFTER_ADMISSION:
            pod = with_pod_level_resources(pod, self.minor)
        if errors := resource_errors(pod.spec):
            self.refusals.append(invalid("Pod", pod, errors))
        self._judge(pod)
        claims = (*before, *self._made_after(pod))
        return Admitted(pod, claims, tuple(self.refusals), tuple(dict.fromkeys(self.notes)))

    def _defaulted(self, pod: Pod) -> Pod:
        pod = with_defaults(replace(pod, status=PodStatus(phase="Pending")))
        if self.minor < AFTER_ADMISSION:
            pod = with_pod_level_resources(pod, self.minor)
        return pod

    def _changed(self, pod: Pod) -> Pod:
        """What admission writes into it, in the server's order."""
        pod = with_limit_defaults(pod, self._of_namespace(LIMIT_RANGES))
        account = pod.spec.service_account_name or DEFAULT_ACCOUNT
        pod = replace(pod, spec=replace(pod.spec, service_account_name=account))
        classes = self._all(PRIORITY_CLASSES)
        if classes is not None:
            pod = self._try(pod, lambda: with_priority(pod, classes))
        pod = with_toleration_seconds(pod)
        return self._with_runtime(pod)

    def _with_runtime(self, pod: Pod) -> Pod:
        if not pod.spec.runtime_class_name and not pod.spec.overhead:
            return pod
        classes = self._all(RUNTIME_CLASSES)
        if classes is None:
            return pod
        return self._try(pod, lambda: with_runtime_class(pod, classes))

    def _try(self, pod: Pod, change: Callable[[], Pod]) -> Pod:
        """The changed pod; the same one where the plugin refuses it."""
        try:
            return change()
        except Refused as err:
            self.refusals.append(forbidden(PODS, pod, err))
            return pod

    def _judge(self, pod: Pod) -> None:
        """LimitRanges, its runtime and quotas look at the pod as it will be."""
        for limit_range in self._of_namespace(LIMIT_RANGES):
            if outside := pod_violations(limit_range, pod):
                self.refusals.append(forbidden(PODS, pod, together(outside)))
        if has_strange_overhead(pod, self.lists.get(RUNTIME_CLASSES)):
            self.refusals.append(forbidden(PODS, pod, STRANGE_OVERHEAD))
        for quota in self._of_namespace(QUOTAS):
            if over := pod_over_quota(quota, pod):
                self.refusals.append(forbidden(PODS, pod, over))

    def _made_before(self) -> list[Claim]:
        """Claims of templates: where one is refused, so is the pod."""
        made = self._made(self.draft.claims)
        for claim in made:
            self.refusals += self._against(claim)
        return made

    def _made_after(self, pod: Pod) -> list[Claim]:
        """Claims of ephemeral volumes: where one is refused, the pod waits for it."""
        made = self._made(ephemeral_claims(pod))
        refused = {claim.metadata.name: self._against(claim) for claim in made}
        self.notes += [no for refusals in refused.values() for no in refusals]
        return [claim for claim in made if not refused[claim.metadata.name]]

    def _made(self, claims: Sequence[Claim]) -> list[Claim]:
        """Those that are not there yet, as they are stored."""
        if not claims:
            return []
        there = {claim.metadata.name for claim in self._of_namespace(CLAIMS)}
        classes = self._all(STORAGE_CLASSES) or ()
        return [as_stored(claim, classes) for claim in claims if claim.metadata.name not in there]

    def _against(self, claim: Claim) -> list[str]:
        """What admission says against a claim."""
        ranges, quotas = self._of_namespace(LIMIT_RANGES), self._of_namespace(QUOTAS)
        outside = [claim_violations(limit_range, claim) for limit_range in ranges]
        reasons = [together(violations) for violations in outside if violations]
        reasons += filter(None, (claim_over_quota(quota, claim) for quota in quotas))
        return [forbidden(PERSISTENT_VOLUME_CLAIMS, claim, reason) for reason in reasons]

    def _all(self, resource: Resource[T]) -> Sequence[T] | None:
        """Every object of the kind; None, with a note, where they were not read."""
        things = self.lists.get(resource)
        if things is None:
            self.notes.append(f"{resource.plural} are not known: none was taken into account")
        return things

    def _of_namespace(self, resource: Resource[T]) -> list[T]:
        things = self._all(resource) or ()
        return [thing for thing in things if thing.metadata.namespace == self.namespace]
