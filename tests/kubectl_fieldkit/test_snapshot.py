"""A recorded cluster answers what was recorded, and nothing else."""

import gzip
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kubectl_fieldkit.errors import ServerError, SnapshotError
from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.objects.node import NODES
from kubectl_fieldkit.objects.pod import PODS
from kubectl_fieldkit.objects.resource import Resource
from kubectl_fieldkit.reading import NotRecorded, Objects, Refused, Request, Source
from kubectl_fieldkit.snapshot.recorded import open_snapshot
from kubectl_fieldkit.snapshot.recording import Recording

CLUSTER = """\
apiVersion: fieldkit/v1
kind: Snapshot
serverVersion: v1.37.2
takenAt: 2026-11-25T12:00:00Z
refused: [{resource: pods, kind: Pod, namespace: secret, refused: 'pods is forbidden'}]
---
kind: List
apiVersion: v1
items:
- {apiVersion: v1, kind: Node, metadata: {name: a, labels: {pool: gpu}}}
- {apiVersion: v1, kind: Node, metadata: {name: b, labels: null}}
---
kind: PodList
apiVersion: v1
items:
- metadata: {name: p, namespace: one}
  spec: {nodeName: a, containers: [{name: c, env: [{name: PASSWORD, value: hunter2}]}]}
- {metadata: {name: q, namespace: two}}
"""


@pytest.fixture
def cluster(tmp_path: Path) -> Source:
    """The cluster above, read from a file of kubectl's YAML."""
    file = tmp_path / "cluster.yaml"
    file.write_text(CLUSTER)
    return open_snapshot(file)


def _names(answer: Objects[Any] | Refused | NotRecorded) -> list[str]:
    assert isinstance(answer, Objects)
    return [thing.metadata.name for thing in answer.items]


@pytest.mark.parametrize(
    ("request_", "names"),
    [
        (Request(NODES), ["a", "b"]),
        (Request(NODES, name="b"), ["b"]),
        (Request(NODES, label_selector="pool in (gpu, x)"), ["a"]),
        (Request(NODES, label_selector="!pool"), ["b"]),
        (Request(PODS), ["p", "q"]),
        (Request(PODS, namespace="two"), ["q"]),
        (Request(PODS, field_selector="spec.nodeName=a"), ["p"]),
        (Request(PODS, field_selector="spec.nodeName!=a"), ["q"]),
    ],
)
def test_a_broad_list_answers_narrow_questions(
    cluster: Source, request_: Request[Any], names: list[str]
) -> None:
    """By name, namespace, label and field, as the server would choose."""
    assert _names(cluster.read(request_)) == names


def test_a_missing_name_is_not_found_in_the_servers_words(cluster: Source) -> None:
    """What a whole list does not hold was not there."""
    with pytest.raises(ServerError) as caught:
        cluster.read(Request(NODES, name="c"))
    assert f"{caught.value.prefix}: {caught.value}" == (
        'Error from server (NotFound): nodes "c" not found'
    )


def test_what_was_not_recorded_is_unknown_and_never_empty(tmp_path: Path) -> None:
    """No pods were recorded: the answer is not an empty list. An empty typed list is one."""
    file = tmp_path / "nodes.yaml"
    file.write_text("{kind: Node, apiVersion: v1, metadata: {name: a}}")
    assert open_snapshot(file).read(Request(PODS)) == NotRecorded()
    file.write_text("{kind: PodList, apiVersion: v1, items: []}")
    assert open_snapshot(file).read(Request(PODS)) == Objects([])


def test_a_recorded_refusal_is_repeated(cluster: Source) -> None:
    """Not even a broader list overrules what the server refused."""
    assert cluster.read(Request(PODS, namespace="secret")) == Refused("pods is forbidden")


def test_what_is_recorded_answers_the_same_again(cluster: Source, tmp_path: Path) -> None:
    """Objects, refusals, missing names, version and time survive the file; secrets never enter it."""
    recording = Recording(cluster)
    asked: list[Request[Any]] = [
        Request(NODES, label_selector="pool=gpu"),
        Request(PODS, namespace="one"),
        Request(PODS, namespace="secret"),
    ]
    answers = [recording.read(request) for request in asked]
    with pytest.raises(ServerError):
        recording.read(Request(NODES, name="gone"))
    file = tmp_path / "saved.gz"
    recording.save(file)
    again = open_snapshot(file)
    assert [again.read(request) for request in asked] == answers
    assert (again.server_version, again.now) == ("v1.37.2", datetime(2026, 11, 25, 12, tzinfo=UTC))
    with pytest.raises(ServerError, match='nodes "gone" not found'):
        again.read(Request(NODES, name="gone"))
    assert again.read(Request(NODES)) == NotRecorded()
    assert b"hunter2" not in gzip.decompress(file.read_bytes())
    assert file.stat().st_mode & 0o777 == 0o600


class _SlimNode(KubeObject, frozen=True):
    """A node as a plugin sees it that reads no taints."""


def test_a_record_never_answers_a_question_about_fields_it_did_not_keep(
    cluster: Source, tmp_path: Path
) -> None:
    """Another plugin's record of the same kind is not enough: what it left out is unknown."""
    slim = Resource("", "v1", "nodes", "Node", False, _SlimNode)
    recording = Recording(cluster)
    recording.read(Request(slim))
    file = tmp_path / "slim.gz"
    recording.save(file)
    again = open_snapshot(file)
    assert _names(again.read(Request(slim))) == ["a", "b"]
    assert again.read(Request(NODES)) == NotRecorded()
    assert again.read(Request(NODES, name="a")) == NotRecorded()


def test_no_file_is_overwritten(cluster: Source, tmp_path: Path) -> None:
    """Neither a file nor what a link points to."""
    file, link = tmp_path / "kept", tmp_path / "link"
    file.write_text("precious")
    link.symlink_to(tmp_path / "nowhere")
    for taken in (file, link):
        with pytest.raises(SnapshotError) as caught:
            Recording(cluster).save(taken)
        assert (
            str(caught.value)
            == f'"{taken}" exists already (choose another name; none is overwritten)'
        )
    assert file.read_text() == "precious"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", "is empty"),
        (
            b"just words",
            'holds something that is no Kubernetes object (give the output of "kubectl get -o yaml", or a file of --save-snapshot)',
        ),
        (
            b"a: [",
            "is neither a snapshot nor YAML nor JSON: yaml: line 1: did not find expected node content",
        ),
        (b"\x1f\x8bnonsense", "cannot read snapshot"),
        (
            b'{"kind":"Snapshot"}\n{"resource":"pods","kind":"Pod","objects":2}\n{}\n',
            "is a damaged snapshot: pods: 2 objects announced, the file ends",
        ),
        (
            b'{"kind":"Snapshot"}\n{"resource":"pods"}\n',
            "is a damaged snapshot: Object missing required field `kind`",
        ),
        (
            b'{"kind":"Snapshot"}\n{"resource":"pods","kind":"Pod","obj',
            "is a damaged snapshot: the last line is cut",
        ),
    ],
)
def test_a_file_that_is_no_snapshot_says_so(tmp_path: Path, content: bytes, error: str) -> None:
    """Empty, half, or something else altogether: never a traceback, never an empty cluster."""
    file = tmp_path / "broken"
    file.write_bytes(content)
    with pytest.raises(SnapshotError) as caught:
        open_snapshot(file).read(Request(PODS))
    assert error in str(caught.value)


def test_a_folder_is_one_cluster(tmp_path: Path) -> None:
    """Every file in it counts; a folder without any is refused."""
    with pytest.raises(SnapshotError, match="holds no snapshot, YAML or JSON file"):
        open_snapshot(tmp_path)
    (tmp_path / "1.yaml").write_text("{kind: Node, apiVersion: v1, metadata: {name: a}}")
    (tmp_path / "2.json").write_text(
        '{"kind": "Node", "apiVersion": "v1", "metadata": {"name": "b"}}'
    )
    assert _names(open_snapshot(tmp_path).read(Request(NODES))) == ["a", "b"]
