"""Which credentials count, and how long: files, inline data, and what is asked for again."""

from pathlib import Path

import pytest

from kubectl_fieldkit.errors import CredentialsError
from kubectl_fieldkit.kubeconfig.credentials import Credentials, CredentialSource
from kubectl_fieldkit.kubeconfig.model import Access, Cluster, ExecPlugin, User

NEVER = ExecPlugin("client.authentication.k8s.io/v1", "/nowhere/plugin", interactive_mode="Never")


class Clock:
    """A clock that the test moves."""

    now = 1_000_000.0

    def __call__(self) -> float:
        """Now, in seconds."""
        return self.now


def _source(user: User, clock: Clock | None = None) -> CredentialSource:
    return CredentialSource(Access(Cluster("https://x"), user), {}, clock or Clock())


@pytest.mark.parametrize(
    ("user", "credentials"),
    [
        (User(), Credentials()),
        (User(token="t"), Credentials(token="t")),
        (User(username="u", password="p"), Credentials(basic=("u", "p"))),
        (User(password="p"), Credentials()),
        (
            User(client_certificate="/c", client_key="/k"),
            Credentials(certificate_file="/c", key_file="/k"),
        ),
        (
            User(client_certificate_data=b"C", client_key_data=b"K"),
            Credentials(certificate=b"C", key=b"K"),
        ),
        (User(client_key="/k"), Credentials()),
        (
            User(token="t", client_certificate="/c", client_key="/k"),
            Credentials(token="t", certificate_file="/c", key_file="/k"),
        ),
        (User(token="t", exec=NEVER), Credentials(token="t")),
        (User(username="u", exec=NEVER), Credentials(basic=("u", ""))),
        (User(token="t", auth_provider="gcp"), Credentials(token="t")),
    ],
)
def test_what_the_kubeconfig_says_is_shown(user: User, credentials: Credentials) -> None:
    """A certificate goes with a token; no plugin is run where there are other credentials."""
    source = _source(user)
    assert source.current() == credentials
    assert not source.renew(source.current())


def test_a_pair_that_is_half_inline_is_inline(tmp_path: Path) -> None:
    """Data beside a file: both are read."""
    (tmp_path / "key").write_text("K")
    user = User(client_certificate_data=b"C", client_key=str(tmp_path / "key"))
    assert _source(user).current() == Credentials(certificate=b"C", key=b"K")


def test_a_token_file_is_trimmed_and_read_again_in_time(tmp_path: Path) -> None:
    """For 50 seconds the token is kept; then the file is read again."""
    file = tmp_path / "token"
    file.write_text(" one\n")
    clock = Clock()
    source = _source(User(token_file=str(file)), clock)
    assert source.current().token == "one"
    file.write_text("two\n")
    clock.now += 50
    assert source.current().token == "one"
    clock.now += 1
    assert source.current().token == "two"


def test_a_refused_token_file_is_read_at_once(tmp_path: Path) -> None:
    """After a 401 a rotated token is worth one more try; the same one is not."""
    file = tmp_path / "token"
    file.write_text("one")
    source = _source(User(token_file=str(file)))
    assert source.current().token == "one"
    assert not source.renew(source.current())
    file.write_text("two")
    assert source.renew(source.current())
    assert source.current().token == "two"


def test_a_refused_token_is_renewed_once_for_all(tmp_path: Path) -> None:
    """Two connections sent it: the second one takes what the first one's question gave."""
    file = tmp_path / "token"
    file.write_text("one")
    source = _source(User(token_file=str(file)))
    sent = source.current()
    file.write_text("two")
    assert source.renew(sent)
    file.write_text("three")
    assert source.renew(sent)
    assert source.current().token == "two"


def test_a_token_file_that_vanishes_leaves_its_last_token(tmp_path: Path) -> None:
    """As in client-go, a failed rotation is no reason to stop."""
    file = tmp_path / "token"
    file.write_text("one")
    clock = Clock()
    source = _source(User(token_file=str(file)), clock)
    source.current()
    file.unlink()
    clock.now += 60
    assert source.current().token == "one"


def test_a_token_file_beats_a_token_where_it_can_be_read(tmp_path: Path) -> None:
    """client-go's rule, even for --token."""
    file = tmp_path / "token"
    source = _source(User(token="given", token_file=str(file)))
    assert source.current().token == "given"
    file.write_text("filed")
    assert source.renew(source.current())
    assert source.current().token == "filed"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, 'failed to read token file "{}": no such file or directory'),
        (" \n", 'read empty token from file "{}"'),
    ],
)
def test_a_token_file_without_a_token_is_an_error(
    content: str | None, reason: str, tmp_path: Path
) -> None:
    """client-go's words."""
    file = tmp_path / "token"
    if content is not None:
        file.write_text(content)
    with pytest.raises(CredentialsError) as caught:
        _source(User(token_file=str(file))).current()
    assert str(caught.value) == reason.format(file)


def test_a_key_that_cannot_be_read_is_an_error() -> None:
    """Where one half is inline, the other is read here."""
    with pytest.raises(CredentialsError) as caught:
        _source(User(client_certificate_data=b"C", client_key="/nowhere/key")).current()
    assert str(caught.value) == 'unable to read "/nowhere/key": no such file or directory'


@pytest.mark.parametrize(
    ("provider", "words"),
    [
        (
            "gcp",
            'the auth provider "gcp" is not supported (use the exec plugin gke-gcloud-auth-plugin)',
        ),
        (
            "azure",
            'the auth provider "azure" is not supported '
            "(use the exec plugin kubelogin (https://github.com/Azure/kubelogin))",
        ),
        (
            "oidc",
            'the auth provider "oidc" is not supported '
            "(use the exec plugin kubectl oidc-login (https://github.com/int128/kubelogin))",
        ),
        (
            "openstack",
            'the auth provider "openstack" is not supported '
            "(use the exec plugin client-keystone-auth)",
        ),
        ("mine", 'no auth provider found for name "mine" (use an exec plugin)'),
    ],
)
def test_auth_providers_are_refused_with_their_successor(provider: str, words: str) -> None:
    """Before anything is asked."""
    with pytest.raises(CredentialsError) as caught:
        _source(User(auth_provider=provider))
    assert str(caught.value) == words


def test_secrets_stay_out_of_repr() -> None:
    """No log or traceback shows them."""
    shown = repr(Credentials(token="S3CRET", key=b"S3CRET", basic=("u", "S3CRET")))
    assert "S3CRET" not in shown
