"""The log file: rotating, readable by its owner alone, and without passwords wherever they turn up."""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from urllib.parse import unquote

FILE = "fantasy-tui.log"
LARGEST = 1_000_000
KEPT = 3

_IN_URL = re.compile(r"(//[^:/@\s]*:)\S*@")
_IN_QUERY = re.compile(r"(?i)(\b(?:ssl)?password=)[^&\s'\"]+")
_PASSWORD = re.compile(r"(?i)//[^:/@]*:([^@]*)@|[?&](?:ssl)?password=([^&]*)")
_MASK = r"\1***"
# A shorter password may well be a part of a word; it is then masked only where it stands alone.
_TELLING = 4


def log_file() -> Path:
    """Where the log is written."""
    from fantasy_tui.folders import state_folder

    return state_folder() / FILE


def redact(text: str) -> str:
    """The text without the passwords of the URLs in it."""
    return _IN_QUERY.sub(_MASK, _IN_URL.sub(_MASK + "@", text))


def passwords_in(url: str) -> set[str]:
    """A URL's passwords, as they are written in it and decoded."""
    found = {password for pair in _PASSWORD.findall(url) for password in pair if password}
    return found | {unquote(password) for password in found}


class Redacting(logging.Formatter):
    """Formats a record, traceback included, and masks every password in what comes out."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets: set[str] = set()

    def hide(self, url: str) -> None:
        """Mask this URL's passwords wherever they stand, not in URLs alone."""
        self._secrets |= passwords_in(url)

    def format(self, record: logging.LogRecord) -> str:
        """One record as it is written."""
        text = redact(super().format(record))
        for secret in sorted(self._secrets, key=len, reverse=True):
            if len(secret) >= _TELLING:
                text = text.replace(secret, "***")
            else:
                text = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", "***", text)
        return text


class LogFile(RotatingFileHandler):
    """The handler; the file appears with the first record."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", delay=True)
        self.path = path
        self.failed = False
        self._redacting = Redacting()
        self.setFormatter(self._redacting)

    def hide(self, url: str) -> None:
        """Mask this URL's passwords from now on."""
        self._redacting.hide(url)

    def probe(self) -> None:
        """Open the file for writing; raises OSError when that is not possible."""
        self._open().close()

    def _open(self) -> TextIOWrapper:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.chmod(self.path, 0o600)  # a file from elsewhere may be open to all
        return open(descriptor, "a", encoding="utf-8", errors="backslashreplace")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's name)
        """Remember it: a traceback on stderr would show what is redacted, and spoil the screen."""
        self.failed = True


@contextmanager
def to_file() -> Iterator[LogFile]:
    """Log to the file while the block runs; libraries only from warnings on."""
    handler = LogFile(log_file())
    root, own = logging.getLogger(), logging.getLogger("fantasy_tui")
    level = own.level
    root.addHandler(handler)
    own.setLevel(logging.INFO)
    try:
        yield handler
    finally:
        own.setLevel(level)
        root.removeHandler(handler)
        handler.close()
