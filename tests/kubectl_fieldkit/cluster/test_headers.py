"""What a request says of who asks."""

import pytest

from kubectl_fieldkit.cluster.headers import authorization, impersonation, written
from kubectl_fieldkit.errors import CredentialsError
from kubectl_fieldkit.kubeconfig.credentials import Credentials
from kubectl_fieldkit.kubeconfig.model import User


def test_impersonation_is_spelled_as_client_go_does() -> None:
    """Keys of extra are percent-encoded in capitals, groups and values repeat their header."""
    user = User(
        impersonate="jane",
        impersonate_uid="7",
        impersonate_groups=("a", "b c"),
        impersonate_extra=(("example.org/Té%", ("x", "y")), ("plain-_.~!", ("z",))),
    )
    assert impersonation(user) == [
        ("Impersonate-User", "jane"),
        ("Impersonate-Uid", "7"),
        ("Impersonate-Group", "a"),
        ("Impersonate-Group", "b c"),
        ("Impersonate-Extra-example.org%2FT%C3%A9%25", "x"),
        ("Impersonate-Extra-example.org%2FT%C3%A9%25", "y"),
        ("Impersonate-Extra-plain-_.~!", "z"),
    ]


def test_nobody_is_impersonated_by_default() -> None:
    """No flag, no header."""
    assert impersonation(User(token="t")) == []


@pytest.mark.parametrize(
    ("credentials", "headers"),
    [
        (Credentials(), []),
        (Credentials(token="t"), [("Authorization", "Bearer t")]),
        (Credentials(basic=("jane", "é:x")), [("Authorization", "Basic amFuZTrDqTp4")]),
        (Credentials(token="t", basic=("a", "b")), [("Authorization", "Bearer t")]),
    ],
)
def test_authorization(credentials: Credentials, headers: list[tuple[str, str]]) -> None:
    """A token goes first."""
    assert authorization(credentials) == headers


@pytest.mark.parametrize("value", ["a\nX: y", "a\r", "a\0", "a\x7f"])
def test_a_value_cannot_add_a_header(value: str) -> None:
    """Control characters in a token or a name are refused, and the secret is not shown."""
    with pytest.raises(CredentialsError) as caught:
        written("GET", "/", [("Authorization", value)])
    assert caught.value.line == (
        'error: the value of the header "Authorization" holds control characters'
    )
