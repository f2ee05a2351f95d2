"""SetDefaults_PersistentVolume of pkg/apis/core/v1/defaults.go."""

from kubectl_neat.defaults.rules.rule import Filled, Node


def _set_persistent_volume(volume: Node) -> None:
    """Not of the spec by itself: a VolumeAttachment's inline one is left as it is."""
    spec = volume.setdefault("spec", {})
    spec.setdefault("persistentVolumeReclaimPolicy", "Retain")
    spec.setdefault("volumeMode", "Filesystem")


PERSISTENT_VOLUME = Filled(
    ("spec.persistentVolumeReclaimPolicy", "spec.volumeMode"), _set_persistent_volume
)
