"""The document of `kubectl psa-audit lint`."""

from kubectl_fieldkit.linting import LintReport


class PodSecurityLintReport(LintReport, frozen=True, kw_only=True):
    """The answer of `kubectl psa-audit lint`."""
