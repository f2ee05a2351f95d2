"""The document of `kubectl ctx lint`."""

from kubectl_fieldkit.linting import LintReport


class KubeconfigLintReport(LintReport, frozen=True, kw_only=True):
    """The answer of `kubectl ctx lint`."""
