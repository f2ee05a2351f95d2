"""An earlier answer as a baseline: what it already told is not told again."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import DecodeError, Struct, json
from msgspec.structs import replace

from kubectl_fieldkit.errors import FieldkitError
from kubectl_psa_audit.judging import Finding, Item

KIND = "PodSecurityReport"
HINT = 'make one with "kubectl psa-audit -o json"'
Known = frozenset[tuple[str, ...]]


class _Finding(Struct):
    check: str
    detail: str


class _Pods(Struct):
    findings: list[_Finding] = []


class _Item(Struct):
    namespace: str
    kind: str
    name: str
    findings: list[_Finding]
    pods: list[_Pods] = []


class _Answer(Struct):
    kind: str
    items: list[_Item]


def read_baseline(path: Path) -> Known:
    """What the answer in the file tells; FieldkitError where there is none in it."""
    try:
        answer = json.decode(path.read_bytes(), type=_Answer)
    except FileNotFoundError as err:
        raise FieldkitError(f'the path "{path}" does not exist') from err
    except OSError as err:
        raise FieldkitError(f'cannot read "{path}": {err.strerror}') from err
    except DecodeError as err:
        raise FieldkitError(f'"{path}" is no baseline: {err}', HINT) from err
    if answer.kind != KIND:
        raise FieldkitError(f'"{path}" is no baseline: it is a {answer.kind}', HINT)
    return frozenset(
        (item.namespace, item.kind, item.name, finding.check, finding.detail)
        for item in answer.items
        for told in (item.findings, *(pods.findings for pods in item.pods))
        for finding in told
    )


def without_known(items: Iterable[Item], known: Known) -> list[Item]:
    """Every item, with the findings that are new."""
    return [_without(item, known) for item in items]


def _without(item: Item, known: Known) -> Item:
    def new(findings: Sequence[Finding]) -> list[Finding]:
        about = (item.namespace, item.kind, item.name)
        return [f for f in findings if (*about, f.check, f.detail) not in known]

    pods = [replace(apart, findings=new(apart.findings)) for apart in item.pods]
    return replace(item, findings=new(item.findings), pods=[p for p in pods if p.findings])
