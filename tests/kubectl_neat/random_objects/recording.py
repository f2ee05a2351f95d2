"""What the API server says of its types, boiled down to one line a type: `python -m tests.kubectl_neat.random_objects.recording`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.lab.api import Api
from tests.lab.lab import Lab

FILE = Path(__file__).with_name("schema.json")
EVERY_VERSION = ("--runtime-config=api/all=true",)
# Groups whose objects are questions or notices, not something a user writes and keeps.
QUESTIONS = {"authentication.k8s.io", "authorization.k8s.io", "internal.apiserver.k8s.io"}
SCALARS: dict[tuple[str, str | None], str] = {
    ("string", "byte"): "bytes",
    ("string", "date-time"): "time",
    ("string", "int-or-string"): "intOrString",
    ("integer", "int32"): "int32",
    ("integer", "int64"): "int64",
    ("number", "double"): "double",
}
KNOWN = {
    "apimachinery.resource.Quantity": "quantity",
    "apimachinery.Time": "time",
    "apimachinery.MicroTime": "microTime",
    "apimachinery.IntOrString": "intOrString",
    "apimachinery.RawExtension": "any",
    "apimachinery.FieldsV1": "any",
    "apiextensions.v1.JSON": "any",
}


def record(api: Api) -> dict[str, Any]:
    """Every kind that can be created, and every type that one of them reaches."""
    kinds: dict[str, Any] = {}
    types: dict[str, Any] = {}
    for document in _documents(api):
        types |= {
            _type_name(name): schema
            for name, schema in document.get("components", {}).get("schemas", {}).items()
        }
        for path, operations in document["paths"].items():
            kinds |= _kind(path, operations.get("post") or {})
    boiled = {name: _fields(schema) for name, schema in sorted(types.items())}
    return {"kinds": dict(sorted(kinds.items())), "types": _reached(kinds, boiled)}


def write(schema: dict[str, Any]) -> str:
    """The schema as text: one line a kind and a type, so that a release's news can be read in a diff."""
    parts = []
    for name, rows in schema.items():
        lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(row)}" for key, row in rows.items())
        parts.append(f"{json.dumps(name)}: {{\n{lines}\n}}")
    return "{" + ",\n".join(parts) + "}\n"


def _documents(api: Api) -> Iterator[dict[str, Any]]:
    for name, place in _json(api, "/openapi/v3")["paths"].items():
        if name.startswith("api") and not QUESTIONS & set(name.split("/")):
            yield _json(api, place["serverRelativeURL"])


def _json(api: Api, path: str) -> dict[str, Any]:
    answer = api.send("GET", path)
    return json.loads(answer) if isinstance(answer, str) else answer  # type: ignore[no-any-return]


def _kind(path: str, post: dict[str, Any]) -> dict[str, Any]:
    known = post.get("x-kubernetes-group-version-kind")
    if not known or "{name}" in path:
        return {}
    api_version = f"{known['group']}/{known['version']}".lstrip("/")
    body = next(iter(post["requestBody"]["content"].values()))["schema"]
    return {f"{api_version} {known['kind']}": [path, _type(body)]}


def _type_name(name: str) -> str:
    """`core.v1.Pod` of `io.k8s.api.core.v1.Pod`."""
    for package, short in (
        ("io.k8s.api.", ""),
        ("io.k8s.apimachinery.pkg.api.resource.", "apimachinery.resource."),
        ("io.k8s.apimachinery.pkg.apis.meta.v1.", "apimachinery."),
        ("io.k8s.apimachinery.pkg.util.intstr.", "apimachinery."),
        ("io.k8s.apimachinery.pkg.runtime.", "apimachinery."),
        ("io.k8s.apiextensions-apiserver.pkg.apis.", ""),
        ("io.k8s.kube-aggregator.pkg.apis.", ""),
    ):
        name = name.replace(package, short)
    return name


def _fields(schema: dict[str, Any]) -> dict[str, Any] | str:
    """A type's fields, required ones first; a word for what can be anything."""
    if schema.get("type") != "object":
        return "any"
    required = schema.get("required", [])
    fields = sorted(
        schema.get("properties", {}).items(), key=lambda field: field[0] not in required
    )
    return {f"{name}{'!' * (name in required)}": _type(field) for name, field in fields}


def _type(schema: dict[str, Any]) -> Any:
    """A scalar's or a type's name, `[item]` of a list, `{"*": value}` of a map, `{"enum": values}`."""
    for several in ("allOf", "oneOf"):
        if several in schema:
            return _type(schema[several][0])
    if "$ref" in schema:
        name = _type_name(schema["$ref"].removeprefix("#/components/schemas/"))
        return KNOWN.get(name, name)
    if "enum" in schema:
        return {"enum": schema["enum"]}
    if "items" in schema:
        return [_type(schema["items"])]
    if "additionalProperties" in schema:
        return {"*": _type(schema["additionalProperties"])}
    kind = schema.get("type", "any")
    return SCALARS.get((kind, schema.get("format")), "any" if kind == "object" else kind)


def _reached(kinds: dict[str, Any], types: dict[str, Any]) -> dict[str, Any]:
    waiting: list[Any] = [kind[1] for kind in kinds.values()]
    reached: dict[str, Any] = {}
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, list):
            waiting += kind
        elif isinstance(kind, dict):
            waiting += [kind["*"]] if "*" in kind else []
        elif kind in types and kind not in reached:
            reached[kind] = types[kind]
            waiting += types[kind].values() if isinstance(types[kind], dict) else []
    return dict(sorted(reached.items()))


if __name__ == "__main__":
    with Lab(apiserver_flags=EVERY_VERSION) as lab:
        FILE.write_text(write(record(lab.api)))
