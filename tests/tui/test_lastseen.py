"""The queue kept for the next start: the same again, never another store's, and never in the way."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from fantasy_tui.demo.teams import NOW
from fantasy_tui.folders import config_file
from fantasy_tui.tui.lastseen import LastSeen, cache_file, keep, recall
from fantasy_tui.tui.widgets.status import Waiting
from tests.tui.test_card import ITEM

SEEN = LastSeen(user="Me", synced_at=NOW, starts_at=None, theme=None, waiting=Waiting(today=1), items=[ITEM])

pytestmark = pytest.mark.usefixtures("surroundings")


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "new" / "queue.json"
    keep(file, SEEN)
    assert recall(file) == SEEN
    assert file.stat().st_mode & 0o777 == 0o600
    keep(file, replace(SEEN, items=[]))
    assert recall(file) == replace(SEEN, items=[])
    assert [path.name for path in file.parent.iterdir()] == ["queue.json"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"user": 3}', b"\xff\x00"])
def test_what_cannot_be_read_is_nothing(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "queue.json"
    assert recall(file) is None
    file.write_bytes(content)
    assert recall(file) is None


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    keep(tmp_path / "file" / "queue.json", SEEN)
    assert not (tmp_path / "file").is_dir()


def test_other_settings_have_another_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    files = {cache_file({}), cache_file({"username": "a"}), cache_file({"username": "b"})}
    monkeypatch.setenv("FANTASY_DATABASE_URL", "postgresql+asyncpg://u:secret@host/name")
    files.add(cache_file({}))
    assert "secret" not in str(cache_file({}))
    Path(".env").write_text("FANTASY_USERNAME=c\n")
    files.add(cache_file({}))
    config = config_file()
    config.parent.mkdir(parents=True)
    config.write_text('username = "d"\n')
    files.add(cache_file({}))
    assert len(files) == 6
