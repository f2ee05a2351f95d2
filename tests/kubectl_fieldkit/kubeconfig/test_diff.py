"""A dry run shows a change and no secret."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from kubectl_fieldkit.kubeconfig.diff import unified
from tests.kubectl_fieldkit.kubeconfig.random_kubeconfigs import random_kubeconfig
from tests.seeds import cases, rng

BEFORE = b"""users:
- name: u
  user:
    token: S1
    client-key-data: >-
      S2
      S3
    exec:
      command: S4
      args:
      - --token=S5
      - -S6
      env:
      - name: A
        value: S7
- {name: v, user: {password: S8, exec: {args: [S9, 'it''s S10']}}}
- name: w
  user:
    token: "a \\" S11
      S12"
    ? password
    : S13
# token: S14
clusters:
- cluster:
    server: https://S15:S16@host:6443
current-context: a\x1b[31m
"""


def test_no_secret_is_shown_and_no_escape() -> None:
    """Neither in what is deleted nor around it, in whatever style it is written."""
    shown = unified("config", BEFORE, b"current-context: b\n")
    assert not [secret for secret in map("S{}".format, range(1, 17)) if secret in shown]
    assert "\x1b" not in shown
    assert "-- name: u\n" in shown
    assert "-    server: https://…@host:6443\n" in shown
    assert "+current-context: b\n" in shown


def test_json_on_one_line_shows_its_change() -> None:
    """Behind the credentials too, where kubectl writes what is current."""
    user = {"name": "u", "user": {"client-key-data": "S1==", "exec": {"args": ["S2", 5, None]}}}
    before = json.dumps({"users": [user], "current-context": "a"}, separators=(",", ":"))
    after = before.replace('"a"', '"b"')
    shown = (
        '{"users":[{"name":"u","user":{"client-key-data":…,"exec":{"args":[…,…,…]}}}],'
        '"current-context":"%s"}'
    )
    assert unified("config", before.encode(), after.encode()).splitlines() == [
        "--- config",
        "+++ config (changed)",
        "@@ -1 +1 @@",
        "-" + shown % "a",
        "+" + shown % "b",
    ]


def test_a_change_in_a_secret_shows_where_it_is() -> None:
    """The lines differ, although they look alike."""
    shown = unified("config", b"a: 1\ntoken: x\n", b"a: 1\ntoken: y\n")
    assert shown.splitlines()[2:] == ["@@ -1,2 +1,2 @@", " a: …", "-token: …", "+token: …"]


def test_what_stays_shows_nothing() -> None:
    """No change, no diff."""
    assert unified("config", BEFORE, BEFORE) == ""


@pytest.mark.parametrize(("old", "new"), [("", "name: a\nname: b\n"), ("name: a\n", "")])
def test_a_new_and_an_emptied_file(tmp_path: Path, old: str, new: str) -> None:
    """As `diff -u` shows them."""
    (tmp_path / "old").write_text(old)
    (tmp_path / "new").write_text(new)
    command = ["diff", "-u", "--label=f", "--label=f (changed)", "old", "new"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert unified("f", old.encode(), new.encode()) == done.stdout


def test_patch_makes_the_change_of_it(tmp_path: Path) -> None:
    """Where nothing is secret, the diff is a whole one, for random edits anywhere in a file."""
    random = rng("diffs")
    for _ in range(cases(30)):
        lines = [f"name: n{random.randrange(9)}" for _ in range(random.randrange(1, 40))]
        changed = list(lines)
        for _ in range(random.randrange(1, 4)):
            at = random.randrange(len(changed) + 1)
            changed[at : at + random.randrange(3)] = ["name: other"] * random.randrange(3)
        old, new = (
            "".join(f"{line}\n" for line in each) for each in (lines, [*changed, "kind: x"])
        )
        (tmp_path / "file").write_text(old)
        command = ["patch", "--quiet", "--fuzz=0", "file"]
        shown = unified("file", old.encode(), new.encode())
        subprocess.run(command, cwd=tmp_path, input=shown, text=True, check=True)
        assert (tmp_path / "file").read_text() == new


def test_random_kubeconfigs_keep_their_secrets() -> None:
    """Deleted whole, in every style that a kubeconfig is written in."""
    random = rng("secrets in diffs")
    for _ in range(cases(200)):
        data, _ = random_kubeconfig(random)
        data = re.sub(rb"""(token["']?\s*:\s*["']?)t(\d)""", rb"\1SECRET\2", data)
        assert b"SECRET" in data
        assert "SECRET" not in unified("config", data, b""), data
