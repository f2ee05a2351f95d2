"""Kubeconfigs to check, and what `kubectl ctx --check` says of them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.kubectl_ctx.plugin import ctx

V1 = "client.authentication.k8s.io/v1"
Fields = Mapping[str, Any]


def kubeconfig(
    path: Path, contexts: Mapping[str, tuple[Fields, Fields]], current: str = ""
) -> Path:
    """One whose contexts each have a cluster and a user of their own, in JSON."""
    document = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": name, "cluster": c} for name, (c, _) in contexts.items()],
        "users": [{"name": name, "user": user} for name, (_, user) in contexts.items()],
        "contexts": [
            {"name": name, "context": {"cluster": name, "user": name}} for name in contexts
        ],
        "current-context": current,
    }
    path.write_text(json.dumps(document))
    path.chmod(0o600)
    return path


def plugin(path: Path, script: str, mode: str = "IfAvailable") -> Fields:
    """A user whose credentials come from a shell script."""
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return {"exec": {"apiVersion": V1, "command": str(path), "interactiveMode": mode}}


def checked(file: Path, *args: str) -> dict[str, dict[str, Any]]:
    """What came of each context."""
    code, shown, talk = ctx(file, "--check", "-o", "json", *args)
    assert (code, talk) == (0, "")
    return {item["name"]: item for item in json.loads(shown)["items"]}
