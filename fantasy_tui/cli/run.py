"""Runs a command, and turns whatever goes wrong into one sentence and an exit code."""

import asyncio
import logging
import os
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable
from importlib import import_module

from fantasy_tui import logs
from fantasy_tui.cli import output
from fantasy_tui.failures import ELSE, NOT_FOUND, USAGE

INTERRUPTED = 130
CLOSED_PIPE = 141

log = logging.getLogger(__name__)


def run(arguments: Namespace) -> int:
    """Run the command that was asked for; returns its exit code."""
    with logs.to_file() as file:
        try:
            return asyncio.run(_handle(arguments, file))
        except (Exception, KeyboardInterrupt) as error:
            return _told(error, file)


def fail(error: BaseException) -> int:
    """Tell the user about an error in one sentence; returns the exit code."""
    with logs.to_file() as file:
        return _told(error, file)


async def _handle(arguments: Namespace, file: logs.LogFile) -> int:
    from fantasy_tui.cli.context import Context

    module, _, function = arguments.handler.partition(":")
    handler: Callable[[Context], Awaitable[int]] = getattr(
        import_module(f"fantasy_tui.cli.{module}"), function
    )
    return await handler(Context(arguments, file.hide))


def _told(error: BaseException, file: logs.LogFile) -> int:
    try:
        if not isinstance(error, BrokenPipeError):
            return _explained(error, file)
    except BrokenPipeError:
        log.debug("nobody reads stderr either")
    forget_output()
    return CLOSED_PIPE


def _explained(error: BaseException, file: logs.LogFile) -> int:
    if isinstance(error, KeyboardInterrupt):
        output.warn("Interrupted.")
        return INTERRUPTED
    code = code_of(error)
    if code is not None:
        detail = getattr(error, "detail", "")
        log.info("exit %d: %s %s", code, error, detail)
        output.warn(str(error))
        return code
    log.error("unexpected", exc_info=error)
    where = f"cannot be written to {file.path}" if file.failed else f"are in {file.path}"
    output.warn(f"Something unexpected happened ({type(error).__name__}); the details {where}.")
    return ELSE


def code_of(error: BaseException) -> int | None:
    """The exit code of an error whose message is for the user; none for any other error."""
    from fantasy_tui import failures
    from fantasy_tui.cli.context import Failed, NotFound, UsageError

    own: dict[type[BaseException], int] = {UsageError: USAGE, NotFound: NOT_FOUND, Failed: ELSE}
    return own[type(error)] if type(error) in own else failures.code_of(error)


def forget_output() -> None:
    """Nobody reads any more: let Python's last flush go nowhere instead of complaining."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
