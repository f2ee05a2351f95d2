"""`kubectl neat get`: which words are kubectl's, what the real one is asked, and what comes of it."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from yaml import safe_load

from kubectl_fieldkit.errors import FieldkitError, UsageError
from kubectl_fieldkit.verbs import Help, parse
from kubectl_neat.cli import VERBS
from kubectl_neat.cli.get import Question, ask, question
from kubectl_neat.cli.get_flags import KUBECTL
from kubectl_neat.cli.question import OWN, AskKubectl
from tests.lab.lab import Lab

STANDING = ["--output=json", "--show-managed-fields"]
TAIL = ["--", "pods"]


def asked(*argv: str) -> Question:
    """The question of a command line."""
    request = parse("neat", VERBS, argv)
    assert isinstance(request, AskKubectl)
    return question(OWN, request.values)


def neat(
    environ: Mapping[str, str], *argv: str, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """What the plugin says, in a process of its own."""
    command = [sys.executable, "-m", "kubectl_neat", *argv]
    return subprocess.run(
        command, env=environ, input=stdin, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("argv", "words", "wanted"),
    [
        ("get pods", TAIL, "yaml"),
        ("get -- pods", TAIL, "yaml"),
        ("get pods -o json", TAIL, "json"),
        ("get pods -ojson", TAIL, "json"),
        ("get pods --output=yaml", TAIL, "yaml"),
        ("get -- pods -ojson", TAIL, "json"),
        ("get -o json -- pods", TAIL, "json"),
        ("get -o json -- pods -o yaml", TAIL, "yaml"),
        ("-o json get pods", TAIL, "json"),
        ("get pods -Aojson", ["--all-namespaces", *TAIL], "json"),
        ("get -n a pods -l b=c,d!=e", ["--namespace=a", "--selector=b=c,d!=e", *TAIL], "yaml"),
        ("-n a get -- pods -n b", ["--namespace=b", *TAIL], "yaml"),
        ("get pods --show-managed-fields=false --no-headers -L x", TAIL, "yaml"),
        ("get --as-group x --as me -- pods --as-group y",
         ["--as=me", "--as-group=x", "--as-group=y", *TAIL], "yaml"),
        ("get --request-timeout 1m30s pods", ["--request-timeout=1m30s", *TAIL], "yaml"),
        ("get -f a -f b", ["--filename=a", "--filename=b", "--"], "yaml"),
        ("get -- pods -v 6", ["--v=6", *TAIL], "yaml"),
        ("get -v pods --v=6", ["--v=6", *TAIL], "yaml"),
        ("get deploy/web svc/web", ["--", "deploy/web", "svc/web"], "yaml"),
        ("get pods -l -o", ["--selector=-o", *TAIL], "yaml"),
    ],
)  # fmt: skip
def test_the_words_that_kubectl_gets(argv: str, words: list[str], wanted: str) -> None:
    """The user's output flags are taken off and remembered; all others of kubectl's are passed on."""
    got = asked(*argv.split())
    assert list(got.words) == STANDING + words
    assert got.format == wanted


def test_neats_own_flags_stay_with_it() -> None:
    """Of the connection both hear."""
    line = "get --explain --keep a pods --context c --request-timeout 5s -f x -v"
    got = asked(*line.split())
    flags = ["--context=c", "--request-timeout=5s", "--filename=x"]
    assert list(got.words) == [*STANDING, *flags, *TAIL]
    assert (got.values["explain"], len(got.values["keep"])) == (True, 1)
    assert (got.values["context"], got.values["request_timeout"]) == ("c", 5.0)
    assert got.values["verbose"] is True


@pytest.mark.parametrize("verb", ["get", "export"])
def test_a_switch_before_a_verb(verb: str) -> None:
    """What follows neat's `-v` is no level of kubectl's log, but the verb."""
    request = parse("neat", VERBS, ["-v", verb, "--help"])
    assert isinstance(request, Help)
    assert f"kubectl neat {verb}" in request.text


@pytest.mark.parametrize(
    ("argv", "error"),
    [
        ("get pods -o wide",
         'invalid argument "wide" for "-o, --output" flag: must be one of yaml, json'),
        ("get -- pods -o name",
         'invalid argument "name" for "-o, --output" flag: must be one of yaml, json'),
        ("get pods -w", "there is nothing to make neat in --watch (a watch has no end)"),
        ("get -- pods --watch-only",
         "there is nothing to make neat in --watch-only (a watch has no end)"),
        ("get --raw /api", "there is nothing to make neat in --raw (it prints no objects)"),
        ("get pods --template x",
         "there is nothing to make neat in --template (it prints no objects)"),
        ("get -- pods --nope", "unknown flag: --nope"),
        ("get -- pods --explain", "unknown flag: --explain"),
        ("get pods -v 6 --nope", "unknown flag: --nope"),
        ("get pods -n", "flag needs an argument: 'n' in -n"),
        ("get pods --request-timeout soon",
         'invalid argument "soon" for "--request-timeout" flag: it is no duration, such as 5s or 1m30s'),
    ],
)  # fmt: skip
def test_wrong_usage(argv: str, error: str) -> None:
    """It says so before kubectl is run."""
    with pytest.raises(UsageError) as caught:
        asked(*argv.split())
    assert str(caught.value).startswith(error)


def test_the_help_names_every_flag() -> None:
    """kubectl's and neat's own."""
    request = parse("neat", VERBS, ["get", "--help"])
    assert isinstance(request, Help)
    for spelling in ("--explain", "--field-selector SELECTOR", "-v, --verbose", "    --v LEVEL"):
        assert spelling in request.text


def test_every_flag_of_the_real_kubectl_is_known(lab: Lab) -> None:
    """With its letter, and whether it takes a value; so that no word is taken for another."""
    text = lab.kubectl("get", "--help").stdout + lab.kubectl("options").stdout
    found = re.findall(r"^ {4}(?:(-\w), )?(--[\w-]+)=(.*):$", text, re.MULTILINE)
    theirs = {(long, short, value not in ("true", "false")) for short, long, value in found}
    ours = {
        (flag.spellings[-1], "".join(flag.spellings[:-1]), bool(flag.takes)) for flag in KUBECTL
    }
    assert ours == theirs


@pytest.fixture(scope="module")
def stocked(lab: Lab) -> Iterator[Lab]:
    """The shared control plane with two ConfigMaps and an Endpoints, which kubectl warns of."""
    for name in ("got-one", "got-two"):
        lab.kubectl("create", "configmap", name, "--from-literal=a=b")
        lab.kubectl("label", "configmap", name, "got=yes")
    endpoints = {"apiVersion": "v1", "kind": "Endpoints", "metadata": {"name": "got-old"}}
    lab.kubectl("create", "-f", "-", input=json.dumps(endpoints))
    yield lab
    lab.kubectl("delete", "cm/got-one", "cm/got-two", "endpoints/got-old")


def test_kubectls_answer(stocked: Lab) -> None:
    """A List or one object, as kubectl decides, with managedFields whatever the user says of them."""
    argv = ["get", "cm", "got-one", "--show-managed-fields=false", "-o", "yaml"]
    one = ask(asked(*argv), stocked.environ)
    tree = json.loads(one.data)
    assert (one.code, tree["kind"], tree["data"]) == (0, "ConfigMap", {"a": "b"})
    assert tree["metadata"]["managedFields"]
    several = ask(asked("get", "--", "-l", "got=yes", "cm"), stocked.environ)
    assert [item["metadata"]["name"] for item in json.loads(several.data)["items"]] == [
        "got-one",
        "got-two",
    ]


def test_a_warning_is_no_part_of_the_answer(
    stocked: Lab, capfd: pytest.CaptureFixture[str]
) -> None:
    """It goes to the user, and what is read is JSON all the same."""
    answer = ask(asked("get", "endpoints", "got-old"), stocked.environ)
    assert json.loads(answer.data)["kind"] == "Endpoints"
    assert "Warning: v1 Endpoints is deprecated" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ("get cm got-one nope", 'Error from server (NotFound): configmaps "nope" not found'),
        ("get foo", 'error: the server doesn\'t have a resource type "foo"'),
        ("get cm --as-group=x", "error: requesting uid, groups or user-extra for"),
        ("get pods --show-labels --kubeconfig=/nope", "error: stat /nope: no such file"),
    ],
)
def test_an_error_is_kubectls(
    stocked: Lab, capfd: pytest.CaptureFixture[str], argv: str, words: str
) -> None:
    """Its words go to the user, its exit code is ours, and half an answer is none."""
    answer = ask(asked(*argv.split()), stocked.environ)
    assert (answer.code, answer.data) == (1, b"")
    assert words in capfd.readouterr().err


def test_nothing_found_is_no_answer(stocked: Lab) -> None:
    """With --ignore-not-found kubectl prints nothing, and that is no error."""
    answer = ask(asked("get", "cm", "nope", "--ignore-not-found"), stocked.environ)
    assert (answer.code, answer.data) == (0, b"")
    done = neat(stocked.environ, "get", "cm", "nope", "--ignore-not-found")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_plugin_makes_the_answer_neat(stocked: Lab) -> None:
    """YAML unless JSON is asked for; kubectl's warning and its failure are passed on."""
    environ = {**stocked.environ, "LANG": "C.UTF-8"}
    yaml = neat(environ, "get", "--", "cm", "got-one")
    assert (yaml.returncode, yaml.stderr) == (0, "")
    wanted = {"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "b"}}
    meta = {"name": "got-one", "namespace": "default", "labels": {"got": "yes"}}
    assert safe_load(yaml.stdout) == wanted | {"metadata": meta}
    as_json = neat(environ, "get", "cm", "got-one", "-o", "json")
    assert json.loads(as_json.stdout) == wanted | {"metadata": meta}
    warned = neat(environ, "get", "endpoints", "got-old")
    assert "deprecated" in warned.stderr
    assert safe_load(warned.stdout)["kind"] == "Endpoints"
    failed = neat(environ, "get", "cm", "nope")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr == 'Error from server (NotFound): configmaps "nope" not found\n'


def test_manifests_on_stdin_are_kubectls(stocked: Lab) -> None:
    """`-f -`: the live objects of what is written there, to kubectl always a List."""
    meta = {"name": "got-one", "namespace": "default"}
    manifest = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": meta}
    done = neat(stocked.environ, "get", "-f", "-", "-ojson", stdin=json.dumps(manifest))
    assert json.loads(done.stdout)["items"][0]["data"] == {"a": "b"}


def test_without_a_kubectl(tmp_path: Path) -> None:
    """It says so; one that cannot be run, as well."""
    with pytest.raises(FieldkitError, match='there is no "kubectl" on the PATH'):
        ask(asked("get", "pods"), {"PATH": str(tmp_path)})
    broken = tmp_path / "kubectl"
    broken.write_bytes(b"\x7fELF")
    broken.chmod(0o755)
    with pytest.raises(FieldkitError, match="cannot be run: Exec format error"):
        ask(asked("get", "pods"), {"PATH": str(tmp_path)})
