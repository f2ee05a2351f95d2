"""A dry run shows a change and no secret."""

from kubectl_fieldkit.kubeconfig.diff import unified

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
      env:
      - name: A
        value: S6
- {name: v, user: {password: S7}}
current-context: a\x1b[31m
"""


def test_no_secret_is_shown_and_no_escape() -> None:
    """Neither in what is deleted nor around it, in block scalars, arguments and flow style."""
    shown = unified("config", BEFORE, b"current-context: b\n")
    assert not [secret for secret in map("S{}".format, range(1, 8)) if secret in shown]
    assert "\x1b" not in shown
    assert "-- name: u\n" in shown
    assert "+current-context: b\n" in shown
