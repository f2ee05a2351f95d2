"""`python -m freeze [PLUGIN…]`: binaries, archives and checksums in dist/; all plugins by default."""

import sys
import tomllib

from freeze.archive import pack, write_checksums
from freeze.binary import DIST, ROOT, FreezeError, Plugin, freeze


def main(names: list[str]) -> int:
    """Builds the named plugins; exit 1 with the builder's words where one fails, 2 for a wrong name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    known = [script.removeprefix("kubectl-").replace("_", "-") for script in project["scripts"]]
    if unknown := [name for name in names if name not in known]:
        sys.stderr.write(f'error: no plugin "{unknown[0]}" (there are: {", ".join(known)})\n')
        return 2
    try:
        archives = [pack(freeze(Plugin(name)), project["version"]) for name in names or known]
    except FreezeError as err:
        sys.stderr.write(f"{err}error: PyInstaller failed\n")
        return 1
    write_checksums(archives, DIST / "SHA256SUMS")
    sys.stdout.writelines(f"{archive.relative_to(ROOT)}\n" for archive in archives)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
