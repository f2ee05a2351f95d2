"""Renders a plugin's manifest as krew takes it."""

import tomllib
from collections.abc import Mapping

from msgspec import Struct, convert

from freeze.platforms import Platform
from freeze.plugins import ROOT, Plugin

HOMEPAGE = "https://github.com/kubectl-fieldkit/fieldkit"
MANIFESTS = ROOT / "krew-manifests"
REPLACES = """krew's own index has another plugin of this name, and krew keeps one of a name:
`kubectl krew uninstall {name}` removes it before this one is installed."""


class Texts(Struct, frozen=True):
    """What krew shows of a plugin; `replaces` says that krew's own index has one of its name."""

    short: str
    description: str
    replaces: bool = False


def texts() -> dict[str, Texts]:
    """The texts of all plugins, by their names."""
    return convert(tomllib.loads((MANIFESTS / "plugins.toml").read_text()), dict[str, Texts])


def manifest(plugin: Plugin, version: str, checksums: Mapping[Platform, str]) -> str:
    """The manifest of a release, with an archive's checksum for each platform."""
    text = texts()[plugin.name]
    caveats = _block("caveats", REPLACES.format(name=plugin.name)) if text.replaces else ""
    platforms = "".join(
        _platform(plugin, version, platform, checksum) for platform, checksum in checksums.items()
    )
    return f"""\
apiVersion: krew.googlecontainertools.github.com/v1alpha2
kind: Plugin
metadata:
  name: {plugin.name}
spec:
  version: v{version}
  homepage: {HOMEPAGE}
  shortDescription: "{text.short}"
{_block("description", text.description)}{caveats}  platforms:
{platforms}"""


def _block(key: str, text: str) -> str:
    lines = "".join(f"    {line}\n" for line in text.strip().splitlines())
    return f"  {key}: |\n{lines}"


def _platform(plugin: Plugin, version: str, platform: Platform, checksum: str) -> str:
    return f"""\
  - selector:
      matchLabels:
        os: {platform.os}
        arch: {platform.arch}
    uri: {HOMEPAGE}/releases/download/v{version}/{plugin.archive(version, platform)}
    sha256: {checksum}
    bin: {plugin.binary}{platform.suffix}
"""
