"""The kubeconfig's files together, file by file: which one says what, and which one a change goes to."""

from collections.abc import Mapping

from msgspec import Struct

from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.files import kubeconfig_files
from kubectl_fieldkit.kubeconfig.model import Context
from kubectl_fieldkit.kubeconfig.outline import Outline, read_outline


class Kubeconfigs(Struct, frozen=True):
    """`files` are those that are listed, `outlines` those that exist, both in order of precedence."""

    files: tuple[str, ...]
    outlines: tuple[tuple[str, Outline], ...]

    @property
    def contexts(self) -> Mapping[str, Context]:
        """All contexts; the first file to define a name wins, and is its origin."""
        merged: dict[str, Context] = {}
        for _, outline in self.outlines:
            merged = {**outline.contexts, **merged}
        return merged

    @property
    def deciding_file(self) -> str:
        """The file whose current-context counts; empty where none says one."""
        return next((path for path, outline in self.outlines if outline.current_context), "")

    @property
    def current_context(self) -> str:
        """The first that is said."""
        return next((o.current_context for _, o in self.outlines if o.current_context), "")

    @property
    def default_file(self) -> str:
        """Where a current-context is written: the first file that exists, else the last listed.

        Mirrors GetDefaultFilename of client-go's tools/clientcmd/config.go as kubectl sets it up.
        """
        if self.outlines:
            return self.outlines[0][0]
        if not self.files:
            raise KubeconfigError("there is no place for a kubeconfig", "set HOME or KUBECONFIG")
        return self.files[-1]


def read_kubeconfigs(explicit: str, environ: Mapping[str, str]) -> Kubeconfigs:
    """Every file's outline; only a file named by `--kubeconfig` must be there."""
    files, found = kubeconfig_files(explicit, environ), []
    for path in files:
        try:
            found.append((path, read_outline(path)))
        except FileNotFoundError as err:
            if explicit:
                raise KubeconfigError(f"stat {path}: no such file or directory") from err
    return Kubeconfigs(tuple(files), tuple(found))
