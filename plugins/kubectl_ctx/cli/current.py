"""Shows the current context's name."""

import os
import sys

from msgspec import Struct

from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.several import read_kubeconfigs
from kubectl_fieldkit.output import write
from kubectl_fieldkit.untrusted import clean


class ShowCurrent(Struct, frozen=True):
    """The current context, of one kubeconfig file or of all."""

    kubeconfig: str = ""

    def run(self) -> int:
        """Prints it; it need not exist."""
        name = read_kubeconfigs(self.kubeconfig, os.environ).current_context
        if not name:
            raise KubeconfigError("current-context is not set")
        write(f"{clean(name)}\n", sys.stdout)
        return 0
