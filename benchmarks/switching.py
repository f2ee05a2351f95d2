"""`kubectl ctx` beside `kubectl config`, on a kubeconfig as people have and on a huge one; `kubectl ns`
beside `kubectl get namespaces`, on a cluster of very many.
"""

import base64
import json
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.cluster import share_out
from benchmarks.races import Race
from benchmarks.timing import Command
from tests.lab.api import Api
from tests.lab.lab import Lab

FEW, MANY = 3, 5_000
NAMESPACES = 20_000
CERTIFICATE_BYTES = 480  # which makes about a kilobyte of a context, its cluster and its user


def races(lab: Lab, binary: Path, folder: Path) -> list[Race]:
    """A switch in each of the two files, and what a prompt asks all day long."""
    few, many = (_write_kubeconfig(lab, folder, count) for count in (FEW, MANY))
    return [
        _switch(lab, binary, few, f"{FEW} contexts", bound=1.2, turns=20),
        _switch(lab, binary, many, f"{MANY:,} contexts", bound=0.5, turns=5),
        Race(
            Command("kubectl ctx -c", (str(binary), "-c", "--kubeconfig", few)),
            Command("kubectl config current-context", _config(lab, few, "current-context")),
            bound=1.2,
            turns=20,
        ),
    ]


def fill_namespaces(lab: Lab) -> None:
    """As many as the largest clusters have that users of kubens complained of."""
    share_out(lab, NAMESPACES, _create_namespace)


def namespace_races(lab: Lab, binary: Path) -> list[Race]:
    """The list of all of them."""
    return [
        Race(
            Command(f"kubectl ns, {NAMESPACES:,}", (str(binary),)),
            Command("kubectl get namespaces", (str(lab.kubectl_path), "get", "namespaces")),
            bound=0.2,
            turns=3,
        )
    ]


def _create_namespace(api: Api, number: int) -> None:
    api.send("POST", "/api/v1/namespaces", {"metadata": {"name": f"team-{number}"}})


def _switch(lab: Lab, binary: Path, file: str, size: str, *, bound: float, turns: int) -> Race:
    """Both change one file, each to another context: so either finds the other's, and has to write."""
    ours, theirs = "cluster-1", "cluster-2"
    return Race(
        Command(f"kubectl ctx NAME, {size}", (str(binary), ours, "--kubeconfig", file)),
        Command("kubectl config use-context NAME", _config(lab, file, "use-context", theirs)),
        bound=bound,
        turns=turns,
    )


def _config(lab: Lab, file: str, *words: str) -> tuple[str, ...]:
    return (str(lab.kubectl_path), "config", *words, "--kubeconfig", file)


def _write_kubeconfig(lab: Lab, folder: Path, count: int) -> str:
    """So many contexts, in kubectl's own words: it wrote the file."""
    file = folder / f"{count}-contexts"
    random = Random(count)
    entries = [_entries(number, random.randbytes(CERTIFICATE_BYTES)) for number in range(count)]
    document = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "cluster-0",
        **{section: [each[section] for each in entries] for section in entries[0]},
    }
    file.write_text(json.dumps(document))
    file.chmod(0o600)
    lab.kubectl("config", "use-context", "cluster-2", "--kubeconfig", file)
    return str(file)


def _entries(number: int, certificate: bytes) -> dict[str, dict[str, Any]]:
    name = f"cluster-{number}"
    data = base64.b64encode(certificate).decode()
    cluster = {"server": f"https://{name}.example.com", "certificate-authority-data": data}
    context = {"cluster": name, "user": name, "namespace": "shop"}
    return {
        "clusters": {"name": name, "cluster": cluster},
        "contexts": {"name": name, "context": context},
        "users": {"name": name, "user": {"token": f"token-of-{name}"}},
    }
