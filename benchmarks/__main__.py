"""All benchmarks in one table: `python -m benchmarks [NAME …]`; the names are below."""

import importlib
import os
import platform
import sys

MODULES = (
    "lineup",
    "search",
    "behind",
    "start",
    "cursor",
    "switch",
    "flow",
    "killed",
    "many",
    "sync",
    "bulk",
    "trade",
    "season",
    "backtest",
    "scale",
    "scale_parts",
    "scale_vectors",
    "scale_syncs",
)


def machine() -> str:
    """The machine, by what matters for the numbers."""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores,"
        f" {platform.python_implementation()} {platform.python_version()}"
    )


def main() -> int:
    """Measure and print; an unknown name is a usage error."""
    wanted = sys.argv[1:] or list(MODULES)
    if unknown := set(wanted) - set(MODULES):
        print(f"unknown benchmark {', '.join(sorted(unknown))}; known: {', '.join(MODULES)}", file=sys.stderr)
        return 2
    print(f"Machine: {machine()}")
    print(f"{'what':66} {'value':>11} {'':4} {'ratio':>10} {'aim':>10}")
    for name in wanted:
        for row in importlib.import_module(f"benchmarks.{name}").measure():
            print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
