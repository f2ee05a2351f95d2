"""The document of `kubectl proxy-mode lint`, and what it calls its subjects."""

from kubectl_fieldkit.findings import Subject
from kubectl_fieldkit.linting import LintReport, subject_name


class ProxyModeLintReport(LintReport, frozen=True, kw_only=True):
    """The answer of `kubectl proxy-mode lint`."""


def name_of(subject: Subject) -> str:
    """As `kubectl get -o name` spells it."""
    if subject.kind == "DaemonSet":
        return f"daemonset.apps/{subject.name}"
    return subject_name(subject)
