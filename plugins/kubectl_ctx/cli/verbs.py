"""argv → request: the verbs `switch`, `rename` and `delete`, for names that look like something else."""

from typing import Any

from kubectl_ctx.cli.options import CASCADE, DRY_RUN, FILES, NAMESPACE, check_namespace
from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.verbs import Command, Request

SWITCH_HELP = """Switch to the context of exactly this name.

The name may hold "=" or be a verb's: kubectl ctx NAME would take such a name for something else.
"""
SWITCH_EXAMPLES = """
  kubectl ctx switch 'a=b'
  kubectl ctx switch lint -n shop
  kubectl ctx switch -- -x          # a name that looks like a flag
"""
RENAME_HELP = """Rename a context; where it is the current one, current-context as well.

Only the name of the entry is changed. A name that is taken is refused.
"""
RENAME_EXAMPLES = """
  kubectl ctx rename 'a=b' ab
  kubectl ctx rename . new          # the current one
"""
DELETE_HELP = """Delete contexts; all of them must exist.

With --cascade their clusters and users go as well, where no context in any of the files refers to
them any more.
"""
DELETE_EXAMPLES = """
  kubectl ctx delete 'a=b' lint
  kubectl ctx delete old --cascade
  kubectl ctx delete old --cascade --dry-run
"""


def switch_command_line() -> Command:
    """The verb `switch`."""
    flags = (NAMESPACE, DRY_RUN, *FILES)
    return Command(_switch, flags, SWITCH_HELP, SWITCH_EXAMPLES, "NAME", "contexts")


def rename_command_line() -> Command:
    """The verb `rename`."""
    return Command(_rename, (DRY_RUN, *FILES), RENAME_HELP, RENAME_EXAMPLES, "OLD NEW", "contexts")


def delete_command_line() -> Command:
    """The verb `delete`."""
    flags = (CASCADE, DRY_RUN, *FILES)
    return Command(_delete, flags, DELETE_HELP, DELETE_EXAMPLES, "NAME...", "contexts...")


def _switch(values: dict[str, Any]) -> Request:
    from kubectl_ctx.cli.switch import SwitchContext

    if len(values["words"]) != 1 or not values["words"][0]:
        raise UsageError("switch takes one NAME", 'see "kubectl ctx switch --help"')
    if values["namespace"] is not None:
        check_namespace(values["namespace"])
    name, namespace = values["words"][0], values["namespace"] or ""
    return SwitchContext(name, namespace, values["kubeconfig"], values["dry_run"])


def _rename(values: dict[str, Any]) -> Request:
    from kubectl_ctx.cli.rename import RenameContext

    if len(values["words"]) != 2 or not all(values["words"]):
        raise UsageError("rename takes OLD and NEW", 'see "kubectl ctx rename --help"')
    old, new = values["words"]
    return RenameContext(old, new, values["kubeconfig"], values["dry_run"])


def _delete(values: dict[str, Any]) -> Request:
    from kubectl_ctx.cli.delete import DeleteContexts

    words = values["words"]
    return DeleteContexts(words, values["cascade"], values["kubeconfig"], values["dry_run"])
