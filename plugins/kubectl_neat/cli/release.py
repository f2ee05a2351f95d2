"""Which release's defaults go."""

import re

from kubectl_fieldkit import entry
from kubectl_fieldkit.errors import UsageError
from kubectl_neat.defaults.table import NEWEST, OLDEST


def release_of(version: str) -> int:
    """The minor version, the newest for the empty one; the nearest known one, with a warning, for others."""
    if not version:
        return NEWEST
    found = re.match(r"v?1\.(\d+)", version)
    if not found:
        raise UsageError(f'"{version}" is no version, such as 1.34')
    release = int(found[1])
    if not OLDEST <= release <= NEWEST:
        nearest = min(max(release, OLDEST), NEWEST)
        entry.tell(
            f"warning: the defaults of {version} are not known: those of v1.{nearest} are taken"
        )
    return min(max(release, OLDEST), NEWEST)
