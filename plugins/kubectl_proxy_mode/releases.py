"""What a kube-proxy of a release does where nothing is said, and until when a mode lasts."""

from functools import cache

LINUX_DEFAULTS = ((40, "nftables"), (0, "iptables"))  # KEP-5343: by the first minor that has it
WINDOWS_DEFAULT = "kernelspace"


@cache  # nodes are many, versions few
def minor(version: str) -> int | None:
    """37 of `v1.37.2`, whatever a distribution adds to it; None where it says none."""
    major, _, rest = version.removeprefix("v").partition(".")
    digits = rest.partition(".")[0].rstrip("+")
    return int(digits) if major == "1" and digits.isdecimal() else None


def default_mode(release: int | None, windows: bool) -> str:
    """The mode of a kube-proxy that is given none; empty where it depends on an unknown release."""
    if windows:
        return WINDOWS_DEFAULT
    if release is None:
        return ""
    return next(mode for since, mode in LINUX_DEFAULTS if release >= since)
