"""The lab's API server, asked what it would make of a manifest: dry-run creations under fresh names."""

import json
import secrets
from http.client import RemoteDisconnected
from typing import Any, Self

from tests.lab.api import Api, ApiError
from tests.lab.lab import Lab

Tree = dict[str, Any]
# The server's no to the manifest itself; any other code is a failure of the test.
_REFUSALS = {400, 403, 422}
_ATTEMPTS = 20
# Somebody has the port, the address or the name that we drew; a dry run looks for an address in any of several ServiceCIDRs.
_UNLUCKY = ("already allocated", "already exists", "not in the valid range")
_PINNED = ("clusterIP", "clusterIPs", "healthCheckNodePort", "nodePort")


class Refusal(Exception):
    """The server does not take the manifest, and says why."""


class DryServer:
    """May be asked from several threads; leave it and its connections are closed."""

    def __init__(self, lab: Lab) -> None:
        self._lab = lab
        self._idle: list[Api] = []
        self._resources: dict[tuple[str, str], tuple[str, bool]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for api in self._idle:
            api.close()

    def create(self, tree: Tree) -> Tree:
        """What the server would make of it under its own name, were that not taken; `Refusal` if it says no."""
        for _ in range(_ATTEMPTS):
            fresh, back = _freshened(tree)
            try:
                made = self.send(
                    "POST", self.path(fresh), fresh, "?dryRun=All&fieldValidation=Strict"
                )
            except ApiError as error:
                if any(words in str(error) for words in _UNLUCKY):
                    continue
                if error.code in _REFUSALS:
                    raise Refusal(json.loads(str(error))["message"]) from error
                raise
            except RemoteDisconnected as end:  # v1.37.2 panics on some Jobs that it should refuse
                raise Refusal("the server hung up") from end
            return dict(replaced(made, back))
        raise AssertionError(f"no free port or address in {_ATTEMPTS} attempts")

    def send(self, method: str, path: str, tree: Tree | None = None, query: str = "") -> Tree:
        """The server's answer to one request."""
        api = self._idle.pop() if self._idle else self._lab.connect()
        try:
            return dict(api.send(method, path + query, tree))
        finally:
            self._idle.append(api)

    def path(self, tree: Tree, name: str = "") -> str:
        """Where objects of this kind live, or the one of that name."""
        version = tree["apiVersion"]
        key = version, tree["kind"]
        if key not in self._resources:
            self._discover(version)
        plural, namespaced = self._resources[key]
        room = f"namespaces/{tree['metadata'].get('namespace', 'default')}/" if namespaced else ""
        return f"{_root(version)}/{room}{plural}" + (f"/{name}" if name else "")

    def is_namespaced(self, tree: Tree) -> bool:
        """Whether objects of this kind live in namespaces."""
        self.path(tree)
        return self._resources[tree["apiVersion"], tree["kind"]][1]

    def stored_kinds(self) -> set[str]:
        """The kinds that are built in and can be read again."""
        groups = self.send("GET", "/apis")["groups"]
        versions = [each["groupVersion"] for group in groups for each in group["versions"]]
        return {
            resource["kind"]
            for version in ["v1", *versions]
            if "example.com" not in version
            for resource in self.send("GET", _root(version))["resources"]
            if "get" in resource["verbs"] and "/" not in resource["name"]
        }

    def _discover(self, version: str) -> None:
        for resource in self.send("GET", _root(version))["resources"]:
            if "/" not in resource["name"]:
                key = version, resource["kind"]
                self._resources[key] = resource["name"], resource["namespaced"]


def _root(version: str) -> str:
    return f"/apis/{version}" if "/" in version else f"/api/{version}"


def _freshened(tree: Tree) -> tuple[Tree, dict[Any, Any]]:
    """The manifest with a name, ports and addresses that are free, and the way back from each."""
    token = f"neat-{secrets.token_hex(4)}"
    metadata, spec = tree.get("metadata") or {}, tree.get("spec") or {}
    own_name = metadata.get("name", "")
    forth: dict[Any, Any] = {}
    match tree["kind"]:
        case "CustomResourceDefinition" | "APIService" if spec.get("group"):
            group = spec["group"]  # the name is made of it
            forth[group] = f"{token}.example.com"
            forth[own_name] = own_name.replace(group, forth[group])
        case "ClusterTrustBundle" if ":" in own_name:  # and here of the signer's
            forth[own_name] = own_name.rpartition(":")[0] + f":{token}"
        case "IPAddress":
            forth[own_name] = _other(own_name)
        case "Service":
            forth = {value: _other(value) for value in _pinned(spec)}
    name = forth.pop(own_name, token)
    fresh = dict(replaced(tree, forth))
    fresh["metadata"] = {**metadata, "name": name}
    back = {new: old for old, new in [*forth.items(), (own_name, name)]}
    return fresh, back


def _pinned(spec: Tree) -> set[Any]:
    """The ports and addresses that the manifest of a Service asks for."""
    ports = [port.get("nodePort") for port in spec.get("ports") or ()]
    addresses = [spec.get("clusterIP"), *(spec.get("clusterIPs") or ())]
    return {*ports, spec.get("healthCheckNodePort"), *addresses} - {None, 0, "", "None"}


def _other(value: Any) -> Any:
    """Another port, or address of the same family."""
    if isinstance(value, int):
        return 30000 + secrets.randbelow(2768)
    if ":" in value:
        return f"{value.rpartition(':')[0]}:{secrets.randbelow(65000) + 256:x}"
    return f"{value.rpartition('.')[0]}.{1 + secrets.randbelow(254)}"


def replaced(tree: Any, names: dict[Any, Any]) -> Any:
    """A copy with every value that is one of these names replaced."""
    if isinstance(tree, dict):
        return {key: replaced(value, names) for key, value in tree.items()}
    if isinstance(tree, list):
        return [replaced(item, names) for item in tree]
    if isinstance(tree, bool) or not isinstance(tree, str | int):
        return tree
    return names.get(tree, tree)
