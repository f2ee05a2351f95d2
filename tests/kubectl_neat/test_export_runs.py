"""What an export makes of the kinds it is given, and what it says of it."""

from pathlib import Path
from typing import Any

import pytest

from kubectl_fieldkit.cluster.discovery import ApiResource, Away
from kubectl_fieldkit.envelope import Incomplete
from kubectl_fieldkit.output import Screen, render
from kubectl_neat.export.exporting import Export, Exported
from kubectl_neat.export.folder import opened
from kubectl_neat.export.gather import AFFECTS, Kind
from kubectl_neat.export.places import folders
from kubectl_neat.export.report import report
from kubectl_neat.export.resources import kinds_never_read, kinds_to_read
from tests.kubectl_neat.exporting import CONFIG_MAPS, NAMESPACES, content

SECRETS = ApiResource("", "v1", "secrets", "secret", "Secret", True)
DEPLOYMENTS = ApiResource("apps", "v1", "deployments", "deployment", "Deployment", True)
OLD_DEPLOYMENTS = ApiResource("extensions", "v1beta1", "deployments", "", "Deployment", True)
CRDS = ApiResource(
    "apiextensions.k8s.io", "v1", "customresourcedefinitions", "", "CustomResourceDefinition", False
)


def kind(resource: ApiResource, *names: str, namespace: str = "", **rest: Any) -> Kind:
    """Objects of these names."""
    trees = []
    for name in names:
        metadata = {"name": name} | ({"namespace": namespace} if namespace else {})
        metadata["uid"] = f"{resource.kind}-{namespace}-{name}"
        tree = {"apiVersion": resource.api_version, "kind": resource.kind, "metadata": metadata}
        trees.append(tree | rest)
    return Kind(resource, trees)


def refused(resource: ApiResource) -> Kind:
    """A kind that may not be listed."""
    return Kind(
        resource,
        (),
        Incomplete("list", resource.full_name, "", AFFECTS, "it is forbidden", "the right to"),
    )


def run(
    path: Path, *kinds: Kind, namespace: str = "", secrets: bool = False, **more: Any
) -> Exported:
    """An export of these, as they are."""
    with opened(path) as folder:
        export = Export(folder, lambda tree: tree, secrets=secrets)
        for each in more.get("away", ()):
            export.add_away(each)
        for each in kinds:
            export.add(each)
        return export.end(folders(namespace))


def test_files_of_earlier_runs(tmp_path: Path) -> None:
    """Those whose objects are gone are named; what this run was not about is not looked at."""
    web, api = kind(CONFIG_MAPS, "a", "b", namespace="web"), kind(CONFIG_MAPS, "a", namespace="api")
    run(tmp_path, kind(NAMESPACES, "web", "api"), web, api)
    (tmp_path / "namespaces" / "web" / "mine.yaml").write_text("mine")
    before = content(tmp_path)
    done = run(tmp_path, kind(CONFIG_MAPS, "b", namespace="web"), namespace="web")
    assert done.gone == [
        "namespaces/web/00-namespace_web.yaml",
        "namespaces/web/22-configmap_a.yaml",
    ]
    everything = run(
        tmp_path, kind(NAMESPACES, "web"), kind(CONFIG_MAPS, "a", "b", namespace="web")
    )
    assert everything.gone == [
        "namespaces/api/00-namespace_api.yaml",
        "namespaces/api/22-configmap_a.yaml",
    ]
    assert content(tmp_path) == before


def test_what_was_not_read_is_not_gone(tmp_path: Path) -> None:
    """Nor what is left out, nor the files of an API that is away, whichever its kinds are."""
    given = [
        kind(CONFIG_MAPS, "a", namespace="web"),
        kind(SECRETS, "s", namespace="web"),
        kind(DEPLOYMENTS, "d", namespace="web"),
    ]
    run(tmp_path, *given, secrets=True)
    done = run(tmp_path, refused(CONFIG_MAPS), given[1])
    assert done.gone == ["namespaces/web/64-deployment_d.yaml"]
    assert [each.resource for each in done.unread] == ["configmaps"]
    assert not done.complete
    custom = ApiResource("a.example.com", "v1", "things", "thing", "Thing", True)
    run(tmp_path, kind(custom, "t", namespace="web"))
    missing = [Away("a.example.com/v1", "away"), Away("apps/v1", "away")]
    assert run(tmp_path, away=missing).gone == [
        "namespaces/web/21-secret_s.yaml",
        "namespaces/web/22-configmap_a.yaml",
    ]
    assert "namespaces/web/80-things.a.example.com_t.yaml" in run(tmp_path).gone


def test_secrets_that_are_not_asked_for_need_no_right(tmp_path: Path) -> None:
    """Then it is no gap that they may not be listed; with --secrets it is."""
    done = run(tmp_path, refused(SECRETS))
    assert done.complete
    assert [(each.kind, each.name, each.rule) for each in done.left_out] == [
        ("Secret", "", "secret")
    ]
    assert not run(tmp_path, refused(SECRETS), secrets=True).complete


def test_an_object_of_two_groups_is_exported_once(tmp_path: Path) -> None:
    """In the group that comes first in the server's order."""
    old = kind(OLD_DEPLOYMENTS, "d", namespace="web")
    done = run(tmp_path, kind(DEPLOYMENTS, "d", namespace="web"), old)
    assert [file.path for file in done.files] == ["namespaces/web/64-deployment_d.yaml"]


def test_one_file_that_is_not_ours_costs_itself_alone(tmp_path: Path) -> None:
    """The others are written, and the answer says which is not."""
    path = tmp_path / "namespaces" / "web" / "22-configmap_b.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("theirs")
    done = run(tmp_path, kind(CONFIG_MAPS, "a", "b", "c", namespace="web"))
    assert [file.name for file in done.files] == ["a", "c"]
    assert [each.name for each in done.not_written] == ["b"]
    assert not done.complete
    assert path.read_text() == "theirs"


def test_a_string_that_yaml_cannot_hold_costs_its_object_alone(tmp_path: Path) -> None:
    """Half a surrogate pair, which no server sends."""
    done = run(
        tmp_path,
        kind(CONFIG_MAPS, "a", namespace="web", data={"k": "\ud800"}),
        kind(NAMESPACES, "web"),
    )
    assert [each.name for each in done.not_written] == ["a"]
    assert [file.name for file in done.files] == ["web"]


@pytest.mark.parametrize(
    ("kinds", "namespace", "commands"),
    [
        ([], "", []),
        ([kind(NAMESPACES, "web")], "", ["kubectl apply -R -f 'a b'"]),
        ([kind(NAMESPACES, "web")], "web", ["kubectl apply -R -f 'a b/namespaces/web'"]),
        (
            [kind(CRDS, "x.example.com"), kind(NAMESPACES, "web")],
            "",
            ["kubectl apply -f 'a b/crds'", "kubectl apply -R -f 'a b'"],
        ),
        (
            [kind(CONFIG_MAPS, "big", namespace="web", data={"k": "x" * 260_000})],
            "web",
            ["kubectl apply --server-side -R -f 'a b/namespaces/web'"],
        ),
    ],
)
def test_how_the_files_are_applied(
    tmp_path: Path, kinds: list[Kind], namespace: str, commands: list[str]
) -> None:
    """Definitions first, if any; on the server's side where an object is too large for its own annotation."""
    answer = report(run(tmp_path, *kinds), "a b", namespace, "", wide=False).document()
    assert getattr(answer, "apply") == commands  # noqa: B009


def test_the_summary(tmp_path: Path) -> None:
    """How many of each kind in the order of their files; what is left out by kind and rule, the names behind it on request."""
    owner = {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "r", "uid": "u"}
    pods = kind(ApiResource("", "v1", "pods", "pod", "Pod", True), *"abcde", namespace="web")
    for tree in pods.trees:
        tree["metadata"]["ownerReferences"] = [owner]
    run(tmp_path, kind(CONFIG_MAPS, "a", namespace="web"))
    done = run(
        tmp_path, pods, kind(CONFIG_MAPS, "a", "b", namespace="web"), kind(NAMESPACES, "web")
    )
    assert render(report(done, "out", "web", "", wide=False), "table", Screen()) == SUMMARY
    wide = render(report(done, "out", "web", "", wide=True), "wide", Screen())
    assert "namespaces/web/22-configmap_a.yaml     unchanged\n" in wide
    assert "web         Pod    e      owned by ReplicaSet/r: it comes and goes with it\n" in wide
    names = render(report(done, "out", "web", "", wide=False), "name", Screen())
    assert names.splitlines()[0] == "out/namespaces/web/00-namespace_web.yaml"


SUMMARY = """\
3 files in out: 2 written, 1 unchanged
KIND        FILES   WRITTEN   UNCHANGED
Namespace   1       1         0
ConfigMap   2       1         1

Left out
KIND   NAMES                REASON
Pod    a, b, c and 2 more   owned by ReplicaSet/r

Apply
kubectl apply -R -f out/namespaces/web
"""


def test_which_kinds_are_read() -> None:
    """What can be listed and created; Services and StatefulSets before what depends on them; never what nobody writes."""
    verbs = ("create", "get", "list")

    def resource(
        group: str, plural: str, kind: str, *some: str, namespaced: bool = True
    ) -> ApiResource:
        return ApiResource(group, "v1", plural, "", kind, namespaced, (), (), some or verbs)

    served = [
        resource("", "configmaps", "ConfigMap"),
        resource("", "events", "Event"),
        resource("", "bindings", "Binding", "create"),
        resource("", "services", "Service"),
        resource("", "nodes", "Node", namespaced=False),
        resource("metrics.k8s.io", "pods", "PodMetrics", "get", "list"),
        resource("apps", "statefulsets", "StatefulSet"),
        resource("example.com", "events", "Event"),
        resource("", "namespaces", "Namespace", namespaced=False),
    ]
    in_one = ["services", "statefulsets.apps", "configmaps", "events.example.com"]
    assert [each.full_name for each in kinds_to_read(served, cluster=False)] == in_one
    everything = kinds_to_read(served, cluster=True)
    assert [each.full_name for each in everything] == [*in_one, "namespaces"]
    assert [each.full_name for each in kinds_never_read(served, cluster=False)] == ["events"]
    assert [each.full_name for each in kinds_never_read(served, cluster=True)] == [
        "events",
        "nodes",
    ]
