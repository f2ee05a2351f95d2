"""What the documents promise is what the programs do."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from jsonschema import Draft202012Validator

from freeze.plugins import plugins
from kubectl_ctx.check_report import ContextCheckReport
from kubectl_ctx.lint.report import KubeconfigLintReport
from kubectl_ctx.report import ContextList
from kubectl_fieldkit.envelope import Envelope
from kubectl_neat.explaining import NeatExplanation
from kubectl_neat.export.report import NeatExport
from kubectl_neat.verify_report import NeatVerification
from kubectl_ns.report import NamespaceList
from kubectl_proxy_mode.lint.report import ProxyModeLintReport
from kubectl_proxy_mode.report import ProxyModeReport
from kubectl_psa_audit.lint.report import PodSecurityLintReport
from kubectl_psa_audit.report import PodSecurityReport
from kubectl_taints.change_report import TaintChangeReport
from kubectl_taints.lint.report import TaintLintReport
from kubectl_taints.placement_report import TaintPlacementReport
from kubectl_taints.report import TaintGroupReport, TaintReport
from kubectl_taints.tolerators_report import TaintTolerationReport
from kubectl_why_pending.items import PendingReport
from tests import transcripts

ROOT = Path(__file__).parent.parent
MARKDOWN = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
DOCUMENTS: list[type[Envelope]] = [
    TaintReport,
    TaintGroupReport,
    TaintChangeReport,
    TaintPlacementReport,
    TaintTolerationReport,
    TaintLintReport,
    ProxyModeReport,
    ProxyModeLintReport,
    PodSecurityReport,
    PodSecurityLintReport,
    ContextList,
    ContextCheckReport,
    KubeconfigLintReport,
    NamespaceList,
    PendingReport,
    NeatExplanation,
    NeatVerification,
    NeatExport,
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.__name__)
def test_the_schema_is_the_documents(document: type[Envelope]) -> None:
    """docs/schemas/KIND.json is what the Struct encodes to; FIELDKIT_REWRITE=1 writes it anew."""
    schema = json.dumps(msgspec.json.schema(document), indent=2) + "\n"
    file = ROOT / "docs" / "schemas" / f"{document.__name__}.json"
    if os.environ.get("FIELDKIT_REWRITE"):
        file.write_text(schema)
    assert file.read_text() == schema


def test_no_schema_is_left_of_a_document_that_is_gone() -> None:
    """One schema a document."""
    names = {document.__name__ for document in DOCUMENTS}
    assert {file.stem for file in (ROOT / "docs" / "schemas").glob("*.json")} == names


@pytest.mark.parametrize(
    ("plugin", "cluster", "arguments"),
    [
        ("taints", "course", ""),
        ("taints", "course", "worker-0 worker-1 worker-3"),
        ("taints", "course", "--group"),
        ("taints", "course", "add worker-0 repair:NoExecute --dry-run=client"),
        ("taints", "course", "--for pod/plain"),
        ("taints", "course", "--who special"),
        ("taints", "course", "lint"),
        ("proxy_mode", "aks", ""),
        ("proxy_mode", "skew", "lint"),
        ("psa_audit", "pods", "-A --matrix --fix"),
        ("psa_audit", "pods", "-A --raise restricted"),
        ("psa_audit", "refused", ""),
        ("psa_audit", "namespaces", "lint"),
    ],
)
def test_an_answer_fits_its_schema(plugin: str, cluster: str, arguments: str) -> None:
    """JSON from the command line validates against the schema that its kind names."""
    module = f"kubectl_{plugin}"
    file = ROOT / "tests" / module / "cases" / f"{cluster}.yaml"
    command = [sys.executable, "-m", module, "--snapshot", str(file), "-o", "json"]
    done = subprocess.run([*command, *arguments.split()], capture_output=True, check=True)
    answer = json.loads(done.stdout)
    schema = json.loads((ROOT / "docs" / "schemas" / f"{answer['kind']}.json").read_text())
    Draft202012Validator(schema).validate(answer)


def test_the_readme_shows_what_the_commands_print() -> None:
    """Every console block of the README is what its commands print now; FIELDKIT_REWRITE=1 fills it."""
    readme = ROOT / "README.md"
    fence = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
    text = fence.sub(lambda block: transcripts.replay(block[0], ROOT), readme.read_text())
    if os.environ.get("FIELDKIT_REWRITE"):
        readme.write_text(text)
    assert readme.read_text() == text


def test_the_readme_names_every_verb_of_the_build_script() -> None:
    """A verb that a document shows exists."""
    known = subprocess.run([ROOT / "build.sh", "help"], capture_output=True, text=True, check=True)
    shown = "".join(
        (ROOT / name).read_text()
        for name in ("README.md", "CONTRIBUTING.md", "docs/performance.md")
    )
    for verb in re.findall(r"\./build\.sh (\w+)", shown):
        assert f"  {verb} " in known.stdout


def test_the_readme_has_a_section_and_a_screen_for_every_plugin() -> None:
    """A heading that names it, and below that what one of its commands prints."""
    sections = re.split(r"^## ", (ROOT / "README.md").read_text(), flags=re.MULTILINE)
    for plugin in plugins():
        name = f"kubectl {plugin.name}"
        own = [text for text in sections if name in text.partition("\n")[0].split(" and ")]
        assert len(own) == 1, name
        assert "```console\n$ kubectl " in own[0], name


@pytest.mark.parametrize("folder", ["docs/rbac", "docs/schemas"])
def test_the_readme_links_to_every_role_and_schema(folder: str) -> None:
    """Each file by itself, so that nobody has to guess which one it is."""
    readme = (ROOT / "README.md").read_text()
    for file in (ROOT / folder).iterdir():
        assert f"({folder}/{file.name})" in readme


@pytest.mark.parametrize("document", MARKDOWN, ids=lambda path: path.name)
def test_every_link_to_a_file_leads_to_one(document: Path) -> None:
    """Relative links of a document name files that are there, and headings that they have."""
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", document.read_text()):
        place, _, heading = target.partition("#")
        file = document.parent / place if place else document
        assert file.exists(), target
        titles = re.findall(r"^#+ (.+)$", file.read_text(), re.MULTILINE) if heading else ()
        anchors = [re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles]
        assert not heading or heading in anchors, target


def test_the_first_change_of_contributing_is_still_to_be_made() -> None:
    """Its files are there and its command shows the setter as unknown, as the text says."""
    text = (ROOT / "CONTRIBUTING.md").read_text()
    cluster = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)[0]
    command = [sys.executable, "-m", "kubectl_taints", "--snapshot", "/dev/stdin", "-o", "json"]
    done = subprocess.run(command, input=cluster, capture_output=True, text=True, check=True)
    (node,) = json.loads(done.stdout)["nodes"]
    assert [taint["setBy"]["name"] for taint in node["taints"]] == [""]
    for file in re.findall(r"`((?:plugins|tests)/[\w/]+\.py)`", text):
        assert (ROOT / file).exists(), file
