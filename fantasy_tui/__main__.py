"""The entry point. Nothing heavy is imported before it is known what is wanted: opening the app must be quick."""

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from fantasy_tui.cli.parser import overrides_of, parse

NEEDS_TERMINAL = (
    "fantasy-tui needs a terminal to show its screens; for scripts there are commands with --json,"
    " see `fantasy-tui --help`."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; returns the exit code (`fantasy-tui --help` lists them)."""
    try:
        arguments = parse(argv)
    except SystemExit as asked:  # --help, --version, or a mistake: argparse has said so
        return asked.code if isinstance(asked.code, int) else 0
    if arguments.command in (None, "demo"):
        if not _on_a_terminal():
            sys.stderr.write(NEEDS_TERMINAL + "\n")
            return 2
        # Textual reads this once, when it is imported; at 60 a key's echo waits up to 17 ms.
        os.environ.setdefault("TEXTUAL_FPS", "120")
        # Nothing that start-up makes is garbage yet: a fifth of the time to the first frame went into looking for it.
        gc.disable()
        try:
            return _show(arguments)
        except (Exception, KeyboardInterrupt) as error:
            from fantasy_tui.cli.run import fail

            return fail(error)
    from fantasy_tui.cli.run import run

    return run(arguments)


def _show(arguments: Namespace) -> int:
    """Open the app, on the user's leagues or on made-up ones."""
    if arguments.command == "demo":
        from fantasy_tui.demo.launch import launch_demo

        return launch_demo(seed=arguments.seed, fresh=arguments.fresh)
    from fantasy_tui.tui.launch import launch

    return launch(overrides_of(arguments))


def _on_a_terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


if __name__ == "__main__":
    sys.exit(main())
