"""Every error that fieldkit raises on purpose.

FieldkitError            exit 1: printed once, by `entry`, as `error: MESSAGE (HINT)`
├── UsageError           exit 2: the command line does not say what to do
├── KubeconfigError      no kubeconfig, an unreadable one, a name it does not have
├── CredentialsError     an exec plugin, token file or key that gives no credentials
├── ConnectionFailed     no answer: refused, unknown host, bad certificate, time-out, proxy
├── ServerError          the server answered no: `Error from server (REASON): MESSAGE`
└── SnapshotError        a file that is no snapshot, or a write that a snapshot cannot take
"""


class FieldkitError(Exception):
    """Anything that ends a command: what is wrong, and in brackets what to do about it."""

    exit_code = 1
    prefix = "error"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message

    @property
    def line(self) -> str:
        """What `entry` prints: the prefix, where there is one, and the error."""
        return f"{self.prefix}: {self}" if self.prefix else str(self)


class UsageError(FieldkitError):
    """The command line does not say what to do."""

    exit_code = 2


class KubeconfigError(FieldkitError):
    """No kubeconfig, an unreadable one, or a context, cluster or user that it does not have."""


class CredentialsError(FieldkitError):
    """An exec plugin, a token file or a key that gives no credentials."""


class ConnectionFailed(FieldkitError):
    """No answer from the server; `transient` when the same request may succeed in a moment.

    `complete` says that the message is a whole sentence of kubectl's, which needs no prefix.
    """

    def __init__(
        self, message: str, hint: str = "", *, transient: bool = False, complete: bool = False
    ) -> None:
        super().__init__(message, hint)
        self.transient = transient
        self.prefix = "" if complete else "Unable to connect to the server"


class ServerError(FieldkitError):
    """The server's own refusal: `code` is the HTTP status, `reason` the Status object's."""

    def __init__(self, code: int, reason: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.code = code
        self.reason = reason

    @property
    def prefix(self) -> str:  # type: ignore[override]
        """The words kubectl puts before the server's; a 401 is the user's error to it."""
        if self.code == 401:
            return "error"
        return f"Error from server ({self.reason})" if self.reason else "Error from server"


class SnapshotError(FieldkitError):
    """A file that is no snapshot, or a request that a snapshot cannot take."""
