"""The version whose rules a server has."""

from kubectl_fieldkit.errors import UsageError
from kubectl_psa_audit.evaluate import NEWEST
from kubectl_psa_audit.levels import Version


def server_rules(text: str) -> Version:
    """The minor of `v1.36.2` or `1.36`; the newest known where the version is not."""
    if not text:
        return NEWEST
    major, _, rest = text.removeprefix("v").partition(".")
    minor = rest.partition(".")[0].rstrip("+")
    if major != "1" or not minor.isdecimal():
        raise UsageError(f'"{text}" is no version of Kubernetes', "such as 1.34")
    return Version(int(minor))
