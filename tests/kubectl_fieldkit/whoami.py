"""Who the server takes us for, by our own connection: the other side of `kubectl auth whoami`."""

import json
import math
import sys
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from kubectl_fieldkit.cluster.address import address_of
from kubectl_fieldkit.cluster.dial import dial
from kubectl_fieldkit.cluster.headers import authorization, standing_headers, written
from kubectl_fieldkit.cluster.http1 import Channel
from kubectl_fieldkit.cluster.server import ApiServer
from kubectl_fieldkit.errors import FieldkitError
from kubectl_fieldkit.kubeconfig.access import find_access
from kubectl_fieldkit.kubeconfig.credentials import CredentialSource
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.kubeconfig.model import Access
from kubectl_fieldkit.objects.node import NODES
from kubectl_fieldkit.reading import Objects, Request

REVIEWS = "/apis/authentication.k8s.io/v1/selfsubjectreviews"


def whoami(access: Access, environ: Mapping[str, str]) -> dict[str, Any]:
    """The user as the server sees it; FieldkitError where it lets nobody in."""
    address = address_of(access.cluster)
    credentials = CredentialSource(access, environ).current()
    headers = [
        *standing_headers(address.authority, access.user, gzip=False),
        *authorization(credentials),
        ("Content-Type", "application/json"),
        ("Content-Length", "2"),
    ]
    sock = dial(address, None, access.cluster, credentials, environ, math.inf)
    with closing(Channel(sock)) as channel:
        response = channel.exchange(written("POST", REVIEWS, headers, b"{}"), math.inf)
    if response.status != 201:
        raise FieldkitError(f"{response.status} {response.reason}")
    info = json.loads(response.body)["status"]["userInfo"]
    assert isinstance(info, dict)
    return info


def reads_nodes(access: Access, environ: Mapping[str, str]) -> bool:
    """Whether the nodes can be listed."""
    with ApiServer(access, environ=environ) as server:
        return isinstance(server.read(Request(NODES)), Objects)


if __name__ == "__main__":
    given: Mapping[str, str] = json.loads(sys.argv[1])
    found = find_access(ConnectionFlags(**json.loads(sys.argv[2])), given)
    print(json.dumps([found.namespace, whoami(found, given)]))
