"""Where in a manifest a field stands."""

from kubectl_fieldkit.manifests import Manifest
from kubectl_fieldkit.yaml_document import Mapping
from kubectl_psa_audit.patching import parse_path


def line_of(manifest: Manifest, path: str) -> int:
    """The line of the field or, where it is absent, of the nearest thing around it."""
    line = min(manifest.tree.lines.values(), default=1)
    value: object = manifest.tree
    for step in parse_path(path):
        if isinstance(value, Mapping) and step in value:
            line, value = value.lines[str(step)], value[str(step)]
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
            line = min(value.lines.values(), default=line) if isinstance(value, Mapping) else line
        else:
            break
    return line
