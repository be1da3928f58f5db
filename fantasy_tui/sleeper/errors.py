"""What can go wrong between Sleeper and us, each as one sentence for the user."""


class SleeperError(Exception):
    """Sleeper could not be asked or understood; `detail` and `path` are for the log."""

    def __init__(self, message: str, *, path: str = "", detail: str = "") -> None:
        super().__init__(message)
        self.path = path
        self.detail = detail


class SleeperUnreachable(SleeperError):
    """No answer, or only refusals, after several attempts."""


class SleeperNotFound(SleeperError):
    """Sleeper does not know what was asked for."""


class SleeperBadAnswer(SleeperError):
    """An answer that is not what Sleeper documents."""
