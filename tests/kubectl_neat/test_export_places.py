"""Where objects' files are: no two share one, none leads away, and their order is the one to apply."""

from hashlib import sha256

import pytest

from kubectl_fieldkit.cluster.discovery import ApiResource
from kubectl_neat.export.file_names import file_name, folder_name
from kubectl_neat.export.order import NUMBERS
from kubectl_neat.export.places import place_of, prefix_of
from tests.kubectl_neat.exporting import CONFIG_MAPS, NAMESPACES
from tests.seeds import cases, rng

# What names are made of, and what file systems, shells and people stumble over.
PARTS = [
    *"aAzZ09._-~%:/\\ \t\n\0\x7f*?\"<>|$`'",
    *(
        "..",
        "con",
        "CON",
        "nul",
        "com1",
        "%41",
        "%2f",
        ".yaml",
        "ß",
        "ẞ",
        "é",
        "e\u0301",
        "İ",
        "\u202e",
        "😀",
    ),
    *("a" * 60, "A" * 60, "~" * 40),
]
CLUSTER_ROLES = ApiResource(
    "rbac.authorization.k8s.io", "v1", "clusterroles", "clusterrole", "ClusterRole", False
)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("web", "web"),
        ("web-1.example.com", "web-1.example.com"),
        ("system:node", "system%3anode"),
        ("Admin", "%41dmin"),
        ("a_b", "a_b"),
        ("a%3ab", "a%253ab"),
        ("../../etc/passwd", "..%2f..%2fetc%2fpasswd"),
        ("é", "%c3%a9"),
        ("\ud800", "%ed%a0%80"),
        ("a" * 150, "a" * 150),
        ("a" * 151, "a" * 117 + "~" + sha256(b"a" * 151).hexdigest()[:32]),
    ],
)
def test_a_file_name_is_the_name_where_that_is_harmless(name: str, written: str) -> None:
    """All other bytes are spelled as %xx; what is too long ends in a digest."""
    assert file_name(name) == written


def test_no_two_names_share_a_file() -> None:
    """Nor where case does not count, on whatever is thrown at it; and every name is one harmless segment."""
    random = rng("file names")
    names = {"".join(random.choices(PARTS, k=random.randint(1, 9))) for _ in range(cases(5000))}
    names |= {"a" * 253 + end for end in "abAB"}
    written = [file_name(name) for name in names]
    assert len({name.casefold() for name in written}) == len(names)
    assert {character for name in written for character in name} <= set(
        "abcdefghijklmnopqrstuvwxyz0123456789.-_%~"
    )
    assert max(map(len, written)) == 150


@pytest.mark.parametrize("name", ["con", "nul", "com1", "lpt9", "aux.x", "", ".", ".."])
def test_no_folder_is_a_device_or_a_step_up(name: str) -> None:
    """A namespace may be called con, and Windows has no such folder."""
    stem = folder_name(name).partition(".")[0]
    assert stem not in {"con", "nul", "com1", "lpt9", "aux"}
    assert folder_name(name) not in {".", ".."}


@pytest.mark.parametrize("resource", [CONFIG_MAPS, CLUSTER_ROLES], ids=lambda each: each.kind)
def test_a_path_fits_a_file_system(resource: ApiResource) -> None:
    """The longest name of the API, with whatever stands before and after it, takes 255 bytes at most."""
    group = ApiResource("g" * 63, "v1", "p" * 63, "", "K" * 63, True)
    for each in (resource, group):
        for name in ("n" * 253, "N" * 253, "é" * 126):
            assert len(place_of(each, "", name).rpartition("/")[2].encode()) <= 255


def test_kinds_of_one_name_have_files_of_their_own() -> None:
    """Another group's Service is not the core's; the names' own dashes and dots move no border."""
    core = ApiResource("", "v1", "services", "service", "Service", True)
    knative = ApiResource("serving.knative.dev", "v1", "services", "service", "Service", True)
    assert place_of(core, "a", "web") == "namespaces/a/50-service_web.yaml"
    assert place_of(knative, "a", "web") == "namespaces/a/80-services.serving.knative.dev_web.yaml"
    long = ApiResource("x.io", "v1", "as", "a", "A", True)
    longer = ApiResource("x.io-b.io", "v1", "as", "a", "A", True)
    assert place_of(long, "a", "b.io_c") != place_of(longer, "a", "c")


def test_kinds_come_after_what_they_need() -> None:
    """As kubectl reads a folder: by name."""

    def place(group: str, kind: str, namespace: str = "", name: str = "x") -> str:
        plural = f"{kind.lower()}s"
        return place_of(ApiResource(group, "v1", plural, "", kind, True), namespace, name)

    wanted = [
        place("apiextensions.k8s.io", "CustomResourceDefinition"),
        place("scheduling.k8s.io", "PriorityClass"),
        place("", "PersistentVolume"),
        place("rbac.authorization.k8s.io", "ClusterRole"),
        place("", "Namespace", name="0"),
        place("", "ServiceAccount", "0"),
        place("", "Namespace", name="web"),
        place("", "ResourceQuota", "web"),
        place("", "ServiceAccount", "web"),
        place("", "Secret", "web"),
        place("", "ConfigMap", "web"),
        place("", "PersistentVolumeClaim", "web"),
        place("rbac.authorization.k8s.io", "Role", "web"),
        place("rbac.authorization.k8s.io", "RoleBinding", "web"),
        place("", "Service", "web"),
        place("apps", "Deployment", "web"),
        place("autoscaling", "HorizontalPodAutoscaler", "web"),
        place("networking.k8s.io", "Ingress", "web"),
        place("example.com", "Widget", "web"),
        place("admissionregistration.k8s.io", "ValidatingAdmissionPolicy"),
        place("admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding"),
        place("admissionregistration.k8s.io", "ValidatingWebhookConfiguration"),
    ]
    assert wanted == sorted(wanted, key=lambda path: path.split("/"))


def test_a_namespace_lies_with_what_is_in_it() -> None:
    """And before it, whatever comes."""
    own = place_of(NAMESPACES, "", "web")
    assert own == "namespaces/web/00-namespace_web.yaml"
    assert own < place_of(CONFIG_MAPS, "web", "!")
    assert all(f"{number:02}" >= "00" for number in NUMBERS.values())
    assert prefix_of(NAMESPACES) == "00-namespace_"
