"""The API server's configuration file, in each form that the server takes, and in its words where it is none."""

from pathlib import Path

import pytest

from kubectl_fieldkit.errors import FieldkitError
from kubectl_psa_audit.admission_config import PodSecurityConfiguration, read_admission_config

GROUP = "pod-security.admission.config.k8s.io"
BARE = f"""
apiVersion: {GROUP}/v1
kind: PodSecurityConfiguration
defaults: {{enforce: baseline, enforce-version: v1.30}}
exemptions: {{namespaces: [a], runtimeClasses: [k], usernames: [u]}}
"""
WRAPPER = """
apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
- {name: EventRateLimit, path: other.yaml}
"""


def _read(folder: Path, text: str) -> PodSecurityConfiguration:
    file = folder / "config.yaml"
    file.write_text(text)
    return read_admission_config(file)


def _indented(text: str) -> str:
    return text.replace("\n", "\n    ")


@pytest.mark.parametrize(
    "text",
    [
        BARE,
        BARE.replace("/v1\n", "/v1beta1\n"),
        BARE.replace("/v1\n", "/v1alpha1\n"),
        f"{WRAPPER}- name: PodSecurity\n  configuration:{_indented(BARE)}",
        f"{WRAPPER}- {{name: PodSecurity, path: bare.yaml}}",
    ],
    ids=["bare", "v1beta1", "v1alpha1", "wrapped", "by path"],
)
def test_every_form_is_read(tmp_path: Path, text: str) -> None:
    """Defaults that are not given are Kubernetes' own."""
    (tmp_path / "bare.yaml").write_text(BARE)
    config = _read(tmp_path, text)
    assert [config.defaults.level(mode) for mode in ("enforce", "audit", "warn")] == [
        "baseline",
        "privileged",
        "privileged",
    ]
    assert [config.defaults.version(mode) for mode in ("enforce", "audit")] == ["v1.30", "latest"]
    exemptions = config.exemptions
    assert (exemptions.namespaces, exemptions.runtime_classes) == (("a",), ("k",))


def test_a_file_that_does_not_configure_the_plugin_leaves_its_defaults(tmp_path: Path) -> None:
    """The server runs the plugin all the same."""
    assert _read(tmp_path, WRAPPER) == PodSecurityConfiguration()


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("kind: [", "error parsing {file}: yaml: line 1: did not find expected node content"),
        ("- x", "error parsing {file}: it is no configuration"),
        ("kind: ConfigMap", "{file} is no PodSecurityConfiguration and holds none"),
        (
            BARE.replace("baseline", "strict"),
            '{file}: defaults.enforce: Invalid value: "strict": must be one of privileged, baseline, restricted',
        ),
        (
            BARE.replace("v1.30", "v1.030"),
            '{file}: defaults.enforce-version: Invalid value: "v1.030": must be "latest" or "v1.x"',
        ),
        (
            BARE.replace("namespaces", "namespace"),
            "{file}: Object contains unknown field namespace - at exemptions",
        ),
    ],
)
def test_what_is_none_is_refused(tmp_path: Path, text: str, error: str) -> None:
    """The whole text, which begins with the file."""
    with pytest.raises(FieldkitError) as caught:
        _read(tmp_path, text)
    assert str(caught.value) == error.format(file=tmp_path / "config.yaml")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Is an error of its own, and so is a folder."""
    for path, error in (
        (tmp_path / "none", f'the path "{tmp_path}/none" does not exist'),
        (tmp_path, f'cannot read "{tmp_path}": Is a directory'),
    ):
        with pytest.raises(FieldkitError) as caught:
            read_admission_config(path)
        assert str(caught.value) == error
