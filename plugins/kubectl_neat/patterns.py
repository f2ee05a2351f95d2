"""Paths as --keep and --drop take them: `spec.template.spec.containers[*].image`, `metadata.annotations['a.b/c']`."""

import re

from msgspec import Struct

from kubectl_fieldkit.errors import UsageError
from kubectl_neat.editing import Work
from kubectl_neat.removal import Path

ANY = "*"
# A name in which a backslash takes the meaning of a dot away, as kubectl's JSONPath has it; or brackets.
_STEP = r"""\.?(?:((?:[^.\[\]'"\\]|\\.)+)|\[(\d+|\*)\]|\['((?:[^'\\]|\\.)+)'\]|\["((?:[^"\\]|\\.)+)"\])"""


class Pattern(Struct, frozen=True):
    """A path in which `*` stands for every key or position."""

    steps: Path

    @classmethod
    def parse(cls, text: str) -> "Pattern":
        """The pattern; UsageError where it is none."""
        step = re.compile(_STEP)
        steps: list[str | int] = []
        at = len("{") if text.startswith("{") else 0
        end = len(text) - (1 if at and text.endswith("}") else 0)
        while at < end:
            found = step.match(text, at, end)
            if not found:
                raise UsageError(
                    f"\"{text}\" is no path, such as spec.replicas or metadata.annotations['a.b/c']"
                )
            name, position, *quoted = found.groups()
            if position:
                steps.append(ANY if position == ANY else int(position))
            else:
                steps.append(re.sub(r"\\(.)", r"\1", name or quoted[0] or quoted[1]))
            at = found.end()
        if not steps:
            raise UsageError("a path may not be empty")
        return cls(tuple(steps))

    def touches(self, path: Path) -> bool:
        """Whether the place is one of those meant, or stands above or below one."""
        return all(_fits(step, at) for step, at in zip(self.steps, path, strict=False))

    def take(self, work: Work) -> None:
        """Takes the places away."""
        places: list[Path] = [()]
        for step in self.steps:
            places = [
                at for place in places for at in _children(work, place) if _fits(step, at[-1])
            ]
        for place in places:
            work.drop(place, "asked for by --drop", even_written=True)


def _fits(step: str | int, at: str | int) -> bool:
    return step in (ANY, at)


def _children(work: Work, path: Path) -> list[Path]:
    node = work.find(path)
    if isinstance(node, dict):
        return [(*path, key) for key in node]
    return [at for at, _ in work.items(path)]
