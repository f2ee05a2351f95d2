"""Every reader of YAML whose word counts, kubectl first; each gives a document's `spec`."""

import json
import subprocess
from collections.abc import Callable, Sequence
from typing import Any

import yaml
from ruamel.yaml import YAML

from kubectl_fieldkit.yaml_document import parse_yaml
from kubectl_fieldkit.yaml_emission import to_yaml
from tests.lab.programs import program

Read = Callable[[str], Any]


def manifest(spec: object) -> dict[str, object]:
    """An object of no known kind, which kubectl gives back as it read it."""
    metadata = {"name": "a", "labels": {"x": "y"}}
    return {"apiVersion": "example.com/v1", "kind": "Any", "metadata": metadata, "spec": spec}


def kubectl(text: str) -> list[Any]:
    """The objects that the lab's kubectl reads, without a server."""
    command = [str(program("kubectl")), "label", "--local", "-f", "-", "-o", "json", "x=y"]
    run = subprocess.run(command, input=text.encode(), capture_output=True, check=False)
    if run.returncode:
        raise ValueError(run.stderr.decode())
    return _all_json(run.stdout.decode())


def _all_json(text: str) -> list[Any]:
    decoder, found, end = json.JSONDecoder(), [], 0
    while end < len(text.rstrip()):
        value, end = decoder.raw_decode(text, end)
        found.append(value)
        end += len(text[end:]) - len(text[end:].lstrip())
    return found


def libraries() -> dict[str, Read]:
    """The readers that are Python: YAML 1.1 twice, 1.2, and our own reader of what kubectl reads."""
    return {
        "PyYAML": lambda text: yaml.load(text, yaml.SafeLoader),
        "libyaml": lambda text: yaml.load(text, yaml.CSafeLoader),
        "ruamel.yaml": lambda text: YAML(typ="safe", pure=True).load(text),
        "parse_yaml": lambda text: parse_yaml(text.encode()),
    }


def exact(value: object) -> str:
    """The value as text that two values share when JSON holds them for the same."""
    return json.dumps(_numbers(value), sort_keys=True)


def _numbers(value: object) -> object:
    """1.0 is 1 to JSON, and True is not."""
    if isinstance(value, dict):
        return {key: _numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_numbers(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def misread(values: Sequence[object], read: Read) -> list[tuple[str, str]]:
    """The values, each with what the reader makes of it where that is something else."""
    if _reading(values, read) == exact(values):
        return []
    if len(values) == 1:
        return [(exact(values), _reading(values, read))]
    half = len(values) // 2
    return misread(values[:half], read) + misread(values[half:], read)


def _reading(values: Sequence[object], read: Read) -> str:
    try:
        return exact(read(to_yaml(manifest(values)))["spec"])
    except Exception as err:  # each library has its own
        return f"{type(err).__name__}: {err}"
