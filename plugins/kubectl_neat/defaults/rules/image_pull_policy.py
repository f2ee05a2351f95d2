"""SetDefaults_Container and SetDefaults_Volume, pkg/apis/core/v1/defaults.go: when an image is pulled."""

import re

from kubectl_neat.defaults.rules.rule import Filled, Node

_PART = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
# github.com/distribution/reference: [domain/]path[:tag][@digest]
_REFERENCE = re.compile(
    rf"(?:(?:{_LABEL}(?:\.{_LABEL})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?/)?{_PART}(?:/{_PART})*"
    r"(?::(?P<tag>\w[\w.-]{0,127}))?"
    r"(?P<digest>@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?",
    re.ASCII,
)
_IDENTIFIER = re.compile("[a-f0-9]{64}")


def pull_policy(image: object) -> str:
    """Always for the tag latest, given or understood; what is no reference has no tag."""
    found = _REFERENCE.fullmatch(image) if isinstance(image, str) else None
    if not found or _IDENTIFIER.fullmatch(found[0]):
        return "IfNotPresent"
    tag = found["tag"] or ("" if found["digest"] else "latest")
    return "Always" if tag == "latest" else "IfNotPresent"


def _set_container(container: Node) -> None:
    container.setdefault("imagePullPolicy", pull_policy(container.get("image")))


def _set_image_volume(volume: Node) -> None:
    volume.setdefault("pullPolicy", pull_policy(volume.get("reference")))


_REASON = "the default for this image's tag"
CONTAINER = Filled(("imagePullPolicy",), _set_container, ("image",), _REASON)
IMAGE_VOLUME = Filled(("pullPolicy",), _set_image_volume, ("reference",), _REASON)
