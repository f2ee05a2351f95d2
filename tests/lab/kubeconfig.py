"""Kubeconfigs for the lab's users."""

from pathlib import Path

import yaml


def write_kubeconfig(path: Path, server: str, certificate_authority: Path, **user: str) -> Path:
    """A kubeconfig with one context, `lab`, whose user has the given fields."""
    cluster = {"server": server, "certificate-authority": str(certificate_authority)}
    fields = {name.replace("_", "-"): value for name, value in user.items()}
    document = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "lab", "cluster": cluster}],
        "users": [{"name": "lab", "user": fields}],
        "contexts": [{"name": "lab", "context": {"cluster": "lab", "user": "lab"}}],
        "current-context": "lab",
    }
    path.write_text(yaml.safe_dump(document, sort_keys=False))
    path.chmod(0o600)
    return path
