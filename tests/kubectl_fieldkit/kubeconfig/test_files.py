"""Which files make up the kubeconfig."""

import pytest

from kubectl_fieldkit.kubeconfig.files import kubeconfig_files


@pytest.mark.parametrize(
    ("explicit", "environ", "files"),
    [
        ("", {"HOME": "/h"}, ["/h/.kube/config"]),
        ("", {"HOME": "/h", "KUBECONFIG": ""}, ["/h/.kube/config"]),
        ("", {"HOME": "/h", "KUBECONFIG": "a:b"}, ["a", "b"]),
        ("", {"KUBECONFIG": "b:a:b:a"}, ["b", "a"]),
        ("", {"KUBECONFIG": "::a::b:"}, ["a", "b"]),
        ("", {"KUBECONFIG": ":"}, []),
        ("", {"HOME": "/h", "KUBECONFIG": "~/a"}, ["~/a"]),
        ("x", {"HOME": "/h", "KUBECONFIG": "a:b"}, ["x"]),
        ("a:b", {}, ["a:b"]),
        ("", {}, []),
    ],
)
def test_files_in_order(explicit: str, environ: dict[str, str], files: list[str]) -> None:
    """The flag beats the variable, which beats the home folder."""
    assert kubeconfig_files(explicit, environ) == files
