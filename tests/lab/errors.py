"""What the lab says when it cannot be had."""


class LabError(Exception):
    """The lab did not build, did not start, or did not answer."""


class Lacking(LabError):
    """This machine, or the programs it was told to use, cannot offer what a test needs."""
