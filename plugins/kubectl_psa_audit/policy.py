"""The policy that is in force in a namespace, and where each part of it comes from.

Mirrors PolicyToEvaluate of k8s.io/pod-security-admission/api/helpers.go.
"""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from kubectl_fieldkit.envelope import Document
from kubectl_psa_audit.admission_config import PodSecurityConfiguration
from kubectl_psa_audit.labels import MODES, Mode, level_label, version_label
from kubectl_psa_audit.levels import Level, LevelVersion, Version, parse_level, parse_version

EXEMPT = "the namespace is exempt"
FOLLOWS = "follows enforce"
ON_BAD_LEVEL = {  # enforce fails closed, the others open
    "enforce": Level.RESTRICTED,
    "audit": Level.PRIVILEGED,
    "warn": Level.PRIVILEGED,
}


class ModePolicy(Document, frozen=True):
    """What one mode evaluates, and why."""

    level: str
    version: str
    source: str


class Policy(Document, frozen=True):
    """What is in force in a namespace."""

    enforce: ModePolicy
    audit: ModePolicy
    warn: ModePolicy


class Resolved(Struct, frozen=True):
    """A mode's level and version, the origin of each, and whether its label's level is valid."""

    at: LevelVersion
    origins: tuple[str, ...] = ()
    has_level: bool = False
    has_version: bool = False
    valid_level: bool = False


def levels(
    labels: Mapping[str, str], config: PodSecurityConfiguration | None
) -> dict[Mode, LevelVersion]:
    """What each mode evaluates in a namespace that is not exempt."""
    return {mode: found.at for mode, found in _resolve(labels, config).items()}


def effective_policy(
    name: str,
    labels: Mapping[str, str],
    config: PodSecurityConfiguration | None,
    server: Version,
) -> Policy:
    """The policy in force; without the API server's file its defaults are Kubernetes' own, assumed."""
    if config and name in config.exemptions.namespaces:
        exempt = ModePolicy(level=Level.PRIVILEGED, version="latest", source=EXEMPT)
        return Policy(enforce=exempt, audit=exempt, warn=exempt)
    resolved = _resolve(labels, config)
    return Policy(**{mode: _told(found, server) for mode, found in resolved.items()})


def _resolve(
    labels: Mapping[str, str], config: PodSecurityConfiguration | None
) -> dict[Mode, Resolved]:
    found = {mode: _of_mode(mode, labels, config) for mode in MODES}
    enforce, warn = found["enforce"], found["warn"]
    is_stricter = enforce.at.level.strictness > warn.at.level.strictness
    if enforce.valid_level and not warn.has_level and is_stricter:
        found["warn"] = _following(enforce, warn)
    return found


def _of_mode(
    mode: Mode, labels: Mapping[str, str], config: PodSecurityConfiguration | None
) -> Resolved:
    level, level_origin = _level(mode, labels, config)
    version, version_origin = _version(mode, labels, config)
    told = level_label(mode) in labels
    return Resolved(
        at=LevelVersion(level, version),
        origins=tuple(dict.fromkeys(filter(None, (level_origin, version_origin)))),
        has_level=told,
        has_version=version_label(mode) in labels,
        valid_level=told and level_origin == "label",
    )


def _level(
    mode: Mode, labels: Mapping[str, str], config: PodSecurityConfiguration | None
) -> tuple[Level, str]:
    text = labels.get(level_label(mode))
    if text is None:
        defaults = (config or PodSecurityConfiguration()).defaults
        return parse_level(defaults.level(mode)), "default" if config else "assumed default"
    try:
        return parse_level(text), "label"
    except ValueError:
        return ON_BAD_LEVEL[mode], f'invalid level "{text}" counts as {ON_BAD_LEVEL[mode]}'


def _version(
    mode: Mode, labels: Mapping[str, str], config: PodSecurityConfiguration | None
) -> tuple[Version, str]:
    text = labels.get(version_label(mode))
    if text is None:
        defaults = (config or PodSecurityConfiguration()).defaults
        return parse_version(defaults.version(mode)), ""
    try:
        return parse_version(text), "" if level_label(mode) in labels else "version label"
    except ValueError:
        return parse_version("latest"), f'invalid version "{text}" counts as latest'


def _following(enforce: Resolved, warn: Resolved) -> Resolved:
    """Warn has the level of a stricter enforce label, and its version unless it has one of its own."""
    own = [origin for origin in warn.origins if origin.startswith(("version", "invalid version"))]
    version = warn.at.version if warn.has_version else enforce.at.version
    at = LevelVersion(enforce.at.level, version)
    return replace(warn, at=at, origins=(FOLLOWS, *own))


def _told(found: Resolved, server: Version) -> ModePolicy:
    origins = list(found.origins)
    version = found.at.version
    if str(version) != "latest" and version > server:
        origins.append(f"{version} is newer than the server, and counts as {server}")
    return ModePolicy(level=found.at.level, version=str(version), source="; ".join(origins))
