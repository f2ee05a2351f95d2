"""The flags that plugins share, spelled as kubectl spells them, and the values they become."""

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.flags import Flag
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.output import FORMATS

if TYPE_CHECKING:
    from pathlib import Path


class SourceFlags(Struct, frozen=True):
    """Which cluster is asked: a live one, or a snapshot; and whether the run is recorded."""

    connection: ConnectionFlags = ConnectionFlags()
    snapshot: "Path | None" = None
    save_snapshot: "Path | None" = None
    server_version: str = ""
    verbose: bool = False


class OutputFlags(Struct, frozen=True):
    """How the answer is written; `color` is auto, always or never."""

    format: str = "table"
    headers: bool = True
    color: str = "auto"


def duration(text: str) -> float:
    """Seconds of Go's durations (`1m30s`, `500ms`) or of whole seconds, as kubectl's time-outs take them."""
    import re

    units = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
    if text.isdecimal():
        return float(text)
    parts = re.findall(r"(\d+(?:\.\d+)?)(ms|s|m|h)", text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        raise UsageError("it is no duration, such as 5s or 1m30s")
    return sum(float(number) * units[unit] for number, unit in parts)


def _path(text: str) -> "Path":
    from pathlib import Path

    return Path(text)


CONNECTION = (
    Flag("--kubeconfig", "The kubeconfig file to use, alone.", "FILE"),
    Flag("--context", "The kubeconfig context to use.", "NAME", completes="contexts"),
    Flag("--cluster", "The kubeconfig cluster to use.", "NAME", completes="clusters"),
    Flag("--user", "The kubeconfig user to use.", "NAME", completes="users"),
    Flag("-n --namespace", "The namespace of this request.", "NS", completes="namespaces"),
    Flag("-s --server", "The API server's address.", "URL"),
    Flag("--token", "Bearer token for the API server.", "TOKEN"),
    Flag("--as", "User to impersonate.", "USER", name="impersonate"),
    Flag(
        "--as-group",
        "Group to impersonate; may be repeated.",
        "GROUP",
        name="impersonate_groups",
        many=True,
    ),
    Flag("--as-uid", "UID to impersonate.", "UID", name="impersonate_uid"),
    Flag(
        "--as-user-extra",
        "User extra to impersonate; may be repeated.",
        "KEY=VALUE",
        name="impersonate_extra",
        many=True,
    ),
    Flag("--certificate-authority", "CA that signed the server's certificate.", "FILE"),
    Flag("--client-certificate", "Client certificate for TLS.", "FILE"),
    Flag("--client-key", "Client key for TLS.", "FILE"),
    Flag("--insecure-skip-tls-verify", "Do not check the server's certificate."),
    Flag("--disable-compression", "Ask the server not to zip its answers."),
    Flag("--tls-server-name", "The name the server's certificate must have.", "NAME"),
    Flag(
        "--request-timeout",
        "Time-out of one request, such as 5s; 0 for none.",
        "DURATION",
        convert=duration,
    ),
)

SOURCE = (
    *CONNECTION,
    Flag(
        "--snapshot",
        "Ask a recorded cluster: a saved snapshot, or kubectl's YAML or JSON.",
        "FILE|DIR",
        convert=_path,
    ),
    Flag("--save-snapshot", "Record what this run reads into a new file.", "FILE", convert=_path),
    Flag("--server-version", "The server's version, where there is no server to ask.", "1.N"),
    Flag("-v --verbose", "Show each request on stderr, without secrets."),
)

OUTPUT = (
    Flag(
        "-o --output",
        f"One of {', '.join(FORMATS)}.",
        "FORMAT",
        choices=FORMATS,
        default="table",
    ),
    Flag("--no-headers", "Tables without their header lines."),
    Flag(
        "--color",
        "One of auto, always, never; auto is on a terminal unless NO_COLOR is set.",
        "WHEN",
        choices=("auto", "always", "never"),
        default="auto",
    ),
)


def take_connection(values: dict[str, Any]) -> ConnectionFlags:
    """The connection's part of the flags' values."""
    named = {name: values[name] for name in ConnectionFlags.__struct_fields__}
    return ConnectionFlags(**{name: value for name, value in named.items() if value is not None})


def take_source(values: dict[str, Any]) -> SourceFlags:
    """The source's part of the flags' values."""
    return SourceFlags(
        take_connection(values),
        values["snapshot"],
        values["save_snapshot"],
        values["server_version"] or "",
        values["verbose"],
    )


def take_output(values: dict[str, Any]) -> OutputFlags:
    """The output's part of the flags' values."""
    return OutputFlags(values["output"], not values["no_headers"], values["color"])
