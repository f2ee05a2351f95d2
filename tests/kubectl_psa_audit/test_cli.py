"""argv → request, as a table."""

from pathlib import Path

import pytest

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.objects.pod import PODS
from kubectl_fieldkit.objects.workload import WORKLOAD_KINDS
from kubectl_fieldkit.options import OutputFlags, SourceFlags
from kubectl_fieldkit.targets import Target
from kubectl_fieldkit.verbs import parse
from kubectl_psa_audit.cli import VERBS
from kubectl_psa_audit.cli.lint import LintNamespaces
from kubectl_psa_audit.cli.question import AuditSecurity
from kubectl_psa_audit.levels import Level, LevelVersion, Version

WEB = Target(WORKLOAD_KINDS[0].resource, "web")
IN_SHOP = SourceFlags(ConnectionFlags(namespace="shop"))
BASELINE_1_30 = LevelVersion(Level.BASELINE, Version(30))


@pytest.mark.parametrize(
    ("argv", "request_"),
    [
        ("", AuditSecurity()),
        ("-n shop", AuditSecurity(source=IN_SHOP)),
        ("-A -n shop", AuditSecurity(all_namespaces=True, source=IN_SHOP)),
        ("--namespace-selector team=a", AuditSecurity(namespace_selector="team=a")),
        ("-l app=web", AuditSecurity(selector="app=web")),
        ("deploy/web", AuditSecurity(target=WEB)),
        ("deploy web", AuditSecurity(target=WEB)),
        ("pod/lint", AuditSecurity(target=Target(PODS, "lint"))),
        ("-f a.yaml -f -", AuditSecurity(files=("a.yaml", "-"))),
        ("--admission-config c", AuditSecurity(admission_config=Path("c"))),
        ("--level restricted", AuditSecurity(level=LevelVersion(Level.RESTRICTED))),
        ("--level baseline:v1.30", AuditSecurity(level=BASELINE_1_30)),
        ("--level baseline:1.30", AuditSecurity(level=BASELINE_1_30)),
        ("--raise restricted", AuditSecurity(raise_to=LevelVersion(Level.RESTRICTED))),
        (
            "--raise baseline:v1.30",
            AuditSecurity(raise_to=BASELINE_1_30, raises_version=True),
        ),
        ("--matrix --fix", AuditSecurity(matrix=True, fix=True)),
        ("--baseline b.json", AuditSecurity(baseline=Path("b.json"))),
        ("--exit-code --allow-incomplete", AuditSecurity(exit_code=True, allow_incomplete=True)),
        ("-o sarif", AuditSecurity(output=OutputFlags("sarif"))),
        ("lint", LintNamespaces()),
        ("-n shop lint", LintNamespaces(source=IN_SHOP)),
        (
            "lint -f a --admission-config c",
            LintNamespaces(files=("a",), admission_config=Path("c")),
        ),
        ("lint -A --exit-code", LintNamespaces(all_namespaces=True, exit_code=True)),
    ],
)
def test_argv_becomes_a_request(argv: str, request_: object) -> None:
    """Flags mean what they mean in kubectl."""
    assert parse("psa-audit", VERBS, argv.split()) == request_


@pytest.mark.parametrize(
    ("argv", "error"),
    [
        ("deploy/web deploy/api", "there can be only one TARGET"),
        ("deploy/web -A", "a TARGET is in one namespace, and takes no selector"),
        ("deploy/web -l a=b", "a TARGET is in one namespace, and takes no selector"),
        ("-f x pod/y", "-f judges manifests: it takes no TARGET, no selector and no --raise"),
        (
            "-f x --raise baseline",
            "-f judges manifests: it takes no TARGET, no selector and no --raise",
        ),
        ("-f x -A", "-f judges manifests, whatever their namespaces are"),
        ("-f x --snapshot y", "-f asks no cluster: it takes no snapshot"),
        (
            "-n a --namespace-selector b",
            "-n and --namespace-selector both say which namespaces: give one",
        ),
        (
            "--raise baseline --level baseline",
            "--raise is a level of its own: it goes without --level",
        ),
        (
            "--level strict",
            '"strict" is no LEVEL[:VERSION] (must be one of privileged, baseline, restricted)',
        ),
        (
            "--level baseline:30",
            '"baseline:30" is no LEVEL[:VERSION] (must be "latest" or "v1.x")',
        ),
        ("lint x", 'unexpected argument "x" (see "kubectl psa-audit lint --help")'),
        (
            "lint -o sarif",
            'invalid argument "sarif" for "-o, --output" flag: must be one of table, wide, json, yaml, name, markdown (see "kubectl psa-audit lint --help")',
        ),
    ],
)
def test_a_wrong_command_line(argv: str, error: str) -> None:
    """What cannot be meant is refused with exit code 2, and says why."""
    with pytest.raises(UsageError) as caught:
        parse("psa-audit", VERBS, argv.split())
    assert str(caught.value) == error
    assert caught.value.exit_code == 2
