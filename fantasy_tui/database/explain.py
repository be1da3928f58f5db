"""Turns a driver's error into one sentence for the user."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from fantasy_tui.database.errors import StoreError, StoreUnreachable

_SQLITE = {
    "unable to open database file": "cannot be opened: check that the folder exists and is yours",
    "readonly database": "cannot be written: check its permissions",
    "not a database": "is not a database of this app: choose another file",
    "disk image is malformed": "is damaged: restore a copy, or move it away and sync again",
    "database is locked": "is locked by another program: close it and try again",
    "disk is full": "cannot grow: the disk is full",
    "disk i/o error": "cannot be read or written: the disk reports an error",
}
_POSTGRES = {
    "28P01": "refuses the password: check FANTASY_DATABASE_URL",
    "28000": "refuses this user: check FANTASY_DATABASE_URL",
    "3D000": "does not exist: create it first",
    "42501": (
        "lacks a right that is needed: ask its owner (a new database needs CREATE EXTENSION vector,"
        " a member's role `fantasy-tui db member`)"
    ),
    "53300": "has no connection left: try again later",
    "57P03": "is starting up: try again in a moment",
}


@contextmanager
def explain(database: str) -> Iterator[None]:
    """Raise StoreUnreachable for what the user can mend; other errors pass. `database` is shown, so redacted."""
    try:
        yield
    except StoreError:
        raise
    except DBAPIError as error:
        reason = _reason(error)
        if reason is None:
            raise
        raise StoreUnreachable(f"The database {database} {reason}.") from None
    except (OSError, TimeoutError) as error:
        raise StoreUnreachable(f"The database {database} {_silence(error)}.") from None


def _silence(error: OSError | TimeoutError) -> str:
    """Why a connection was not made."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"shows a certificate that is not trusted ({error.verify_message}): check sslrootcert and the host"
    if isinstance(error, ssl.SSLError):
        return f"cannot be spoken to by TLS ({error.reason or error}): check the sslmode, sslcert and sslkey of its URL"
    if "rejected SSL upgrade" in str(error):
        return "offers no TLS, which its URL asks for: check sslmode"
    return "does not answer: check that it runs"


def _reason(error: DBAPIError) -> str | None:
    state = getattr(error.driver_exception, "sqlstate", None)
    if state is not None:
        if state.startswith("08"):
            return "has closed the connection: try again"
        return _POSTGRES.get(state)
    if error.connection_invalidated:
        return "has closed the connection: try again"
    if isinstance(error, OperationalError | DBAPIError) and not isinstance(error, IntegrityError):
        said = str(error.orig).lower()
        return next((reason for part, reason in _SQLITE.items() if part in said), None)
    return None
