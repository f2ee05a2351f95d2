"""What makes discovery hard: a CRD with short names and categories, in two versions, and an aggregated API that is away."""

from typing import Any

from kubectl_fieldkit.cluster.server import ApiServer
from tests.lab.api import ApiError
from tests.lab.lab import Lab
from tests.lab.waiting import wait_for

GROUP, AWAY = "fieldkit.example.com", "away.example.com/v1beta1"


def serve_widgets(lab: Lab) -> None:
    """Serves widgets (`wd`, categories `all` and `gadgets`), whose schema has a default, and waits for them."""
    lab.api.send("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", _widgets())
    path = f"/apis/{GROUP}"
    wait_for("widgets", lambda: _is_served(lab, path))


def register_what_is_away(lab: Lab, server: ApiServer) -> None:
    """Registers an aggregated API that no service answers for, and waits until the server knows."""
    spec = {
        "group": "away.example.com",
        "version": "v1beta1",
        "service": {"namespace": "default", "name": "nobody"},
        "insecureSkipTLSVerify": True,
        "groupPriorityMinimum": 100,
        "versionPriority": 100,
    }
    service = {
        "apiVersion": "apiregistration.k8s.io/v1",
        "kind": "APIService",
        "metadata": {"name": "v1beta1.away.example.com"},
        "spec": spec,
    }
    lab.api.send("POST", "/apis/apiregistration.k8s.io/v1/apiservices", service)
    wait_for("the API to be away", lambda: server.discover().away)


def widget(name: str, **spec: Any) -> dict[str, Any]:
    """A manifest of a widget."""
    return {
        "apiVersion": f"{GROUP}/v1",
        "kind": "Widget",
        "metadata": {"name": name},
        "spec": spec,
    }


def _is_served(lab: Lab, path: str) -> bool:
    """Whether both versions are named, and answer for themselves."""
    named = [group for group in lab.api.send("GET", "/apis")["groups"] if group["name"] == GROUP]
    try:
        lists = [lab.api.send("GET", f"{path}/{version}/widgets") for version in ("v1", "v1alpha1")]
    except ApiError:
        return False
    return bool(named and lists)


def _widgets() -> dict[str, Any]:
    size = {"type": "string", "default": "small"}
    spec = {"type": "object", "properties": {"size": size, "colour": {"type": "string"}}}
    schema = {"type": "object", "properties": {"spec": spec}}
    versions = [
        {
            "name": name,
            "served": True,
            "storage": name == "v1",
            "schema": {"openAPIV3Schema": schema},
            "subresources": {"scale": _SCALE} if name == "v1" else {},
        }
        for name in ("v1alpha1", "v1")
    ]
    names = {
        "plural": "widgets",
        "singular": "widget",
        "kind": "Widget",
        "shortNames": ["wd", "deploy"],  # which is taken: deployments come first
        "categories": ["all", "gadgets"],
    }
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"widgets.{GROUP}"},
        "spec": {"group": GROUP, "scope": "Namespaced", "names": names, "versions": versions},
    }


_SCALE = {"specReplicasPath": ".spec.replicas", "statusReplicasPath": ".status.replicas"}
