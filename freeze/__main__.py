"""`python -m freeze [PLUGIN…]`: binaries in dist/bin, archives and checksums in dist; all by default."""

import sys

from freeze.archive import pack, write_checksums
from freeze.binary import FreezeError, freeze
from freeze.platforms import this_platform
from freeze.plugins import ROOT, plugins, version

DIST = ROOT / "dist"
BINARIES = (
    DIST / "bin"
)  # a folder for PATH: beside them, kubectl would take the archives for plugins


def main(names: list[str]) -> int:
    """Builds the named plugins; exit 1 with the builder's words where one fails, 2 for a wrong name."""
    known = {plugin.name: plugin for plugin in plugins()}
    if unknown := [name for name in names if name not in known]:
        sys.stderr.write(f'error: no plugin "{unknown[0]}" (there are: {", ".join(known)})\n')
        return 2
    chosen = [known[name] for name in names or known]
    try:
        for plugin in chosen:
            binary = freeze(plugin, BINARIES)
            archive = pack(plugin, binary, version(), this_platform(), DIST)
            sys.stdout.write(f"{archive.relative_to(ROOT).as_posix()}\n")
    except FreezeError as err:
        sys.stderr.write(f"{err}\n")
        return 1
    packed = [DIST / plugin.archive(version(), this_platform()) for plugin in known.values()]
    write_checksums([archive for archive in packed if archive.exists()], DIST / "SHA256SUMS")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
