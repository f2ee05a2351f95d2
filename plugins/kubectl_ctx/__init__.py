"""kubectl ctx: switch contexts in a blink, and never harm a kubeconfig.

argv becomes a request in `cli/question`: a switch, a rename, a deletion, a list, … one file each. What
changes a kubeconfig is a list of edits from the library's `kubeconfig/edits`, made in one step, or
with --dry-run shown as a diff; in a `--shell` a switch goes into its overlay.

`deleting` is pure: what goes with a context, and what still refers to its cluster and user.
"""
