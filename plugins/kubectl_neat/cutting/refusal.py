"""Why a text is not cut."""


class CannotCut(Exception):
    """The text cannot be cut without touching more than was asked; the argument says why."""
