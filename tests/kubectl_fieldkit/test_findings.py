"""One shape for every finding: its order, its table, its exit code."""

import pytest

from kubectl_fieldkit.envelope import Incomplete
from kubectl_fieldkit.findings import (
    Finding,
    Fix,
    Severity,
    Subject,
    exit_code,
    order,
    paragraphs,
    summary,
    table,
)
from kubectl_fieldkit.output import Screen, json, plain, plain_table

UNREAD = Incomplete(
    verb="list", resource="pods", namespace="", affects=[], reason="no", settled_by="rights"
)


def _finding(severity: Severity, rule: str = "r", name: str = "x", *seen: str) -> Finding:
    subject = Subject(kind="Pod", namespace="n", name=name)
    fix = Fix(command="kubectl do") if severity == "error" else None
    return Finding(rule=rule, severity=severity, subject=subject, message="m", evidence=list(seen), fix=fix)  # fmt: skip


@pytest.mark.parametrize(
    ("found", "incomplete", "allow", "code"),
    [
        ([], [], False, 0),
        (["info"], [], False, 0),
        (["warning"], [], False, 1),
        (["info", "error"], [], True, 1),
        ([], [UNREAD], False, 2),
        (["info"], [UNREAD], False, 2),
        ([], [UNREAD], True, 0),
        (["warning"], [UNREAD], False, 1),
    ],
)
def test_exit_codes(
    found: list[Severity], incomplete: list[Incomplete], allow: bool, code: int
) -> None:
    """A finding is certain whatever is unknown; a remark is no finding."""
    assert exit_code([_finding(severity) for severity in found], incomplete, allow) == code


def test_the_worst_comes_first() -> None:
    """Then by rule and by subject."""
    findings = [
        _finding("info"),
        _finding("error", "s"),
        _finding("error", "r", "y"),
        _finding("error"),
    ]
    ordered = sorted(findings, key=order)
    assert [(f.severity, f.rule, f.subject.name) for f in ordered] == [
        ("error", "r", "x"),
        ("error", "r", "y"),
        ("error", "s", "x"),
        ("info", "r", "x"),
    ]


def test_a_row_a_finding() -> None:
    """Much evidence is counted, or with wide shown whole beside the fix."""
    findings = [_finding("error", "r", "x", "a", "b", "c"), _finding("info")]
    assert plain_table(table(findings, wide=False), Screen()) == (
        "SEVERITY   RULE   NAMESPACE   SUBJECT   EVIDENCE       MESSAGE\n"
        "error      r      n           Pod/x     a and 2 more   m\n"
        "info       r      n           Pod/x                    m"
    )
    assert plain_table(table(findings, wide=True), Screen(), headers=False) == (
        "error   r   n   Pod/x   a; b; c   m   kubectl do\ninfo    r   n   Pod/x             m"
    )


def test_a_narrow_terminal_cuts_nothing() -> None:
    """Words wrap, and a fix stays one line to copy; a newline in it forges no line."""
    subject = Subject(kind="Node", namespace="", name="x")
    command, patch = (
        Fix(command="kubectl do 'a\nb' " + "x" * 30),
        Fix(patch="- key: a\n  value: b\n"),
    )
    findings = [
        Finding(
            "r", "error", Subject("Pod", "n", "x"), "many words wrap here", ["a", "b"], command
        ),
        Finding("r", "info", subject, "m", [], patch),
    ]
    assert plain(paragraphs(findings, wide=False), Screen(width=14)) == (
        "error r Pod/x (n)\n  many words\n  wrap here\n  seen: a and\n  1 more\n"
        f"  fix: kubectl do 'a\\nb' {'x' * 30}\n"
        "\ninfo r Node/x\n  m\n  fix:\n    - key: a\n      value: b\n"
    )
    assert "  seen: a; b\n" in plain(paragraphs(findings, wide=True), Screen())


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([], "nothing found"),
        (["error"], "1 error"),
        (["info", "warning", "warning", "info"], "2 warnings, 2 remarks"),
    ],
)
def test_a_summary_in_words(found: list[Severity], words: str) -> None:
    """The worst first, and nothing that is not there."""
    assert summary([_finding(severity) for severity in found]) == words


def test_nothing_found_is_not_nothing_there() -> None:
    """Where something could not be read, the words say so."""
    assert summary([], whole=False) == "nothing found in what could be read"
    assert summary([_finding("error")], whole=False) == "1 error"


def test_the_json_shape() -> None:
    """The names that scripts rely on, nothing left out."""
    assert json(_finding("error", "r", "x", "seen")) == (
        '{\n  "rule": "r",\n  "severity": "error",\n  "subject": {\n    "kind": "Pod",\n'
        '    "namespace": "n",\n    "name": "x"\n  },\n  "message": "m",\n  "evidence": [\n'
        '    "seen"\n  ],\n  "fix": {\n    "command": "kubectl do",\n    "patch": ""\n  }\n}\n'
    )
