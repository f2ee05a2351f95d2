"""The same name in several files, of which kubectl takes the first and hides the others."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from kubectl_ctx.lint.fixes import ctx, subject
from kubectl_ctx.lint.linted import Linted, Rule
from kubectl_fieldkit.findings import Finding
from kubectl_fieldkit.kubeconfig.model import Cluster, Context, Kubeconfig, User

Entry = Cluster | Context | User
KINDS = ("Cluster", "Context", "User")


def find(linted: Linted) -> Iterator[Finding]:
    """Warns of entries that differ, and remarks on equal ones."""
    first: dict[tuple[str, str], Entry] = {}
    for path, kubeconfig in linted.loaded:
        if path in linted.repeating:
            continue
        for kind in KINDS:
            for name, entry in _section(kubeconfig, kind).items():
                winner = first.setdefault((kind, name), entry)
                if winner is not entry:
                    yield _hidden(linted, kind, name, winner, entry)


def _section(kubeconfig: Kubeconfig, kind: str) -> Mapping[str, Entry]:
    sections: dict[str, Mapping[str, Entry]] = {
        "Cluster": kubeconfig.clusters,
        "Context": kubeconfig.contexts,
        "User": kubeconfig.users,
    }
    return sections[kind]


def _hidden(linted: Linted, kind: str, name: str, winner: Entry, entry: Entry) -> Finding:
    same = replace(winner, origin="") == replace(entry, origin="")
    how = "the same" if same else "another one"
    fix = None
    if kind == "Context":
        new = _free(f"{name}-2", linted.merged.contexts)
        fix = ctx(entry.origin, "rename", name, new)
    return Finding(
        rule=RULE.id,
        severity="info" if same else "warning",
        subject=subject(kind, name),
        message=f'"{winner.origin}" has {how} of this name, which counts and hides this one',
        evidence=[entry.origin],
        fix=fix,
    )


def _free(name: str, taken: Mapping[str, object]) -> str:
    while name in taken:
        name += "-2"
    return name


RULE = Rule("duplicate-name", find)
