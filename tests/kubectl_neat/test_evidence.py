"""What managedFields prove, and what they do not: nothing that a user wrote may go as unmanaged."""

import json
from typing import Any

import pytest

from kubectl_neat.neating import Known, neat
from kubectl_neat.patterns import Pattern
from tests.kubectl_neat.plugin import NOWHERE
from tests.kubectl_neat.plugin import neat as run_neat
from tests.lab.lab import Lab

Tree = dict[str, Any]

SECRET: Tree = {
    "apiVersion": "v1",
    "kind": "Secret",
    "metadata": {"name": "mixed", "namespace": "default"},
    "data": {"a": "YQ=="},
    "stringData": {"b": "b"},
}
PROFILE = "container.apparmor.security.beta.kubernetes.io/c"
POD: Tree = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "confined", "namespace": "default"},
    "spec": {"containers": [{"name": "c", "image": "nginx:1"}]},
}
WRITES = {"create": ("create",), "apply": ("apply", "--server-side")}

UNREADABLE: tuple[object, ...] = (
    {"f:spec": "words"},
    {"f:spec": {"f:a": {"i:word": {}}}},
    {"f:spec": {"f:a": {"i:-9": {}}}},
    {"f:spec": {"f:a": {"k:{": {}}}},
    {"f:spec": {"f:a": {"k:5": {}}}},
    None,
    [],
)


def made(lab: Lab, tree: Tree, *write: str) -> Tree:
    """What the server would make of it, with its managedFields."""
    shown = ("--dry-run=server", "--show-managed-fields", "-o", "json", "-f", "-")
    live: Tree = json.loads(lab.kubectl(*write, *shown, input=json.dumps(tree)).stdout)
    assert live["metadata"]["managedFields"]
    return live


@pytest.mark.parametrize("write", WRITES)
def test_the_string_data_of_a_secret_is_the_users(lab: Lab, write: str) -> None:
    """A server-side apply records its keys under stringData, and the server shows them under data."""
    live = made(lab, SECRET, *WRITES[write])
    assert neat(live, Known()).tree["data"] == {"a": "YQ==", "b": "Yg=="}


@pytest.mark.parametrize("write", WRITES)
def test_a_profile_of_app_armor_stays_as_it_was_written(lab: Lab, write: str) -> None:
    """In the old annotation or in the field: the server writes the other one beside it."""
    old = {**POD, "metadata": {**POD["metadata"], "annotations": {PROFILE: "runtime/default"}}}
    context = {"appArmorProfile": {"type": "RuntimeDefault"}}
    new = {**POD, "spec": {"containers": [{**POD["spec"]["containers"][0], **_in(context)}]}}
    for pod in (old, new):
        assert neat(made(lab, pod, *WRITES[write]), Known()).tree == pod


def _in(context: Tree) -> Tree:
    return {"securityContext": context}


@pytest.mark.parametrize("fields", UNREADABLE, ids=json.dumps)
def test_a_record_that_cannot_be_read_proves_nothing(fields: object) -> None:
    """Neither an error comes of it nor the loss of what only it would have named."""
    entry = {"manager": "m", "operation": "Update", "apiVersion": "x.io/v1", "fieldsV1": fields}
    whole = {**entry, "fieldsV1": {"f:metadata": {"f:annotations": {"f:a": {}}}}}
    tree: Tree = {
        "apiVersion": "x.io/v1",
        "kind": "T",
        "metadata": {"name": "t", "labels": {"l": "v"}, "annotations": {"a": "b"}},
        "spec": {"a": [{"b": 1}]},
    }
    live = {**tree, "metadata": {**tree["metadata"], "managedFields": [whole, entry]}}
    assert neat(live, Known()).tree == tree


def test_the_controller_among_the_owners_is_named() -> None:
    """Wherever it stands, and whatever else stands in the list."""
    owner = {"kind": "Job", "name": "j", "controller": True}
    owners = ({"kind": "Box", "name": "b"}, "words", owner)
    metadata = {"name": "c", "ownerReferences": owners}
    tree = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata}
    code, _, said = run_neat(NOWHERE, given=json.dumps(tree))
    assert (code, said.count("owned by job/j")) == (0, 1)
    code, _, said = run_neat(
        NOWHERE, given=json.dumps({**tree, "metadata": {"ownerReferences": [5]}})
    )
    assert (code, said) == (0, "")


def test_a_secret_that_people_named_stays_with_its_account() -> None:
    """Only the random end of a name tells one that a controller made: k8s.io/apimachinery/pkg/util/rand."""
    names = ("ci-token-manual", "ci-token-x7k2p", "ci-dockercfg-mine", "ci-token-x7k2pz", "other")
    secrets = [{"name": name} for name in names]
    account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "ci"}}
    tree = neat({**account, "secrets": secrets, "imagePullSecrets": secrets}, Known()).tree
    assert tree["secrets"] == tree["imagePullSecrets"] == [secrets[0], *secrets[2:]]


def test_labels_of_which_nothing_is_left_go_too() -> None:
    """Whether the server filled the last one in or --drop asked for it."""
    entry = {"manager": "m", "operation": "Update", "apiVersion": "v1"}
    fields: Tree = {"f:metadata": {"f:labels": {".": {}}, "f:annotations": {".": {}, "f:a": {}}}}
    metadata = {"name": "c", "labels": {"l": "v"}, "annotations": {"a": "b"}, "finalizers": []}
    told = {"managedFields": [{**entry, "fieldsV1": fields}]}
    tree = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {**metadata, **told}}
    known = Known(drop=(Pattern.parse("metadata.annotations.a"),))
    assert neat(tree, known).tree["metadata"] == {"name": "c"}


def test_an_item_that_admission_gave_another_key_stays() -> None:
    """Its record names the key that the user wrote: port 80, which a policy made 8080."""
    ports = [{"name": "a", "port": 8080, "targetPort": 90}]
    key = 'k:{"port":80,"protocol":"TCP"}'
    named: Tree = {".": {}, "f:name": {}, "f:port": {}, "f:targetPort": {}}
    fields = {"f:spec": {"f:ports": {".": {}, key: named}}}
    entry = {"manager": "m", "operation": "Update", "apiVersion": "v1", "fieldsV1": fields}
    metadata = {"name": "s", "managedFields": [entry]}
    tree = {"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": {"ports": ports}}
    assert neat(tree, Known()).tree["spec"] == {"ports": ports}
