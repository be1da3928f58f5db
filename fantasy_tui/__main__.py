"""The entry point. Nothing heavy is imported before it is known what is wanted: opening the app must be quick."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argparse import Namespace

NEEDS_TERMINAL = (
    "fantasy-tui needs a terminal to show its screens; `fantasy-tui --plain` asks line by line,"
    " and for scripts there are commands with --json, see `fantasy-tui --help`."
)
NEEDS_SCREENS = (
    "This terminal shows no screens (TERM is “{}”): `fantasy-tui --plain` asks line by line instead."
)
USAGE = 2
HANGUP = 129


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; returns the exit code (`fantasy-tui --help` lists them)."""
    if not (sys.argv[1:] if argv is None else argv):
        return _open(None)  # nothing to take apart: even argparse is felt
    from fantasy_tui.cli.parser import parse

    try:
        arguments = parse(argv)
    except SystemExit as asked:  # --help, --version, or a mistake: argparse has said so
        return asked.code if isinstance(asked.code, int) else 0
    if arguments.command not in (None, "demo", "queue"):
        return _run(arguments)
    if "plain" in arguments:
        return _ask(arguments)
    return _run(arguments) if arguments.command == "queue" else _open(arguments)


def _run(arguments: Namespace) -> int:
    from fantasy_tui.cli.run import run

    return run(arguments)


def _fail(error: BaseException) -> int:
    from fantasy_tui.cli.run import fail

    return fail(error)


def _ask(arguments: Namespace) -> int:
    """Ask about the queue line by line, or about the demo's."""
    arguments.handler = "plain:plain_queue"
    if arguments.command == "demo":
        from fantasy_tui.demo.launch import demo_settings

        try:
            vars(arguments).update(demo_settings(seed=arguments.seed, fresh=arguments.fresh))
        except (Exception, KeyboardInterrupt) as error:
            return _fail(error)
    return _run(arguments)


def _open(arguments: Namespace | None) -> int:
    """Open the app where it can be shown; a terminal that went away gets no last words."""
    unfit = _unfit()
    if unfit is not None:
        seen = sys.stderr if sys.stderr.isatty() or not sys.stdout.isatty() else sys.stdout
        seen.write(unfit + "\n")
        return USAGE
    # Textual reads this once, when it is imported; at its 60 a key waits up to 17 ms for its echo,
    # and as long again for what it finds.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    # Nothing that start-up makes is garbage yet: a fifth of the time to the first frame went into looking for it.
    gc.disable()
    try:
        code = _show(arguments)
    except (Exception, KeyboardInterrupt) as error:
        return _fail(error)
    if code == HANGUP:
        from fantasy_tui.cli.run import forget_output

        forget_output()
    return code


def _show(arguments: Namespace | None) -> int:
    """Open the app, on the user's leagues or on made-up ones."""
    if arguments is not None and arguments.command == "demo":
        from fantasy_tui.demo.launch import launch_demo

        return launch_demo(seed=arguments.seed, fresh=arguments.fresh)
    from fantasy_tui.tui.launch import TO_DEMO, launch

    code = launch(_overrides(arguments))
    if code == TO_DEMO:
        from fantasy_tui.demo.launch import launch_demo

        return launch_demo()
    return code


def _overrides(arguments: Namespace | None) -> dict[str, Any]:
    if arguments is None:
        return {}
    from fantasy_tui.cli.parser import overrides_of

    return overrides_of(arguments)


def _unfit() -> str | None:
    """Why the app cannot be shown here; none where it can. Textual's web server has a driver of its own."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return None
    # Textual paints on stderr.
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        return NEEDS_TERMINAL
    term = os.environ.get("TERM", "")
    return NEEDS_SCREENS.format(term) if term in ("", "dumb", "unknown") else None


if __name__ == "__main__":
    sys.exit(main())
