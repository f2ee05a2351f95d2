"""`python -m tests.lab`: a control plane for hand use; `python -m tests.lab build`: only its programs."""

import shlex
import signal
import sys

from tests.lab.build import build
from tests.lab.errors import LabError
from tests.lab.lab import Lab


def main(arguments: list[str]) -> int:
    """Runs one of the two; exit 2 for anything else."""
    try:
        if arguments == ["build"]:
            print(build())
        elif not arguments:
            serve()
        else:
            print("usage: python -m tests.lab [build]", file=sys.stderr)
            return 2
    except LabError as error:
        print(f"lab: {error}", file=sys.stderr)
        return 1
    return 0


def serve() -> None:
    """Starts a control plane, prints what a shell needs to use it, and stays until Ctrl-C or a polite kill."""
    stops = {signal.SIGINT, signal.SIGTERM}
    with Lab(scheduler=True, controllers=True) as lab:
        path = shlex.quote(str(lab.kubectl_path.parent))
        print(f"export KUBECONFIG={shlex.quote(str(lab.kubeconfig))} PATH={path}:$PATH", flush=True)
        print("lab: ready, Ctrl-C ends it", file=sys.stderr, flush=True)
        signal.pthread_sigmask(signal.SIG_BLOCK, stops)
        signal.sigwait(stops)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main(sys.argv[1:]))
