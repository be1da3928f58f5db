"""A Postgres with the settings of a real one, kept in a cache folder between runs, and its bare connection."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg

from tests.postgres import bin_dir

CACHE = Path(os.environ.get("FANTASY_SCALE_CACHE", Path(tempfile.gettempdir()) / "fantasy-scale"))
"""Where filled databases are kept; some 25 GB."""
OPTIONS = (
    # What a provider sets for 8 GB of memory; fsync, synchronous_commit and autovacuum are on by default.
    "shared_buffers=2GB",
    "effective_cache_size=6GB",
    "maintenance_work_mem=512MB",
    "max_wal_size=4GB",
    "random_page_cost=1.1",
    "max_connections=1000",
    "deadlock_timeout=100ms",
    "log_lock_waits=on",
    "listen_addresses=",
)


def url(database: str) -> str:
    """How the app reaches one of the server's databases."""
    return f"postgresql+asyncpg://postgres@/{database}?host={CACHE}"


async def connect(database: str) -> Any:
    """The bare driver."""
    return await asyncpg.connect(host=str(CACHE), user="postgres", database=database)


@contextlib.contextmanager
def serving() -> Iterator[None]:
    """The server runs meanwhile, one that runs already left as it is; made when it is not there."""
    CACHE.mkdir(parents=True, exist_ok=True)
    CACHE.chmod(0o755)
    if os.geteuid() == 0:
        shutil.chown(CACHE, "nobody")
    data = CACHE / "data"
    if not data.exists():
        half_made = CACHE / "data.init"
        shutil.rmtree(half_made, ignore_errors=True)
        _run("initdb", "-D", half_made, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-instructions")
        half_made.rename(data)
    if (data / "postmaster.pid").exists() and _does("pg_ctl", "-D", data, "status") == 0:
        yield
        return
    options = " ".join(f"-c {option}" for option in OPTIONS) + f" -k {CACHE}"
    _run("pg_ctl", "-D", data, "-w", "-t", "300", "-l", CACHE / "log", "-o", options, "start")
    try:
        yield
    finally:
        _run("pg_ctl", "-D", data, "-w", "-m", "fast", "stop")


def _run(program: str, *arguments: object) -> None:
    if _does(program, *arguments) != 0:
        raise RuntimeError(f"{program} failed: see {CACHE / 'log'}")


def _does(program: str, *arguments: object) -> int:
    """How the program ends."""
    who: dict[str, Any] = {}
    if os.geteuid() == 0:  # Postgres refuses to run as root
        nobody = pwd.getpwnam("nobody")
        who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return subprocess.run(
        [str(bin_dir() / program), *map(str, arguments)],
        cwd=CACHE,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        **who,
    ).returncode
