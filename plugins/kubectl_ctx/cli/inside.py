"""What a --shell may change: its own overlay, and no file that other terminals read."""

import os
from collections.abc import Sequence

from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.overlay import current_overlay
from kubectl_fieldkit.kubeconfig.several import Kubeconfigs
from kubectl_fieldkit.kubeconfig.writing import Change


def keep_inside(kubeconfigs: Kubeconfigs, changes: Sequence[Change]) -> None:
    """KubeconfigError where a change made in a --shell would reach out of it."""
    overlay = current_overlay(os.environ)
    if overlay not in kubeconfigs.files:
        return
    outside = [change.path for change in changes if change.path != overlay]
    if outside:
        raise KubeconfigError(
            f'a --shell changes nothing outside of it, and this is in "{outside[0]}"',
            "leave the shell, or name the file with --kubeconfig",
        )
