"""SetDefaults_LimitRangeItem of pkg/apis/core/v1/defaults.go."""

from collections.abc import Sequence

from kubectl_neat.editing import Work
from kubectl_neat.removal import Path


class LimitRangeItem:
    """A container's default is its max; its default request is the default, else the min."""

    fields: Sequence[str] = ()

    def take(self, work: Work, path: Path) -> None:
        """Resource by resource."""
        item = work.mapping(path)
        if item.get("type") != "Container":
            return
        default, most, least = (dict(work.mapping((*path, f))) for f in ("default", "max", "min"))
        requests = dict(work.mapping((*path, "defaultRequest")))
        for name, value in requests.items():
            if value == default.get(name, least.get(name)):
                filled_by = "the default" if name in default else "the min"
                work.drop((*path, "defaultRequest", name), f"{filled_by}, which is the default")
        for name, value in default.items():
            if value == most.get(name):
                work.drop((*path, "default", name), "the max, which is the default")
        for field in ("defaultRequest", "default"):
            work.drop_emptied((*path, field))
