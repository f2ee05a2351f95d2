"""Binds a user to the ClusterRoles of a manifest."""

from pathlib import Path
from typing import Any

import yaml

from tests.lab.api import APPLY_PATCH, Api

_GROUP = "rbac.authorization.k8s.io"


def grant(api: Api, user: str, manifest: Path | str) -> None:
    """Applies the manifest's ClusterRoles, and binds the user to each in the whole cluster."""
    text = manifest.read_text() if isinstance(manifest, Path) else manifest
    for role in yaml.safe_load_all(text):
        _apply(api, role)
        _apply(api, _binding(user, role["metadata"]["name"]))


def _binding(user: str, role: str) -> dict[str, Any]:
    return {
        "apiVersion": f"{_GROUP}/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": f"{user}-{role}"},
        "roleRef": {"apiGroup": _GROUP, "kind": "ClusterRole", "name": role},
        "subjects": [{"apiGroup": _GROUP, "kind": "User", "name": user}],
    }


def _apply(api: Api, document: dict[str, Any]) -> None:
    kind, name = document["kind"], document["metadata"]["name"]
    path = f"/apis/{_GROUP}/v1/{kind.lower()}s/{name}?fieldManager=lab&force=true"
    api.send("PATCH", path, document, APPLY_PATCH)
