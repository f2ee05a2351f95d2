"""Several kubeconfig files as one; of hundreds of random sets the lab's kubectl is the judge."""

import json
import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.access import find_access
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.kubeconfig.load import parse
from kubectl_fieldkit.kubeconfig.merge import merge
from kubectl_fieldkit.kubeconfig.model import Cluster, Kubeconfig
from tests.lab.lab import Lab

SETS = 220
# As they stand in the file: quoted and not, and a few that are no strings to kubectl.
NAMES = [
    "a",
    "b",
    "1:30",
    "2001-01-01",
    '"yes"',
    '"1e3"',
    "a b",
    "a/b",
    "'a\"b'",
    "=",
    "é",
    "1.2.3",
]
NO_NAMES = ["yes", "1e3", "010", "[a]", "{a: b}"]
API_VERSION = "client.authentication.k8s.io/v1beta1"
NAMESPACES = ["ns-a", '""', "~", "!!str 5", "2001-01-01", '"on"']


@dataclass(frozen=True, slots=True)
class Case:
    """One $KUBECONFIG, of files in folders d0 to d3, and the context asked for."""

    folder: Path
    kubeconfig: str
    context: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a kubeconfig leads to."""

    server: str
    authority: str
    authority_data: str
    namespace: str
    token: str
    token_file: str
    command: str
    impersonate: str


def _name(made: random.Random) -> str:
    return made.choice(NAMES[:4] if made.random() < 0.93 else NAMES)


def _stanza(made: random.Random, section: str, place: int) -> str:
    number = made.randint(0, 99)
    if section == "contexts":
        fields = {"cluster": _name(made), "user": _name(made), "namespace": made.choice(NAMESPACES)}
        return "context: " + _flow(made, fields)
    if section == "clusters":
        authority = made.choice(
            [
                {"certificate-authority": f"ca{place}.crt"},
                {"certificate-authority-data": "Q0E="},
                {},
            ]
        )
        return "cluster: " + _flow(made, {"server": f"https://s{number}:6443", **authority})
    user = made.choice(
        [
            {"token": f"t{number}"},
            {"tokenFile": f"../tokens/./token{place}"},
            {"exec": f"{{apiVersion: {API_VERSION}, command: ./bin/x{place}}}"},
            {"exec": f"{{apiVersion: {API_VERSION}, command: x, args: ~}}"},
            {"token": f"t{number}", "as": "somebody", "as-groups": "[g]"},
            {},
        ]
    )
    return "user: " + _flow(made, user)


def _flow(made: random.Random, fields: dict[str, str]) -> str:
    kept = {name: text for name, text in fields.items() if made.random() < 0.97}
    return "{" + ", ".join(f"{name}: {text}" for name, text in kept.items()) + "}"


def _section(made: random.Random, section: str, place: int) -> str:
    names = list(dict.fromkeys(_name(made) for _ in range(made.randint(1, 6))))
    if names and made.random() < 0.02:
        names.append(made.choice([names[0], *NO_NAMES]))
    items = [f"- {{name: {name}, {_stanza(made, section, place)}}}\n" for name in names]
    return f"{section}:\n{''.join(items)}" if items else made.choice(["", f"{section}: []\n"])


def _file(made: random.Random, place: int) -> str:
    sections = [_section(made, name, place) for name in ("clusters", "users", "contexts")]
    made.shuffle(sections)
    current = f"current-context: {_name(made)}\n" if made.random() < 0.6 else ""
    head = made.choice(["", "apiVersion: v1\nkind: Config\n", "---\n", "# nothing\n"])
    return head + "".join(sections) + current


def _case(made: random.Random, folder: Path) -> Case:
    paths = []
    for number in range(made.randint(1, 4)):
        place = folder / f"d{number}"
        place.mkdir(parents=True)
        (place / f"ca{number}.crt").write_text("CA")
        path = place / "config"
        if made.random() < 0.9:
            path.write_text(_file(made, number), encoding="utf-8")
        paths.append(str(path))
    paths += made.choices(["", paths[0]], k=made.randint(0, 2))
    made.shuffle(paths)
    context = made.choice(["a", "b", "1:30", "2001-01-01", "yes"]) if made.random() < 0.7 else ""
    return Case(folder, os.pathsep.join(paths) or paths[0], context)


def _ours(case: Case) -> Outcome | None:
    try:
        flags = ConnectionFlags(context=case.context)
        access = find_access(flags, {"KUBECONFIG": case.kubeconfig})
    except KubeconfigError:
        return None
    cluster, user = access.cluster, access.user
    return Outcome(
        server=cluster.server,
        authority=cluster.certificate_authority,
        authority_data=cluster.certificate_authority_data.decode(),
        namespace=access.namespace,
        token=user.token,
        token_file=user.token_file,
        command=user.exec.command if user.exec else "",
        impersonate=user.impersonate,
    )


def _kubectls(case: Case, lab: Lab) -> Outcome | None:
    flags = ["--minify", "--raw", "--flatten=false", "-o=json"]
    flags += [f"--context={case.context}"] if case.context else []
    env = {"KUBECONFIG": case.kubeconfig}
    said = lab.kubectl("config", "view", *flags, check=False, env=env)
    return _outcome(json.loads(said.stdout), case.folder) if said.returncode == 0 else None


def _outcome(view: dict[str, Any], folder: Path) -> Outcome | None:
    """What kubectl would connect to; where it names no server it would try localhost, and we refuse."""
    cluster: dict[str, Any] = next((item["cluster"] for item in view["clusters"] or ()), {})
    user: dict[str, Any] = next((item["user"] for item in view["users"] or ()), {})
    context = view["contexts"][0]["context"]
    command = (user.get("exec") or {}).get("command", "")
    if not cluster.get("server") or ("as-groups" in user and "as" not in user):
        return None
    return Outcome(
        server=cluster["server"],
        authority=_resolved(cluster.get("certificate-authority", ""), folder),
        authority_data="CA" if cluster.get("certificate-authority-data") else "",
        namespace=context.get("namespace") or "default",
        token=user.get("token", ""),
        token_file=_resolved(user.get("tokenFile", ""), folder),
        command=command if command in ("", "x") else _resolved(command, folder),
        impersonate=user.get("as", ""),
    )


def _resolved(path: str, folder: Path) -> str:
    """A path against the folder of its file, whose number it ends with; `config view` leaves it relative."""
    number = "".join(filter(str.isdigit, path))
    return os.path.normpath(folder / f"d{number}" / path) if path else ""


def test_the_first_to_define_a_name_wins_whole() -> None:
    """Nothing of the second definition is left; the first current context that is set counts."""
    first = parse(b"clusters: [{name: k, cluster: {server: a}}]", "/a")
    second = parse(
        b"clusters: [{name: k, cluster: {server: b, proxy-url: p}}, {name: l}]\ncurrent-context: c",
        "/b",
    )
    assert merge([first, second]) == Kubeconfig(
        clusters={"k": Cluster("a", origin="/a"), "l": Cluster(origin="/b")},
        users={},
        contexts={},
        current_context="c",
    )


def _cases(folder: Path) -> Iterator[Case]:
    made = random.Random(37)
    for number in range(SETS):
        yield _case(made, folder / str(number))


def test_random_sets_of_files_lead_where_kubectl_goes(lab: Lab, tmp_path: Path) -> None:
    """The same server, authority, user and namespace, or no way for either."""
    cases = list(_cases(tmp_path))
    with ThreadPoolExecutor(3) as pool:
        theirs = list(pool.map(lambda case: _kubectls(case, lab), cases))
    ours = [_ours(case) for case in cases]
    differing = [found for found in zip(cases, ours, theirs, strict=True) if found[1] != found[2]]
    assert differing == []
    assert SETS / 4 < sum(outcome is None for outcome in ours) < SETS * 3 / 4
