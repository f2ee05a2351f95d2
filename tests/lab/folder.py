"""The folder that a control plane lives in, and what is left of those whose owner was killed."""

import os
import shutil
import tempfile
from pathlib import Path

_PREFIX = "fieldkit-lab-"


def make_folder() -> Path:
    """A new folder with this process's id in its name."""
    remove_orphans()
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))


def remove_orphans() -> None:
    """Removes the folders of processes that are gone: their control planes went with them."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if not Path("/proc", owner).exists():
            shutil.rmtree(folder, ignore_errors=True)
