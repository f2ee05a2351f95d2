"""tolerationSeconds where no pod is ever evicted: the API server refuses the manifest."""

from collections.abc import Iterator

from kubectl_fieldkit.findings import Finding, Fix
from kubectl_fieldkit.manifests import Manifest
from kubectl_fieldkit.targets import WITH_PODS
from kubectl_fieldkit.tolerations import NO_EXECUTE
from kubectl_fieldkit.workloads import pod_spec_path
from kubectl_fieldkit.yaml_document import Mapping
from kubectl_taints.lint.linted import Linted, Rule
from kubectl_taints.lint.written import subject_of_manifest


def find(linted: Linted) -> Iterator[Finding]:
    """An error for each, as ValidateTolerations of k8s.io/kubernetes/pkg/apis/core/validation says."""
    for manifest in linted.manifests:
        if not any(manifest.is_a(resource) for resource in WITH_PODS):
            continue
        tolerations = manifest.find(*pod_spec_path(manifest.kind), "tolerations")
        for i, toleration in enumerate(tolerations if isinstance(tolerations, list) else ()):
            if isinstance(toleration, Mapping) and _is_refused(toleration):
                yield _finding(manifest, i, toleration)


def _is_refused(toleration: Mapping) -> bool:
    seconds, effect = toleration.get("tolerationSeconds"), toleration.get("effect")
    return seconds is not None and effect != NO_EXECUTE


def _finding(manifest: Manifest, i: int, toleration: Mapping) -> Finding:
    path = ".".join((*pod_spec_path(manifest.kind), f"tolerations[{i}]"))
    return Finding(
        rule=RULE.id,
        severity="error",
        subject=subject_of_manifest(manifest),
        message=f"{path}: tolerationSeconds goes with the effect {NO_EXECUTE} alone, and the API refuses it",
        evidence=[manifest.at(toleration.lines["tolerationSeconds"])],
        fix=Fix(patch=f"effect: {NO_EXECUTE}"),
    )


RULE = Rule("seconds-without-noexecute", frozenset(), find)
