"""request → answer: plan, forecast, ask, write, report."""

import sys
from collections.abc import Callable, Sequence

from kubectl_fieldkit import entry, output
from kubectl_fieldkit.envelope import Incomplete
from kubectl_fieldkit.errors import ConnectionFailed, FieldkitError, ServerError
from kubectl_fieldkit.reading import Source
from kubectl_fieldkit.source import open_cluster, open_source
from kubectl_taints.change_report import Outcome, of_change
from kubectl_taints.changes import NodeChange, undo
from kubectl_taints.cli import consent
from kubectl_taints.cli.change import ChangeTaints
from kubectl_taints.forecast import Forecast, adds_executing
from kubectl_taints.plan import Failure, Plan, make_forecast, make_plan
from kubectl_taints.writing import carry_out

Write = Callable[[NodeChange], NodeChange]


def run(request: ChangeTaints) -> int:
    """Changes the nodes, or in a dry run says what that would do; 1 when a node is not changed."""
    if request.dry_run == "client":
        with open_source(request.source) as source:
            return _answer(request, source, lambda planned: planned)
    with open_cluster(request.source) as cluster:
        dry_run = request.dry_run == "server"

        def write(planned: NodeChange) -> NodeChange:
            return carry_out(cluster, planned, request.asked, request.field_manager, dry_run)

        return _answer(request, cluster, write)


def _answer(request: ChangeTaints, source: Source, write: Write) -> int:
    plan = make_plan(source, request.nodes, request.selector, request.asked)
    forecast, incomplete = _look_ahead(request, source, plan.changes)
    # asked for before the first write: after it, nothing may keep the answer back
    version = source.server_version if request.output.format in ("json", "yaml") else ""
    changes, failures = _carry_out(plan, write)
    taken_back = undo(changes, _same_cluster(request)) if request.dry_run == "none" else []
    outcome = Outcome(changes, failures, forecast, incomplete, request.dry_run, taken_back)
    try:
        _emit(request, of_change(outcome, version, request.output.format == "wide"))
    finally:
        _talk(outcome)
    return 1 if failures else 0


def _emit(request: ChangeTaints, report: output.Report) -> None:
    form, screen = request.output.format, entry.screen(request.output.color)
    output.write(output.render(report, form, screen, request.output.headers), sys.stdout)


def _look_ahead(
    request: ChangeTaints, source: Source, changes: Sequence[NodeChange]
) -> tuple[Forecast | None, list[Incomplete]]:
    """The forecast, told before anything is written; FieldkitError for a no."""
    forecast, incomplete = make_forecast(source, changes)
    if forecast and request.dry_run == "none":
        consent.show(forecast, incomplete)
        if not request.yes and any(map(adds_executing, changes)):
            consent.refuse_without_consent(forecast)
    return forecast, incomplete


def _carry_out(plan: Plan, write: Write) -> tuple[list[NodeChange], list[Failure]]:
    """One node's failure does not hide another's; without a connection there is none to try."""
    done, failures = list[NodeChange](), list(plan.failures)
    for planned in plan.changes:
        try:
            done.append(write(planned))
        except ConnectionFailed as err:
            failures.append(Failure(planned.name, err, unsure=True))
            break
        except FieldkitError as err:
            unsure = isinstance(err, ServerError) and err.code >= 500
            failures.append(Failure(planned.name, err, unsure))
    return done, failures


def _same_cluster(request: ChangeTaints) -> list[str]:
    """The flags without which another command line would ask another cluster."""
    given = request.source.connection
    names = ("kubeconfig", "context", "cluster", "user", "server")
    return [f"--{name}={getattr(given, name)}" for name in names if getattr(given, name)]


def _talk(outcome: Outcome) -> None:
    if not outcome.changes and not outcome.failures:
        entry.tell("No resources found")
    for failure in outcome.failures:
        entry.tell(failure.error.line)
        if failure.unsure:
            entry.tell(f"node/{failure.node} may be changed or not{_rest(failure.error)}")
    for line in outcome.undo:
        entry.tell(f"undo: {line}")
    if outcome.undo and _has_evicted(outcome):
        entry.tell("(evicted pods do not come back by it)")


def _has_evicted(outcome: Outcome) -> bool:
    """Whether a pod of a node that was changed goes at once: those that go later can be spared yet."""
    changed = {change.name for change in outcome.changes}
    pods = (outcome.forecast and outcome.forecast.pods) or ()
    return any(pod.fate == "evicted-now" and pod.node in changed for pod in pods)


def _rest(error: FieldkitError) -> str:
    return ", and no later node was tried" if isinstance(error, ConnectionFailed) else ""
