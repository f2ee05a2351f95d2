"""The plugins of this checkout and their version, as pyproject.toml has them."""

import tomllib
from pathlib import Path

from msgspec import Struct

from freeze.platforms import Platform

ROOT = Path(__file__).parent.parent


class Plugin(Struct, frozen=True):
    """A plugin by the name that its users type after kubectl."""

    name: str

    @property
    def package(self) -> str:
        """Its Python package."""
        return f"kubectl_{self.name.replace('-', '_')}"

    @property
    def binary(self) -> str:
        """Its file: kubectl looks for an underscore where its user types a dash."""
        return f"kubectl-{self.name.replace('-', '_')}"

    def archive(self, version: str, platform: Platform) -> str:
        """The name of its archive for a platform."""
        stem = f"kubectl-{self.name}_v{version}_{platform.os}_{platform.arch}"
        return stem + platform.archive_suffix


def plugins() -> list[Plugin]:
    """All of them, in the order of pyproject.toml."""
    scripts = _project()["scripts"]
    return [Plugin(name.removeprefix("kubectl-").replace("_", "-")) for name in scripts]


def version() -> str:
    """The distribution's version."""
    return str(_project()["version"])


def _project() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = tomllib.loads((ROOT / "pyproject.toml").read_text())[
        "project"
    ]
    return table
