"""Objects as plain trees: nothing is left out, and the server's order of keys is kept."""

from typing import Any

from msgspec import Struct, json

from kubectl_fieldkit.cluster.answers import object_of, refusal
from kubectl_fieldkit.cluster.client import Client
from kubectl_fieldkit.cluster.discovery import ApiResource
from kubectl_fieldkit.cluster.escaping import escaped, query_of
from kubectl_fieldkit.cluster.questions import path_of

FIELD_MANAGER = "kubectl-neat"


class RawRequest(Struct, frozen=True):
    """One read: a list, or one object when `name` is set; no namespace means all of them."""

    resource: ApiResource
    name: str = ""
    namespace: str = ""
    label_selector: str = ""
    field_selector: str = ""


def as_manifest(resource: ApiResource, tree: dict[str, Any]) -> dict[str, Any]:
    """The object with its apiVersion and kind, which the items of a list lack, in front."""
    return {"apiVersion": resource.api_version, "kind": resource.kind} | tree


def dry_run_create(
    client: Client, resource: ApiResource, tree: dict[str, Any], namespace: str
) -> dict[str, Any]:
    """What the server would make of a new object; admission and defaults run, and nothing is stored."""
    query = {"dryRun": "All", "fieldManager": FIELD_MANAGER, "fieldValidation": "Strict"}
    path = f"{path_of(resource, namespace)}?{query_of(query)}"
    response = client.review(path, json.encode(tree))
    if response.status != 201:
        raise refusal(response, f"create {resource.plural}")
    return object_of(dict[str, Any], response)


def openapi_schemas(client: Client, group: str, version: str) -> dict[str, Any]:
    """The schemas of OpenAPI v3 for a group's version; ServerError (404) where nothing is published."""
    place = f"apis/{escaped(group)}" if group else "api"
    path = f"/openapi/v3/{place}/{escaped(version)}"
    response = client.get(path)
    if response.status != 200:
        raise refusal(response, f"get {path}")
    schemas: dict[str, Any] = object_of(dict[str, Any], response)["components"]["schemas"]
    return schemas
