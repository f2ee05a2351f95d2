"""From flags and kubeconfig to one access; where kubectl would guess, the words that say what to do."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from kubectl_fieldkit.errors import KubeconfigError, UsageError
from kubectl_fieldkit.kubeconfig.access import find_access
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.kubeconfig.model import Access, Cluster, User

CONFIG = """
current-context: dev
contexts:
- {name: dev, context: {cluster: dev, user: dev, namespace: team}}
- {name: prod, context: {cluster: prod, user: prod}}
- {name: plain, context: {cluster: plain, user: dev}}
- {name: nobody, context: {cluster: dev}}
- {name: no-user, context: {cluster: dev, user: prood}}
- {name: no-cluster, context: {cluster: nowhere, user: dev}}
- {name: names-none, context: {user: dev}}
- {name: serverless, context: {cluster: serverless, user: dev}}
clusters:
- {name: dev, cluster: {server: "https://dev", tls-server-name: dev.example, certificate-authority-data: Q0E=}}
- {name: prod, cluster: {server: "HTTPS://prod", insecure-skip-tls-verify: true}}
- {name: plain, cluster: {server: "http://plain", certificate-authority-data: Q0E=, proxy-url: "http://proxy"}}
- {name: serverless, cluster: {certificate-authority-data: Q0E=}}
users:
- {name: dev, user: {token: t, as: dev, as-groups: [g], as-user-extra: {k: [v], l: [w]}}}
- {name: prod, user: {client-certificate-data: Q1JU, client-key-data: S0VZ}}
"""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment whose kubeconfig is CONFIG."""
    (tmp_path / "config").write_text(CONFIG)
    return {"KUBECONFIG": str(tmp_path / "config"), "HOME": str(tmp_path)}


DEV = Cluster("https://dev", certificate_authority_data=b"CA", tls_server_name="dev.example")
EXTRA = (("k", ("v",)), ("l", ("w",)))
DEV_USER = User(token="t", impersonate="dev", impersonate_groups=("g",), impersonate_extra=EXTRA)
PROD = Cluster("HTTPS://prod", insecure_skip_tls_verify=True)
PROD_USER = User(client_certificate_data=b"CRT", client_key_data=b"KEY")
NO_CREDENTIALS = User(impersonate="dev", impersonate_groups=("g",), impersonate_extra=EXTRA)


def _without_origins(access: Access) -> Access:
    from msgspec.structs import replace

    return replace(
        access, cluster=replace(access.cluster, origin=""), user=replace(access.user, origin="")
    )


@pytest.mark.parametrize(
    ("flags", "access"),
    [
        (ConnectionFlags(), Access(DEV, DEV_USER, "team", "dev")),
        (ConnectionFlags(namespace="x"), Access(DEV, DEV_USER, "x", "dev")),
        (ConnectionFlags(context="prod"), Access(PROD, PROD_USER, "default", "prod")),
        (ConnectionFlags(cluster="prod"), Access(PROD, DEV_USER, "team", "dev")),
        (ConnectionFlags(user="prod"), Access(DEV, PROD_USER, "team", "dev")),
        (ConnectionFlags(request_timeout=5), Access(DEV, DEV_USER, "team", "dev", 5)),
        (
            ConnectionFlags(server="https://other"),
            Access(
                Cluster("https://other", certificate_authority_data=b"CA"), DEV_USER, "team", "dev"
            ),
        ),
        (
            ConnectionFlags(server="https://other", tls_server_name="x"),
            Access(
                Cluster("https://other", certificate_authority_data=b"CA", tls_server_name="x"),
                DEV_USER,
                "team",
                "dev",
            ),
        ),
        (
            ConnectionFlags(disable_compression=True),
            Access(replace(DEV, disable_compression=True), DEV_USER, "team", "dev"),
        ),
        (
            ConnectionFlags(insecure_skip_tls_verify=True),
            Access(
                Cluster(
                    "https://dev", insecure_skip_tls_verify=True, tls_server_name="dev.example"
                ),
                DEV_USER,
                "team",
                "dev",
            ),
        ),
        (
            ConnectionFlags(context="prod", certificate_authority="/dev/null"),
            Access(
                Cluster("HTTPS://prod", certificate_authority="/dev/null"),
                PROD_USER,
                "default",
                "prod",
            ),
        ),
        (
            ConnectionFlags(context="prod", token="f"),
            Access(
                PROD,
                User(token="f", client_certificate_data=b"CRT", client_key_data=b"KEY"),
                "default",
                "prod",
            ),
        ),
        (
            ConnectionFlags(context="prod", client_certificate="/dev/null", client_key="/dev/zero"),
            Access(
                PROD,
                User(client_certificate="/dev/null", client_key="/dev/zero"),
                "default",
                "prod",
            ),
        ),
        (
            ConnectionFlags(
                impersonate="x",
                impersonate_groups=("h", "i"),
                impersonate_uid="1",
                impersonate_extra=("l=1", "l=2=3", "m="),
            ),
            Access(
                DEV,
                User(
                    token="t",
                    impersonate="x",
                    impersonate_groups=("h", "i"),
                    impersonate_uid="1",
                    impersonate_extra=(("k", ("v",)), ("l", ("1", "2=3")), ("m", ("",))),
                ),
                "team",
                "dev",
            ),
        ),
        (
            ConnectionFlags(context="plain"),
            Access(
                Cluster("http://plain", proxy_url="http://proxy"),
                NO_CREDENTIALS,
                "default",
                "plain",
            ),
        ),
        (
            ConnectionFlags(server="127.0.0.1:1"),
            Access(Cluster("127.0.0.1:1"), NO_CREDENTIALS, "team", "dev"),
        ),
        (ConnectionFlags(context="nobody"), Access(DEV, User(), "default", "nobody")),
        (
            ConnectionFlags(context="no-user", token="f"),
            Access(DEV, User(token="f"), "default", "no-user"),
        ),
    ],
)
def test_flags_lie_over_the_kubeconfig(
    flags: ConnectionFlags, access: Access, environ: dict[str, str]
) -> None:
    """Each flag replaces what client-go lets it replace; no plain-text server gets credentials."""
    assert _without_origins(find_access(flags, environ)) == access


def test_bare_flags_need_no_kubeconfig(tmp_path: Path) -> None:
    """A server and a token are enough."""
    flags = ConnectionFlags(server="https://bare", token="t")
    access = find_access(flags, {"HOME": str(tmp_path)})
    assert access == Access(Cluster("https://bare"), User(token="t"))


def test_kubernetes_master_stands_in_for_a_missing_server(environ: dict[str, str]) -> None:
    """As in kubectl, the variable counts only where nothing else names a server."""
    environ["KUBERNETES_MASTER"] = "https://master"
    serverless = find_access(ConnectionFlags(context="serverless"), environ)
    assert serverless.cluster.server == "https://master"
    assert find_access(ConnectionFlags(), environ).cluster.server == "https://dev"


def test_flags_paths_count_from_the_current_folder(
    environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not from the kubeconfig's folder."""
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "ca").touch()
    monkeypatch.chdir(tmp_path / "here")
    access = find_access(ConnectionFlags(certificate_authority="ca"), environ)
    assert access.cluster.certificate_authority == str(tmp_path / "here" / "ca")


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (ConnectionFlags(context="pord"), 'context "pord" does not exist (did you mean "prod"?)'),
        (ConnectionFlags(context="xyz"), 'context "xyz" does not exist'),
        (ConnectionFlags(cluster="prods"), 'cluster "prods" does not exist (did you mean "prod"?)'),
        (ConnectionFlags(user="pro"), 'auth info "pro" does not exist (did you mean "prod"?)'),
        (
            ConnectionFlags(context="no-user"),
            'user "prood" does not exist (did you mean "prod"?)',
        ),
        (
            ConnectionFlags(context="no-cluster"),
            'cluster "nowhere" of context "no-cluster" does not exist',
        ),
        (ConnectionFlags(context="names-none"), 'context "names-none" names no cluster'),
        (ConnectionFlags(context="serverless"), 'cluster "serverless" has no server defined'),
        (
            ConnectionFlags(kubeconfig="/nowhere/config"),
            "stat /nowhere/config: no such file or directory",
        ),
    ],
)
def test_what_is_not_there_is_named(
    flags: ConnectionFlags, words: str, environ: dict[str, str]
) -> None:
    """kubectl's words, and the names it may have been."""
    with pytest.raises(KubeconfigError) as caught:
        find_access(flags, environ)
    assert str(caught.value) == words


def test_a_wrong_extra_is_wrong_usage(environ: dict[str, str]) -> None:
    """kubectl drops it in silence, and asks as somebody else than was meant."""
    with pytest.raises(UsageError) as caught:
        find_access(ConnectionFlags(impersonate="x", impersonate_extra=("scopes",)), environ)
    assert str(caught.value) == '--as-user-extra "scopes" is not KEY=VALUE'


def test_no_kubeconfig_says_where_it_was_looked_for(tmp_path: Path) -> None:
    """Where kubectl would be refused by localhost:8080."""
    with pytest.raises(KubeconfigError) as caught:
        find_access(ConnectionFlags(), {"HOME": str(tmp_path)})
    assert str(caught.value) == (
        f'no kubeconfig with a context was found at "{tmp_path}/.kube/config" '
        "(name a kubeconfig with --kubeconfig or KUBECONFIG, or a server with --server)"
    )


def test_no_chosen_context_lists_what_there_is(tmp_path: Path) -> None:
    """A kubeconfig without a current context needs a choice."""
    (tmp_path / "config").write_text("contexts: [{name: b}, {name: a}]")
    with pytest.raises(KubeconfigError) as caught:
        find_access(ConnectionFlags(kubeconfig=str(tmp_path / "config")), {})
    assert str(caught.value) == (
        'no context is chosen (choose one with --context or kubectl config use-context: "a", "b")'
    )
