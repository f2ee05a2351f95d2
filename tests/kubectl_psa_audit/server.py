"""The API server's own words: its refusals and its warnings."""

import json
import ssl
from http.client import HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from kubectl_psa_audit.workloads import WORKLOAD_KINDS
from tests.lab.lab import Lab

PLURALS = {kind.resource.kind: kind.resource for kind in WORKLOAD_KINDS}
STRATEGIC = "application/strategic-merge-patch+json"
WOULD_VIOLATE = "would violate PodSecurity "


class Reply(Struct, frozen=True):
    """What a server answered; `message` is a refusal's."""

    status: int
    body: dict[str, Any]
    warnings: list[str]

    @property
    def message(self) -> str:
        """Why not."""
        return str(self.body.get("message", ""))


class Server:
    """One connection to a lab's server as admin, that keeps the warnings."""

    def __init__(self, lab: Lab) -> None:
        trust = ssl.create_default_context(cafile=lab.certificate_authority)
        self._connection = HTTPSConnection(urlsplit(lab.server).netloc, context=trust)
        self._token = lab.token

    def send(
        self, method: str, path: str, body: object = None, kind: str = "application/json"
    ) -> Reply:
        """The answer, whatever it is."""
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": kind}
        self._connection.request(method, path, json.dumps(body), headers)
        response = self._connection.getresponse()
        told = response.headers.get_all("Warning") or []
        return Reply(response.status, json.loads(response.read()), [_text(line) for line in told])

    def create(self, namespace: str, thing: dict[str, Any], dry_run: bool = True) -> Reply:
        """What becomes of an object; in a dry run nothing does."""
        query = "?dryRun=All&fieldValidation=Strict" if dry_run else ""
        return self.send("POST", path_of(thing["kind"], namespace) + query, thing)

    def add_namespace(self, name: str, labels: dict[str, str]) -> Reply:
        """A namespace that pods can be made in: no controller runs that would make the account."""
        made = self.send(
            "POST", "/api/v1/namespaces", {"metadata": {"name": name, "labels": labels}}
        )
        account = {"metadata": {"name": "default"}}
        self.send("POST", f"/api/v1/namespaces/{name}/serviceaccounts", account)
        return made

    def close(self) -> None:
        """Hangs up."""
        self._connection.close()


def path_of(kind: str, namespace: str, name: str = "") -> str:
    """Where the objects of a kind are."""
    if kind == "Pod":
        return f"/api/v1/namespaces/{namespace}/pods" + (f"/{name}" if name else "")
    return PLURALS[kind].path(namespace, name)


def _text(header: str) -> str:
    """The text of `299 - "text"`."""
    return header[len('299 - "') : -1].replace('\\"', '"').replace("\\\\", "\\")
