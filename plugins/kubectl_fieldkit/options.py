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


def connection_options() -> list[click.Parameter]:
    """kubectl's connection flags."""
    return [
        click.Option(["--kubeconfig"], metavar="FILE", help="The kubeconfig file to use, alone."),
        click.Option(["--context"], metavar="NAME", help="The kubeconfig context to use."),
        click.Option(["--cluster"], metavar="NAME", help="The kubeconfig cluster to use."),
        click.Option(["--user"], metavar="NAME", help="The kubeconfig user to use."),
        click.Option(["-n", "--namespace"], metavar="NS", help="The namespace of this request."),
        click.Option(["-s", "--server"], metavar="URL", help="The API server's address."),
        click.Option(["--token"], metavar="TOKEN", help="Bearer token for the API server."),
        click.Option(["--as", "impersonate"], metavar="USER", help="User to impersonate."),
        click.Option(
            ["--as-group", "impersonate_groups"],
            metavar="GROUP",
            multiple=True,
            help="Group to impersonate; may be repeated.",
        ),
        click.Option(["--as-uid", "impersonate_uid"], metavar="UID", help="UID to impersonate."),
        click.Option(
            ["--as-user-extra", "impersonate_extra"],
            metavar="KEY=VALUE",
            multiple=True,
            help="User extra to impersonate; may be repeated.",
        ),
        click.Option(
            ["--certificate-authority"],
            metavar="FILE",
            help="CA that signed the server's certificate.",
        ),
        click.Option(["--client-certificate"], metavar="FILE", help="Client certificate for TLS."),
        click.Option(["--client-key"], metavar="FILE", help="Client key for TLS."),
        click.Option(
            ["--insecure-skip-tls-verify"],
            is_flag=True,
            help="Do not check the server's certificate.",
        ),
        click.Option(
            ["--tls-server-name"],
            metavar="NAME",
            help="The name the server's certificate must have.",
        ),
        click.Option(
            ["--request-timeout"],
            metavar="DURATION",
            type=Duration(),
            default="0",
            help="Time-out of one request, such as 5s; 0 for none.",
        ),
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
    return [
        click.Option(
            ["-o", "--output", "format"],
            type=click.Choice(FORMATS),
            default="table",
            help="The output's format.",
        ),
        click.Option(["--no-headers"], is_flag=True, help="Tables without their header lines."),
        click.Option(
            ["--color"],
            type=click.Choice(["auto", "always", "never"]),
            default="auto",
            help="Colours; auto is on a terminal unless NO_COLOR is set.",
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
