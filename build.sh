#!/usr/bin/env bash
# Everything there is to do in this checkout, one function a verb. Needs Python 3.11 or newer, no more.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

help() {
  cat <<'TEXT'
usage: ./build.sh VERB

  demo                 the plugins on a recorded cluster
  check                format, lint, types and pure tests, in a minute
  test [PYTEST-ARG…]   check, then everything: control plane, upstream's verdicts, frozen binaries
  verify               random cases by the thousand, with a fresh seed (or FIELDKIT_SEED)
  bench [--check]      start-up and hot path beside kubectl, in one run
  build [PLUGIN…]      single-file binaries and their archives, into dist/bin/ and dist/
  release vX.Y.Z DIR   krew's manifests and index, from the archives of all five platforms in DIR
  lab                  a control plane for hand use, until Ctrl-C
  record               the recorded cluster of the demo anew, from a real one
TEXT
}

demo() {
  local snapshot=examples/formation/cluster.jsonl.gz
  show taints --snapshot "$snapshot"
  show taints worker-0 --snapshot "$snapshot"
  show taints worker-1 --snapshot "$snapshot"
  show why-pending mypod -n formation-k8s --snapshot "$snapshot"
  show psa-audit -n formation-k8s --level baseline --snapshot "$snapshot"
  show proxy-mode --snapshot "$snapshot"
  show ctx -o wide --kubeconfig examples/formation/kubeconfig
  show ctx production -n shop-2 --dry-run --kubeconfig examples/formation/kubeconfig
  show ns -c --kubeconfig examples/formation/kubeconfig
  show neat -f examples/formation/web.yaml
}

check() {
  .venv/bin/ruff format --check --quiet
  .venv/bin/ruff check --quiet
  .venv/bin/mypy plugins freeze benchmarks tests examples
  # One process more than CI has cores: many of these tests wait for something.
  .venv/bin/pytest --quiet --numprocesses 3 -m "not lab and not binary and not root"
}

test() {
  check
  .venv/bin/pytest "$@"
}

verify() {
  export FIELDKIT_SEED=${FIELDKIT_SEED:-$((RANDOM << 15 | RANDOM))} FIELDKIT_SCALE=${FIELDKIT_SCALE:-20}
  echo "seed $FIELDKIT_SEED, $(date +%F)"
  .venv/bin/pytest -m "not binary and not root" "$@"
}

bench() { .venv/bin/python -m benchmarks "$@"; }

build() { .venv/bin/python -m freeze "$@"; }

release() { .venv/bin/python -m freeze.release "$@"; }

lab() { exec .venv/bin/python -m tests.lab "$@"; }

record() { .venv/bin/python -m examples.formation.record; }

# A plugin as kubectl would run it, below its command line.
show() {
  printf '$ kubectl %s\n' "$*"
  ".venv/bin/kubectl-${1//-/_}" "${@:2}"
  echo
}

# The virtual environment, made anew whenever pyproject.toml is no longer the one it was made for.
environment() {
  cmp --silent pyproject.toml .venv/pyproject.toml && return
  echo "build.sh: setting up .venv" >&2
  local interpreter
  interpreter=$(python)
  quietly "$interpreter" -m venv .venv
  quietly .venv/bin/python -m pip install --disable-pip-version-check --editable '.[dev]'
  cp pyproject.toml .venv/
}

python() {
  local candidate
  for candidate in python3 python3.{14,13,12,11}; do
    "$candidate" -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    echo "$candidate"
    return
  done
  echo "build.sh: no Python 3.11 or newer with venv (on Debian: apt-get install python3-venv)" >&2
  return 1
}

# Runs a command whose words matter only when it fails.
quietly() {
  local words
  words=$("$@" 2>&1) || { printf '%s\n' "$words" >&2; return 1; }
}

case ${1-} in
  demo | check | test | verify | bench | build | release | lab | record) environment; "$@" ;;
  '' | help | -h | --help) help ;;
  *) help >&2; exit 2 ;;
esac
