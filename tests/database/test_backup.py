"""A backup of a file that others write to: whole, private, and never half there."""

import asyncio
import os
import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from fantasy_tui.database import backup as module
from fantasy_tui.database.backup import BackupFailed, backup
from fantasy_tui.database.store import Store
from tests.decisions import add_user
from tests.leagues import build

FILLER = 3000
"""Rows of a kilobyte, so that a backup takes several steps."""


@pytest.fixture
async def url(sqlite_url: str) -> str:
    store = Store(sqlite_url)
    await store.write(build)
    await store.close()
    file = sqlite_url.removeprefix("sqlite+aiosqlite:///")
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE filler (n INTEGER, text TEXT)")
    connection.executemany("INSERT INTO filler VALUES (?, ?)", [(n, "x" * 1000) for n in range(FILLER)])
    connection.commit()
    connection.close()
    return sqlite_url


def rows(file: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(file)
    found = connection.execute(sql).fetchall()
    connection.close()
    return found


def spoil(file: Path) -> None:
    """Write nonsense over some pages in the middle."""
    with file.open("r+b") as stream:
        stream.seek(file.stat().st_size - 4096 * 40)
        stream.write(b"\xff" * 4096 * 20)


async def test_the_copy_is_whole_private_and_one_file(url: str, tmp_path: Path) -> None:
    file = tmp_path / "copies" / "one.db"
    file.parent.mkdir()
    steps: list[tuple[int, int]] = []
    size = await backup(url, file, on_progress=lambda done, total: steps.append((done, total)))
    assert os.listdir(file.parent) == ["one.db"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert size == file.stat().st_size
    assert len(steps) > 1
    assert steps[-1][0] == steps[-1][1]
    assert rows(file, "SELECT count(*) FROM filler") == [(FILLER,)]
    assert rows(file, "PRAGMA journal_mode") == [("delete",)]
    store = Store(f"sqlite:///{file}")
    await store.prepare()
    await add_user(store, "another")
    await store.close()


async def test_writers_go_on_and_the_copy_is_of_one_instant(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody commits between any two steps: none of it waits or is lost, and none of it is in the copy."""
    source, original, written = Path(url.removeprefix("sqlite+aiosqlite:///")), module._copy, 0

    def write(done: int, total: int) -> None:
        nonlocal written
        if done < total:
            connection = sqlite3.connect(source, timeout=0)
            connection.execute("INSERT INTO filler VALUES (-1, 'late')")
            connection.commit()
            connection.close()
            written += 1

    monkeypatch.setattr(module, "_copy", lambda source, beside, _: original(source, beside, write))
    file = tmp_path / "copy.db"
    await backup(url, file)
    assert written > 1
    assert rows(file, "SELECT count(*) FROM filler WHERE n = -1") == [(0,)]
    assert rows(source, "SELECT count(*) FROM filler WHERE n = -1") == [(written,)]


async def test_a_file_is_not_written_over_unasked(url: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.txt"
    file.write_text("precious")
    with pytest.raises(BackupFailed, match="exists already: name another file, or add --force"):
        await backup(url, file)
    assert file.read_text() == "precious"
    await backup(url, file, force=True)
    assert rows(file, "SELECT count(*) FROM filler") == [(FILLER,)]


async def test_not_onto_itself_whatever_it_is_called(url: str, tmp_path: Path) -> None:
    source = Path(url.removeprefix("sqlite+aiosqlite:///"))
    link = tmp_path / "link.db"
    link.symlink_to(source)
    for name in (source, link):
        with pytest.raises(BackupFailed, match="is the database itself"):
            await backup(url, name, force=True)
    assert rows(source, "SELECT count(*) FROM filler") == [(FILLER,)]


async def test_what_cannot_be_done_is_said(url: str, tmp_path: Path) -> None:
    for given, file, said in (
        ("sqlite:///nowhere.db", tmp_path / "a.db", "There is no database file nowhere.db"),
        (url, tmp_path, "is a folder"),
        (url, tmp_path / "no" / "a.db", "cannot be written: No such file or directory"),
        ("postgresql://fan:hunter2@host/x", tmp_path / "a.db", "pg_dump"),
    ):
        with pytest.raises(BackupFailed, match=said) as told:
            await backup(given, file)
        assert "hunter2" not in str(told.value)


async def test_damage_is_found_and_the_copy_thrown_away(url: str, tmp_path: Path) -> None:
    spoil(Path(url.removeprefix("sqlite+aiosqlite:///")))
    file = tmp_path / "copies" / "copy.db"
    file.parent.mkdir()
    with pytest.raises(BackupFailed, match=r"is damaged and was thrown away|malformed"):
        await backup(url, file)
    assert os.listdir(file.parent) == []


async def test_cancelled_it_stops_and_leaves_nothing(url: str, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    told = asyncio.Event()
    holding, original = threading.Event(), module._copy

    def slow(source: Path, beside: Path, tell: object) -> None:
        def wait(done: int, total: int) -> None:
            tell(done, total)  # type: ignore[operator]
            holding.wait(10)

        original(source, beside, wait)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_copy", slow)
        task = asyncio.create_task(backup(url, folder / "a.db", on_progress=lambda *_: told.set()))
        await told.wait()
        task.cancel()
        await asyncio.sleep(0)
        holding.set()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert os.listdir(folder) == []
