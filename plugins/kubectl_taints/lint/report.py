"""The document of `kubectl taints lint`, and what it calls its subjects."""

from kubectl_fieldkit.findings import Subject
from kubectl_fieldkit.linting import LintReport, subject_name
from kubectl_fieldkit.targets import WITH_PODS, resource_name

_RESOURCES = {resource.kind: resource for resource in WITH_PODS}


class TaintLintReport(LintReport, frozen=True, kw_only=True):
    """The answer of `kubectl taints lint`."""


def name_of(subject: Subject) -> str:
    """As `kubectl get -o name` spells it."""
    resource = _RESOURCES.get(subject.kind)
    return resource_name(resource, subject.name) if resource else subject_name(subject)
