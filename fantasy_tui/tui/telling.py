"""What a person is told about an error: one sentence; the log has the rest."""

from __future__ import annotations

import logging
from typing import Literal

log = logging.getLogger(__name__)

Severity = Literal["information", "warning", "error"]


def about(error: BaseException) -> tuple[str, Severity]:
    """The sentence, and how bad it is; the error itself goes to the log."""
    from fantasy_tui import failures
    from fantasy_tui.logs import log_file

    if failures.code_of(error) is not None:
        log.info("told: %s", error)
        return str(error), "warning"
    log.error("unexpected", exc_info=error)
    what = type(error).__name__
    return f"Something unexpected happened ({what}); the details are in {log_file()}.", "error"
