"""The flags that the audit and `lint` share."""

from pathlib import Path
from typing import Any

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.flags import Flag
from kubectl_fieldkit.options import OUTPUT, SourceFlags
from kubectl_fieldkit.output import FORMATS

SARIF = "sarif"
_FORMATS = (*FORMATS, SARIF)
OUTPUT_OR_SARIF = (
    Flag(
        "-o --output",
        f"One of {', '.join(_FORMATS)}.",
        "FORMAT",
        choices=_FORMATS,
        default="table",
    ),
    *(flag for flag in OUTPUT if flag.key != "output"),
)
SCOPE = (
    Flag("-A --all-namespaces", "All namespaces, whatever -n says."),
    Flag("--namespace-selector", "The namespaces with these labels.", "SEL"),
    Flag(
        "-f --filename",
        "These manifests, and no cluster; - is stdin.",
        "FILE|DIR|-",
        name="files",
        many=True,
    ),
    Flag(
        "--admission-config",
        "The API server's AdmissionConfiguration: defaults and exemptions.",
        "FILE",
        convert=Path,
    ),
)
EXIT = (
    Flag("--exit-code", "Exit 1 for findings, 2 where it cannot be told."),
    Flag("--allow-incomplete", "With --exit-code: what could not be read is no reason for 2."),
)


def check_scope(values: dict[str, Any], source: SourceFlags) -> None:
    """UsageError where two flags say where to look."""
    selector = values["namespace_selector"]
    if selector and source.connection.namespace:
        raise UsageError("-n and --namespace-selector both say which namespaces: give one")
    if values["files"] and (values["all_namespaces"] or selector):
        raise UsageError("-f judges manifests, whatever their namespaces are")
    if values["files"] and (source.snapshot or source.save_snapshot):
        raise UsageError("-f asks no cluster: it takes no snapshot")
