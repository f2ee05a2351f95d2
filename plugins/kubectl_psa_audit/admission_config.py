"""The API server's own AdmissionConfiguration file: the defaults and exemptions of the cluster.

Mirrors k8s.io/pod-security-admission/admission/api: load, v1/defaults.go, validation.
"""

from pathlib import Path
from typing import Any

import msgspec

from kubectl_fieldkit.errors import FieldkitError
from kubectl_psa_audit.levels import parse_level, parse_version

PLUGIN = "PodSecurity"
GROUP = "pod-security.admission.config.k8s.io"
VERSIONS = ("v1", "v1beta1", "v1alpha1")


class Defaults(msgspec.Struct, rename="kebab", frozen=True, forbid_unknown_fields=True):
    """What holds where a namespace has no label."""

    enforce: str = ""
    enforce_version: str = ""
    audit: str = ""
    audit_version: str = ""
    warn: str = ""
    warn_version: str = ""

    def level(self, mode: str) -> str:
        """The level of enforce, audit or warn."""
        return str(getattr(self, mode)) or "privileged"

    def version(self, mode: str) -> str:
        """The version of enforce, audit or warn."""
        return str(getattr(self, f"{mode}_version")) or "latest"


class Exemptions(msgspec.Struct, rename="camel", frozen=True, forbid_unknown_fields=True):
    """What Pod Security does not look at."""

    usernames: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    runtime_classes: tuple[str, ...] = ()


class PodSecurityConfiguration(
    msgspec.Struct, rename="camel", frozen=True, forbid_unknown_fields=True
):
    """The plugin's part of the file; without one, the defaults that Kubernetes comes with."""

    api_version: str = ""
    kind: str = ""
    defaults: Defaults = Defaults()
    exemptions: Exemptions = Exemptions()


def read_admission_config(path: Path) -> PodSecurityConfiguration:
    """The configuration in the file, alone or inside an AdmissionConfiguration; FieldkitError for none."""
    document = _load(path)
    if document.get("kind") == "AdmissionConfiguration":
        return _of_plugins(path, document.get("plugins") or [])
    return _convert(path, document)


def _load(path: Path) -> dict[str, Any]:
    from kubectl_fieldkit.yaml_document import parse_yaml

    try:
        document = parse_yaml(path.read_bytes())
    except FileNotFoundError as err:
        raise FieldkitError(f'the path "{path}" does not exist') from err
    except OSError as err:
        raise FieldkitError(f'cannot read "{path}": {err.strerror}') from err
    except ValueError as err:
        raise FieldkitError(f"error parsing {path}: {err}") from err
    if not isinstance(document, dict):
        raise FieldkitError(f"error parsing {path}: it is no configuration")
    return document


def _of_plugins(path: Path, plugins: list[Any]) -> PodSecurityConfiguration:
    for plugin in plugins:
        if isinstance(plugin, dict) and plugin.get("name") == PLUGIN:
            if isinstance(plugin.get("configuration"), dict):
                return _convert(path, plugin["configuration"])
            if plugin.get("path"):
                beside = path.parent / str(plugin["path"])
                return _convert(beside, _load(beside))
    return PodSecurityConfiguration()


def _convert(path: Path, document: dict[str, Any]) -> PodSecurityConfiguration:
    try:
        config = msgspec.convert(document, PodSecurityConfiguration)
    except msgspec.ValidationError as err:
        raise FieldkitError(f"{path}: {str(err).replace('`', '').replace('$.', '')}") from err
    known = config.api_version in [f"{GROUP}/{version}" for version in VERSIONS]
    if config.kind != "PodSecurityConfiguration" or not known:
        raise FieldkitError(f"{path} is no PodSecurityConfiguration and holds none")
    _validate(path, config.defaults)
    return config


def _validate(path: Path, defaults: Defaults) -> None:
    """ValidatePodSecurityConfiguration, in its words."""
    for mode in ("enforce", "warn", "audit"):
        for name, parse, value in (
            (mode, parse_level, defaults.level(mode)),
            (f"{mode}-version", parse_version, defaults.version(mode)),
        ):
            try:
                parse(value)
            except ValueError as err:
                raise FieldkitError(
                    f'{path}: defaults.{name}: Invalid value: "{value}": {err}'
                ) from err
