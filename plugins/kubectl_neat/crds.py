"""The defaults of custom resources: those of their structural schemas.

k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting/algorithm.go.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from kubectl_fieldkit.errors import ServerError
from kubectl_neat.defaults import Shape

Tree = Mapping[str, Any]
Shapes = dict[tuple[str, str], Shape]


class Schemas:
    """Finds the type of a custom resource: among definitions that were given, else where the server is asked."""

    def __init__(
        self, given: Iterable[Tree], served: Callable[[str, str], Tree] | None = None
    ) -> None:
        self._shapes: Shapes = {}
        self._served = served
        self._asked: set[str] = set()
        self.unknown: set[tuple[str, str]] = set()  # kinds that were asked for in vain
        for tree in filter(is_definition, given):
            self._shapes |= shapes_of_definition(tree)

    def find(self, api_version: str, kind: str) -> Shape | None:
        """The type; None where nobody knows it. The server is asked once for each version of a group."""
        if (
            (api_version, kind) not in self._shapes
            and self._served
            and api_version not in self._asked
        ):
            self._asked.add(api_version)
            group, _, version = api_version.rpartition("/")
            try:
                self._shapes |= shapes_of_openapi(self._served(group, version))
            except ServerError as err:
                if err.code not in (403, 404):
                    raise
        found = self._shapes.get((api_version, kind))
        if found is None:
            self.unknown.add((api_version, kind))
        return found


def is_definition(tree: Tree) -> bool:
    """Whether the object is a CustomResourceDefinition."""
    return (
        tree.get("apiVersion") == "apiextensions.k8s.io/v1"
        and tree.get("kind") == "CustomResourceDefinition"
    )


def shapes_of_definition(tree: Tree) -> Shapes:
    """The types of a CustomResourceDefinition's versions, by apiVersion and kind."""
    spec = _mapping(tree.get("spec"))
    group, kind = spec.get("group"), _mapping(spec.get("names")).get("kind")
    versions = spec.get("versions")
    return {
        (f"{group}/{version.get('name')}", str(kind)): shape_of(
            _mapping(_mapping(version.get("schema")).get("openAPIV3Schema"))
        )
        for version in (versions if isinstance(versions, list) else ())
        if isinstance(version, dict)
    }


def shapes_of_openapi(schemas: Tree) -> Shapes:
    """The types of the objects that a server's OpenAPI document describes."""
    return {
        (f"{each.get('group')}/{each.get('version')}".lstrip("/"), str(each.get("kind"))): shape_of(
            schema
        )
        for schema in schemas.values()
        for each in schema.get("x-kubernetes-group-version-kind", ())
    }


def shape_of(schema: Tree) -> Shape:
    """The type of a structural schema's values."""
    shape = Shape({})
    shape.required = _required(schema)
    for field, inner in _mapping(schema.get("properties")).items():
        for many, below in _below(_mapping(inner)):
            found = shape_of(below)
            if found.defaults or found.fields:
                shape.fields[field] = many, found
        if "default" in _mapping(inner):
            default = _filled(inner["default"], shape.fields.get(field))
            shape.defaults[field] = default
    return shape


def _required(schema: Tree) -> frozenset[str]:
    """What kubectl asks for before the server could fill it in."""
    fields = schema.get("required")
    embedded = ("apiVersion", "kind") if schema.get("x-kubernetes-embedded-resource") else ()
    return frozenset([*(fields if isinstance(fields, list) else ()), *embedded])


def _below(schema: Tree) -> Iterator[tuple[str, Tree]]:
    if "properties" in schema:
        yield "", schema
    elif isinstance(schema.get("items"), dict):
        yield "[]", schema["items"]
    elif isinstance(schema.get("additionalProperties"), dict):
        yield "{}", schema["additionalProperties"]


def _filled(default: Any, field: tuple[str, Shape] | None) -> Any:
    """The default with the defaults of what is in it."""
    if field is None:
        return default
    many, shape = field
    if many == "[]" and isinstance(default, list):
        return [_filled(item, ("", shape)) for item in default]
    if not isinstance(default, dict):
        return default
    if many == "{}":
        return {key: _filled(value, ("", shape)) for key, value in default.items()}
    below = {
        name: _filled(value, shape.fields.get(name))
        for name, value in (shape.defaults | default).items()
    }
    return default | below


def _mapping(value: Any) -> Tree:
    return value if isinstance(value, dict) else {}
