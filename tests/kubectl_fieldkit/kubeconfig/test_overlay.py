"""The overlay's owner, where /proc does not tell."""

import os
import subprocess

import pytest

from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.overlay import parent_of


def test_ps_tells_who_started_a_process() -> None:
    """As /proc does on Linux."""
    assert parent_of(os.getpid()) == os.getppid()


def test_a_process_that_is_gone_has_no_parent() -> None:
    """Said in words, with another way."""
    child = subprocess.Popen(["true"])
    child.wait()
    with pytest.raises(KubeconfigError, match="cannot find the shell that asks"):
        parent_of(child.pid)
