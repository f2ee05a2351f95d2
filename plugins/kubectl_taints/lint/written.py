"""A manifest as what a finding is about."""

from kubectl_fieldkit.findings import Subject
from kubectl_fieldkit.manifests import Manifest


def subject_of_manifest(manifest: Manifest) -> Subject:
    """Where it will be, as far as it says so itself."""
    namespace = str(manifest.find("metadata", "namespace") or "")
    return Subject(kind=manifest.kind, namespace=namespace, name=manifest.name)
