"""argv → request, as a table."""

from pathlib import Path

import pytest

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.options import OutputFlags, SourceFlags
from kubectl_fieldkit.verbs import parse
from kubectl_taints.cli import VERBS
from kubectl_taints.cli.show import ShowTaints

EVERY_FLAG = (
    "--kubeconfig k --context c --cluster cl --user u -n ns -s https://x --token t --as a "
    "--as-group g1 --as-group g2 --as-uid id --as-user-extra k=v --certificate-authority ca "
    "--client-certificate cc --client-key ck --insecure-skip-tls-verify --tls-server-name n "
    "--disable-compression --request-timeout 1m30s"
)
EVERY_VALUE = ConnectionFlags(
    kubeconfig="k",
    context="c",
    cluster="cl",
    user="u",
    namespace="ns",
    server="https://x",
    token="t",
    impersonate="a",
    impersonate_groups=("g1", "g2"),
    impersonate_uid="id",
    impersonate_extra=("k=v",),
    certificate_authority="ca",
    client_certificate="cc",
    client_key="ck",
    insecure_skip_tls_verify=True,
    tls_server_name="n",
    disable_compression=True,
    request_timeout=90.0,
)


@pytest.mark.parametrize(
    ("argv", "request_"),
    [
        ("", ShowTaints()),
        ("worker-0 node/worker-1 nodes/x no/y", ShowTaints(("worker-0", "worker-1", "x", "y"))),
        ("-l pool=gpu --group", ShowTaints(selector="pool=gpu", group=True)),
        ("-o=json", ShowTaints(output=OutputFlags("json"))),
        ("--no-headers --color=never", ShowTaints(output=OutputFlags("table", False, "never"))),
        ("--snapshot a", ShowTaints(source=SourceFlags(snapshot=Path("a")))),
        (
            "--save-snapshot a -v",
            ShowTaints(source=SourceFlags(save_snapshot=Path("a"), verbose=True)),
        ),
        (EVERY_FLAG, ShowTaints(source=SourceFlags(EVERY_VALUE))),
    ],
)
def test_argv_becomes_a_request(argv: str, request_: ShowTaints) -> None:
    """Flags mean what they mean in kubectl."""
    assert parse("taints", VERBS, argv.split()) == request_


@pytest.mark.parametrize(
    ("argv", "error"),
    [
        ("pod/x", '"pod/x" is not a node'),
        ("x -l a=b", "a node's name cannot be given together with a selector"),
        ("x --group", "--group is about all nodes, or those of a selector"),
        ("-o xml", 'invalid argument "xml" for "-o, --output" flag: must be one of'),
        (
            "--request-timeout soon",
            'invalid argument "soon" for "--request-timeout" flag: it is no duration, such as 5s or 1m30s',
        ),
    ],
)
def test_a_wrong_command_line(argv: str, error: str) -> None:
    """What cannot be meant is refused with exit code 2, and says why."""
    with pytest.raises(UsageError) as caught:
        parse("taints", VERBS, argv.split())
    assert error in str(caught.value)
    assert caught.value.exit_code == 2
