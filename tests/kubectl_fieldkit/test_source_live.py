"""Opening the cluster that the flags name."""

import pytest

from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.objects.namespace import NAMESPACES
from kubectl_fieldkit.options import SourceFlags
from kubectl_fieldkit.reading import Objects, Request
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
