"""What would help: the smallest changes after which the pod fits, each proven by running the cycle again."""

from kubectl_why_pending.fixes.search import find

__all__ = ["find"]
