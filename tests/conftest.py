"""The lab as fixtures, each started by the first test that asks for it."""

import os
import signal
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import pytest

from tests.freeze.built import Binaries
from tests.lab import nodes
from tests.lab.errors import Lacking
from tests.lab.lab import Lab
from tests.lab.nodes import RealNodes
from tests.lab.oracle import Oracle
from tests.lab.programs import program

# What a test needs is what it asks for, itself or through another fixture.
FIXTURE_MARKERS = {"binaries": "binary", "programs": "lab", "real_nodes": "root"}


def pytest_configure() -> None:
    """Makes a polite kill end like Ctrl-C, so that fixtures still clean up."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks each test by the fixtures it uses."""
    for item in items:
        for name in set(getattr(item, "fixturenames", ())) & FIXTURE_MARKERS.keys():
            item.add_marker(FIXTURE_MARKERS[name])


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter,
) -> Generator[None, object, object]:
    """Says loudly, last of all, what this machine could not test, and why."""
    result = yield
    skips = (report.longrepr[2] for report in terminalreporter.getreports("skipped"))
    reasons = Counter(skip.removeprefix("Skipped: ") for skip in skips)
    for reason, times in sorted(reasons.items()):
        terminalreporter.write_line(f"NOT TESTED HERE ({times} x): {reason}", red=True, bold=True)
    return result


@pytest.fixture(scope="session")
def lab(programs: None) -> Iterator[Lab]:
    """A control plane that all tests share, for reads and dry runs: nothing in it moves by itself."""
    with Lab() as shared:
        yield shared


@pytest.fixture(scope="module")
def own_lab(programs: None) -> Iterator[Lab]:
    """A control plane with scheduler and controllers, for one module that writes to it."""
    with lacking_is_a_skip(), Lab(scheduler=True, controllers=True) as own:
        yield own


@pytest.fixture(scope="session")
def oracle(programs: None) -> Oracle:
    """Upstream's own judgement."""
    with lacking_is_a_skip():
        return Oracle(program("oracle"))


@pytest.fixture(scope="session")
def real_nodes(programs: None) -> Iterator[RealNodes]:
    """Two real nodes, for what only a kubelet and a kube-proxy can show."""
    with lacking_is_a_skip(), nodes.real_nodes() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def binaries(tmp_path_factory: pytest.TempPathFactory) -> Binaries:
    """The frozen plugins of this very tree, each built by the first test that asks for it."""
    return Binaries(tmp_path_factory.mktemp("frozen"))


@pytest.fixture(scope="session")
def programs(pytestconfig: pytest.Config) -> None:
    """The lab's programs; the minutes of a first build are shown, not captured."""
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")
    with lacking_is_a_skip(), capture.global_and_fixture_disabled():
        program("kubectl")


@contextmanager
def lacking_is_a_skip() -> Iterator[None]:
    """Skips what this machine cannot offer; in CI, where everything must be there, it fails."""
    try:
        yield
    except Lacking as lack:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(lack))
