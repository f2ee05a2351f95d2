"""The flags that plugins share, spelled as kubectl spells them, and the values they become."""

import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import click

from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.output import FORMATS


@dataclass(frozen=True, slots=True)
class SourceFlags:
    """Which cluster is asked: a live one, or a snapshot; and whether the run is recorded."""

    connection: ConnectionFlags = ConnectionFlags()
    snapshot: Path | None = None
    save_snapshot: Path | None = None
    server_version: str = ""
    verbose: bool = False


@dataclass(frozen=True, slots=True)
class OutputFlags:
    """How the answer is written; `color` is auto, always or never."""

    format: str = "table"
    headers: bool = True
    color: str = "auto"


_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


class Duration(click.ParamType[float]):
    """Go's durations (`1m30s`, `500ms`) or whole seconds, as kubectl's time-outs take them."""

    name = "duration"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Seconds."""
        text = str(value)
        if re.fullmatch(r"\d+", text):
            return float(text)
        parts = re.findall(r"(\d+(?:\.\d+)?)(ms|s|m|h)", text)
        if not parts or "".join(number + unit for number, unit in parts) != text:
            self.fail(f'"{text}" is no duration, such as 5s or 1m30s', param, ctx)
        return sum(float(number) * _UNITS[unit] for number, unit in parts)


# kubectl's connection flags: how each is spelled, what it takes, what it is for.
_CONNECTION = (
    ("--kubeconfig", "FILE", "The kubeconfig file to use, alone."),
    ("--context", "NAME", "The kubeconfig context to use."),
    ("--cluster", "NAME", "The kubeconfig cluster to use."),
    ("--user", "NAME", "The kubeconfig user to use."),
    ("-n --namespace", "NS", "The namespace of this request."),
    ("-s --server", "URL", "The API server's address."),
    ("--token", "TOKEN", "Bearer token for the API server."),
    ("--as impersonate", "USER", "User to impersonate."),
    ("--as-group impersonate_groups", "GROUP...", "Group to impersonate; may be repeated."),
    ("--as-uid impersonate_uid", "UID", "UID to impersonate."),
    (
        "--as-user-extra impersonate_extra",
        "KEY=VALUE...",
        "User extra to impersonate; may be repeated.",
    ),
    ("--certificate-authority", "FILE", "CA that signed the server's certificate."),
    ("--client-certificate", "FILE", "Client certificate for TLS."),
    ("--client-key", "FILE", "Client key for TLS."),
    ("--insecure-skip-tls-verify", "", "Do not check the server's certificate."),
    ("--tls-server-name", "NAME", "The name the server's certificate must have."),
    ("--request-timeout", "DURATION", "Time-out of one request, such as 5s; 0 for none."),
)


def connection_options() -> list[click.Parameter]:
    """kubectl's connection flags."""
    return [
        click.Option(
            spelling.split(),
            metavar=takes.removesuffix("...") or None,
            is_flag=not takes,
            multiple=takes.endswith("..."),
            type=Duration() if takes == "DURATION" else None,
            help=text,
        )
        for spelling, takes, text in _CONNECTION
    ]


def source_options() -> list[click.Parameter]:
    """Which cluster is asked."""
    file = click.Path(path_type=Path)
    return [
        *connection_options(),
        click.Option(
            ["--snapshot"],
            metavar="FILE|DIR",
            type=file,
            help="Ask a recorded cluster: a saved snapshot, or kubectl's YAML or JSON.",
        ),
        click.Option(
            ["--save-snapshot"],
            metavar="FILE",
            type=file,
            help="Record what this run reads into a new file.",
        ),
        click.Option(
            ["--server-version"],
            metavar="1.N",
            help="The server's version, where there is no server to ask.",
        ),
        click.Option(
            ["-v", "--verbose"], is_flag=True, help="Show each request on stderr, without secrets."
        ),
    ]


def output_options() -> list[click.Parameter]:
    """How the answer is written."""
    when = ("auto", "always", "never")
    return [
        click.Option(
            ["-o", "--output", "format"],
            type=click.Choice(FORMATS),
            default="table",
            metavar="FORMAT",
            help=f"One of {', '.join(FORMATS)}.",
        ),
        click.Option(["--no-headers"], is_flag=True, help="Tables without their header lines."),
        click.Option(
            ["--color"],
            type=click.Choice(when),
            default="auto",
            metavar="WHEN",
            help="One of auto, always, never; auto is on a terminal unless NO_COLOR is set.",
        ),
    ]


def take_source(values: dict[str, Any]) -> SourceFlags:
    """The source's flags out of click's values, which keep the rest."""
    named = {field.name: values.pop(field.name) for field in fields(ConnectionFlags)}
    connection = ConnectionFlags(
        **{key: value for key, value in named.items() if value is not None}
    )
    return SourceFlags(
        connection,
        values.pop("snapshot"),
        values.pop("save_snapshot"),
        values.pop("server_version") or "",
        values.pop("verbose"),
    )


def take_output(values: dict[str, Any]) -> OutputFlags:
    """The output's flags out of click's values, which keep the rest."""
    return OutputFlags(values.pop("format"), not values.pop("no_headers"), values.pop("color"))
