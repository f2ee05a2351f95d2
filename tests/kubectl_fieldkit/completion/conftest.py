"""The shared lab with something to complete, and all plugins with their completers on a PATH."""

from collections.abc import Iterator

import pytest

from tests.kubectl_fieldkit.completion.installed import PLUGINS, put_plugin, run
from tests.lab.lab import Lab

NODES = ("tab-2", "tab-10")
TAINTS = ("tab-dedicated=gpu:NoSchedule", "tab-repair:NoExecute", "tab-repair:NoSchedule")


@pytest.fixture(scope="package")
def cluster(lab: Lab) -> Iterator[Lab]:
    """Nodes, one of them tainted, a workload and a pod that waits, all called tab."""
    for node in NODES:
        lab.add_node(node)
    lab.kubectl("taint", "node", NODES[0], *TAINTS)
    lab.kubectl("create", "deployment", "tab-web", "--image=web")
    lab.kubectl("run", "tab-pod", "--image=web")
    yield lab
    lab.kubectl("delete", "pod", "tab-pod", "--force", "--grace-period=0")
    lab.kubectl("delete", "deployment", "tab-web", "--wait=false")
    lab.kubectl("delete", "node", *NODES)


@pytest.fixture(scope="package")
def plugins(cluster: Lab, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which kubectl finds every plugin, each with the completer that it installed."""
    folder = tmp_path_factory.mktemp("bin")
    environ = cluster.environ | {"PATH": f"{folder}:{cluster.environ['PATH']}"}
    for plugin in PLUGINS:
        put_plugin(folder, plugin)
        done = run([cluster.kubectl_path, plugin, "completion", "install"], environ)
        assert (done.returncode, done.stderr) == (0, "")
    return environ
