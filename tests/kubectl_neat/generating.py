"""Makes the table of the API's defaults from upstream's own defaulting, newest release first:
`python -m tests.kubectl_neat.generating 37 ORACLE SPECS [36 ORACLE SPECS]…`.

ORACLE answers `oracle default` (tests/lab/cmd/oracle, built of that release's modules) and SPECS is the
folder api/openapi-spec/v3 of that release's source. Of older releases their differences are kept.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kubectl_neat.defaults.rules import RULES
from tests.lab.oracle import Oracle

FILE = Path("plugins/kubectl_neat/defaults/table.json")
NOT_OBJECTS = {"DeleteOptions", "WatchEvent", "Status", "Eviction", "Scale", "Binding"}
# Nothing below these has defaults, and a schema of schemas has no end.
LEAVES = {"ObjectMeta", "JSONSchemaProps", "ManagedFieldsEntry", "FieldsV1"}

OPTIONAL = {"serviceName"}  # required by the schemas before 1.33, and by no server

Schemas = Mapping[str, Mapping[str, Any]]


def read_specs(folder: Path) -> list[dict[str, Any]]:
    """The OpenAPI documents of a release's source."""
    return [json.loads(file.read_text()) for file in sorted(folder.glob("api*_openapi.json"))]


def make_table(specs: Iterable[Mapping[str, Any]], oracle: Oracle) -> dict[str, Any]:
    """Of each kind the type of its objects; of each type the fields that have defaults or lead to them."""
    schemas: dict[str, Any] = {}
    for spec in specs:
        schemas |= spec.get("components", {}).get("schemas", {})
    kinds = dict(sorted(_kinds(schemas).items()))
    probes = list(_probes(schemas, kinds))
    answers = list(oracle.ask("default", [probe.question for probe in probes]))
    types: dict[str, Any] = {
        _short(name): {"defaults": {}, "fields": {}, "required": []} for name in schemas
    }
    for probe, answer in zip(probes, answers, strict=True):
        if "error" not in answer:
            types[_short(probe.type)]["defaults"] = _filled(probe, answer)
            types[_short(probe.type)]["required"] = sorted(_required(schemas[probe.type]))
    roots = {kind: _short(name) for kind, name in kinds.items()}
    return {"kinds": roots, "types": _with_fields(schemas, types)}


class Probe:
    """An object in which one struct is there and empty."""

    def __init__(self, kind: str, type_: str, path: Sequence[str]) -> None:
        api_version, name = kind.split()
        self.type, self.path = type_, path
        self.question = {"apiVersion": api_version, "kind": name, **_nested(path)}


def _nested(path: Sequence[str]) -> dict[str, Any]:
    """The path down to an empty struct, with one item where it goes through a list or a map."""
    if not path:
        return {}
    step, inner = path[0], _nested(path[1:])
    name = step.rstrip("[]{}")
    return {name: [inner] if step.endswith("[]") else {"a": inner} if step != name else inner}


def _filled(probe: Probe, answer: Any) -> dict[str, Any]:
    """What stands beside nothing in the struct; none of it where the struct itself was dropped."""
    for step in probe.path:
        name = step.rstrip("[]{}")
        if name not in answer:
            return {}
        answer = answer[name]
        answer = answer[0] if step.endswith("[]") else answer if step == name else answer["a"]
    values: dict[str, Any] = _plain(answer)
    for name in () if probe.path else ("apiVersion", "kind", "metadata", "status"):
        values.pop(name, None)
    return values


def _required(schema: Mapping[str, Any]) -> set[str]:
    return set(schema.get("required", ())) - OPTIONAL


def _plain(value: Any) -> Any:
    """Without nulls, and without the time of the request, which is no default."""
    if isinstance(value, dict):
        kept = {key: inner for key, inner in value.items() if inner is not None}
        return {key: _plain(inner) for key, inner in kept.items() if key != "timeAdded"}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _kinds(schemas: Schemas) -> dict[str, str]:
    kinds = {}
    for name, schema in schemas.items():
        for each in schema.get("x-kubernetes-group-version-kind", ()):
            kind = each["kind"]
            if "metadata" in schema.get("properties", {}) and not kind.endswith("List"):
                api_version = f"{each['group']}/{each['version']}".lstrip("/")
                kinds[f"{api_version} {kind}"] = name
    return {kind: name for kind, name in kinds.items() if kind.split()[1] not in NOT_OBJECTS}


def _probes(schemas: Schemas, kinds: Mapping[str, str]) -> Iterator[Probe]:
    """One a type, at the first place where it stands; Pods last, which have defaults of their own."""
    seen: set[str] = set()
    for kind in sorted(kinds, key=lambda kind: kind == "v1 Pod"):
        todo: list[tuple[str, tuple[str, ...]]] = [(kinds[kind], ())]
        while todo:
            type_, path = todo.pop(0)
            if type_ in seen:
                continue
            seen.add(type_)
            yield Probe(kind, type_, path)
            for field, (inner, many) in _structs(schemas, type_).items():
                if path or field not in ("metadata", "status"):
                    todo.append((inner, (*path, field + many)))


def _structs(schemas: Schemas, type_: str) -> dict[str, tuple[str, str]]:
    """The fields that hold structs: their type, and `[]` for a list or `{}` for a map of them."""
    found = {}
    for field, schema in schemas[type_].get("properties", {}).items():
        for many, inner in (
            ("", schema),
            ("[]", schema.get("items")),
            ("{}", schema.get("additionalProperties")),
        ):
            ref = _ref(inner)
            if ref and "properties" in schemas[ref] and _short(ref).split(".")[-1] not in LEAVES:
                found[field] = ref, many
    return found


def _ref(schema: Any) -> str:
    if not isinstance(schema, dict):
        return ""
    ref = schema.get("$ref") or next((each.get("$ref") for each in schema.get("allOf", ())), "")
    return str(ref or "").rpartition("/")[2]


def _short(name: str) -> str:
    for prefix in ("io.k8s.api.", "io.k8s."):
        name = name.removeprefix(prefix)
    return name


def _with_fields(schemas: Schemas, types: dict[str, Any]) -> dict[str, Any]:
    for name in schemas:
        for field, (inner, many) in _structs(schemas, name).items():
            types[_short(name)]["fields"][field] = many + _short(inner)
    return types


def _pruned(table: dict[str, Any]) -> dict[str, Any]:
    """Without the fields that lead to no default, and what is out of reach then."""
    types = table["types"]
    fruitful = {name for name, each in types.items() if each["defaults"] or name in RULES}
    grown = True
    while grown:
        more = {
            name
            for name, each in types.items()
            if any(inner.lstrip("[]{}") in fruitful for inner in each["fields"].values())
        }
        grown = not more <= fruitful
        fruitful |= more
    reached, todo = set(), list(table["kinds"].values())
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            fields = types[name]["fields"]
            types[name]["fields"] = {
                f: t for f, t in fields.items() if t.lstrip("[]{}") in fruitful
            }
            todo += [inner.lstrip("[]{}") for inner in types[name]["fields"].values()]
    return table | {"types": {name: types[name] for name in sorted(reached)}}


def merge(tables: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """The newest table, what only older releases have, and which defaults differed in each of those.

    What the schema of any release requires stays in an object: its defaults are left out.
    """
    newest, *older = tables
    for name in {name for table in tables.values() for name in table["types"]}:
        of_all = [table["types"][name] for table in tables.values() if name in table["types"]]
        must = {field for each in of_all for field in each["required"]}
        for each in of_all:
            each["required"] = sorted(must & each["defaults"].keys())
            each["defaults"] = {f: v for f, v in each["defaults"].items() if f not in must}
    merged = tables[newest] | {"differences": {}}
    for release in older:
        types = tables[release]["types"]
        merged["differences"][release] = {
            name: each["defaults"]
            for name, each in types.items()
            if name in merged["types"] and each["defaults"] != merged["types"][name]["defaults"]
        }
        merged["kinds"] = tables[release]["kinds"] | merged["kinds"]
        merged["types"] = types | merged["types"]
    return _pruned(merged)


if __name__ == "__main__":
    triples = zip(*[iter(sys.argv[1:])] * 3, strict=True)
    made = {r: make_table(read_specs(Path(specs)), Oracle(Path(o))) for r, o, specs in triples}
    FILE.write_text(json.dumps(merge(made), indent=1, sort_keys=True) + "\n")
