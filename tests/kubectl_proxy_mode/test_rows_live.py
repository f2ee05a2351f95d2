"""Nodes out of the server's table are what they are out of the full list."""

import json

import pytest

from kubectl_fieldkit.cluster.answers import page_of, table_of
from kubectl_fieldkit.cluster.client import Client
from kubectl_fieldkit.cluster.http1 import Response
from kubectl_fieldkit.cluster.questions import AsTable
from kubectl_fieldkit.errors import ServerError
from kubectl_fieldkit.kubeconfig.access import find_access
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_proxy_mode.objects.node import NODES, Node
from tests.lab.api import MERGE_PATCH
from tests.lab.lab import Lab

PATH = "/api/v1/nodes"
LINUX = {
    "kubeletVersion": "v1.36.1+k3s1",
    "kernelVersion": "6.8.0-60-generic",
    "operatingSystem": "linux",
    "osImage": "Ubuntu 24.04.2 LTS",
}
WINDOWS = {
    "kubeletVersion": "v1.37.2",
    "kernelVersion": "10.0.20348.2700",
    "operatingSystem": "windows",
    "osImage": "Windows Server 2022 Datacenter",
}

REQUIRED = (
    *("architecture", "bootID", "containerRuntimeVersion", "kubeProxyVersion", "machineID"),
    *("systemUUID", *LINUX),
)


def test_a_row_says_what_the_node_says(own_lab: Lab) -> None:
    """With labels and without, annotated, of both systems, and before its kubelet has reported."""
    _add(own_lab, "linux", LINUX, {"kubernetes.io/os": "linux"})
    _add(own_lab, "windows", WINDOWS, {"kubernetes.io/os": "windows"})
    _add(own_lab, "unlabelled", WINDOWS, {})
    _add(own_lab, "silent", {}, {})
    args = {"metadata": {"annotations": {"k3s.io/node-args": '["server","--disable-kube-proxy"]'}}}
    own_lab.api.send("PATCH", f"{PATH}/linux", args, MERGE_PATCH)
    access = find_access(ConnectionFlags(kubeconfig=str(own_lab.kubeconfig)), {})
    client = Client(access, {}, None)
    assert NODES.row
    rows = table_of(Node, NODES.row, client.get(AsTable(PATH))).items
    whole = page_of(Node, client.get(PATH)).items
    client.close()
    assert whole
    assert len(whole) == 4
    assert rows == whole


def test_a_server_without_tables_gives_the_list(own_lab: Lab) -> None:
    """What answers with a plain list is read as one."""
    access = find_access(ConnectionFlags(kubeconfig=str(own_lab.kubeconfig)), {})
    client = Client(access, {}, None)
    assert NODES.row
    plain = client.get(PATH)
    client.close()
    assert table_of(Node, NODES.row, plain).items == page_of(Node, plain).items


def test_a_table_that_says_too_little_is_no_answer() -> None:
    """A column that is needed is not there; the plain list is read then. No rows are no nodes."""
    row = {"cells": ["a"], "object": {"metadata": {"name": "a"}}}
    told = {"kind": "Table", "columnDefinitions": [{"name": "Name"}], "rows": [row]}
    assert NODES.row
    with pytest.raises(LookupError):
        table_of(Node, NODES.row, _response(told))
    assert table_of(Node, NODES.row, _response(told | {"rows": None})).items == []
    with pytest.raises(ServerError, match="not the JSON"):
        table_of(Node, NODES.row, _response(told | {"rows": [row | {"object": None}]}))


def _response(body: object) -> Response:
    data = json.dumps(body).encode()
    return Response(200, "OK", {}, data, len(data))


def _add(lab: Lab, name: str, info: dict[str, str], labels: dict[str, str]) -> None:
    node = {"apiVersion": "v1", "kind": "Node", "metadata": {"name": name, "labels": labels}}
    lab.api.send("POST", PATH, node)
    empty = dict.fromkeys(REQUIRED, "")
    status = {"status": {"nodeInfo": empty | info}}
    lab.api.send("PATCH", f"{PATH}/{name}/status", status, MERGE_PATCH)
