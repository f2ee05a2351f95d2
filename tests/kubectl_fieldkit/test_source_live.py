"""Opening the cluster that the flags name."""

from pathlib import Path

import pytest

from kubectl_fieldkit.errors import ServerError
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.objects.namespace import NAMESPACES
from kubectl_fieldkit.options import SourceFlags
from kubectl_fieldkit.reading import Objects, Request, one_object
from kubectl_fieldkit.source import open_source
from tests.lab.lab import Lab


def test_pages_are_as_big_as_was_asked(lab: Lab, capsys: pytest.CaptureFixture[str]) -> None:
    """The list is whole, whatever the size of the pages that it came in."""
    flags = SourceFlags(ConnectionFlags(kubeconfig=str(lab.kubeconfig)), verbose=True)
    seen = []
    for page in (2, 5_000):
        with open_source(flags, page=page) as source:
            answer = source.read(Request(NAMESPACES))
        assert isinstance(answer, Objects)
        asked = capsys.readouterr().err.splitlines()
        assert all(f"limit={page}" in line for line in asked)
        seen.append(({item.metadata.name for item in answer.items}, len(asked)))
    (in_twos, questions), (at_once, one) = seen
    assert in_twos == at_once
    assert questions > one == 1


def test_what_is_asked_ahead_is_what_would_be_read(lab: Lab, tmp_path: Path) -> None:
    """Each question has its own answer or error; a run that is recorded remembers the answers."""
    known = [Request(NAMESPACES), one_object(NAMESPACES, "kube-system")]
    unknown = one_object(NAMESPACES, "nobody")
    connection = ConnectionFlags(kubeconfig=str(lab.kubeconfig))
    file = tmp_path / "recorded"
    with open_source(SourceFlags(connection, save_snapshot=file)) as source:
        failing, *waiting = source.read_ahead([unknown, *known])
        answers = [wait() for wait in waiting]
        assert answers == [source.read(request) for request in known]
        with pytest.raises(ServerError, match='namespaces "nobody" not found'):
            failing()
    with open_source(SourceFlags(snapshot=file)) as recorded:
        assert [wait() for wait in recorded.read_ahead(known)] == answers
        with pytest.raises(ServerError, match='namespaces "nobody" not found'):
            recorded.read(unknown)
