"""What may follow the `?` of a Postgres URL: libpq's names, as providers give them, and the driver's own."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.engine import URL

from fantasy_tui.database.errors import StoreError

CONNECT_WITHIN = 10.0
"""Seconds, unless the URL says `connect_timeout`."""

_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_FILES = ("sslrootcert", "sslcert", "sslkey", "sslcrl")
# The driver understands these in a URL of its own alone, not as arguments.
_IN_A_URL = {
    "sslmode", *_FILES, "sslpassword", "sslnegotiation", "ssl_min_protocol_version", "ssl_max_protocol_version",
    "target_session_attrs", "passfile", "service", "krbsrvname", "gsslib", "application_name", "options",
}  # fmt: skip
_PLACE = {"host", "port", "user", "password", "database", "dbname"}
# What the driver never does; asking for it not to be done, or not to be insisted on, is fine.
_NEVER = {
    "channel_binding": ("disable", "prefer"),
    "gssencmode": ("disable", "prefer"),
    "sslcompression": ("0",),
}
_SYSTEM = "system"
"""As a sslrootcert: the certificates that this machine trusts."""


def arguments(url: URL) -> tuple[URL, dict[str, Any]]:
    """The URL without its options, and the driver's arguments that they come to; raises StoreError."""
    given = {name: value if isinstance(value, str) else value[-1] for name, value in url.query.items()}
    options = {name: value for name, value in given.items() if name not in _PLACE}
    _check(options)
    found: dict[str, Any] = {"timeout": float(options.pop("connect_timeout", CONNECT_WITHIN))}
    for name in _NEVER:
        options.pop(name, None)
    if "ssl" in options:
        options.setdefault("sslmode", options.pop("ssl"))
    if options.get("sslrootcert") == _SYSTEM:
        found["ssl"] = _trusting_this_machine(options)
    if "dbname" in given:
        url = url.set(database=given["dbname"])
    if options:
        found["dsn"] = f"postgresql://?{urlencode(options)}"
    return url.difference_update_query([*options, *(given.keys() - _PLACE), "dbname"]), found


def _check(options: Mapping[str, str]) -> None:
    """Raises StoreError for what would fail later, or in other words."""
    known = _IN_A_URL | _NEVER.keys() | {"ssl", "connect_timeout"}
    for name, value in options.items():
        if name not in known:
            raise StoreError(
                f"The database URL has an option “{name}”, which is none of Postgres' for clients."
            )
        if name in ("ssl", "sslmode") and value not in _MODES:
            raise StoreError(f"{name}={value} is none of Postgres' modes: {', '.join(_MODES)}.")
        if value not in _NEVER.get(name, (value,)):
            raise StoreError(
                f"{name}={value} is more than the driver can do: leave it out of the database URL."
            )
        if name in _FILES and value != _SYSTEM and not os.access(value, os.R_OK):
            raise StoreError(f"{name} names {value}, which cannot be read.")
        if name == "connect_timeout" and not value.isdecimal():
            raise StoreError("connect_timeout is a number of seconds.")
    mode = options.get("sslmode", options.get("ssl", ""))
    root = options.get("sslrootcert") or os.environ.get("PGSSLROOTCERT")
    if mode.startswith("verify") and not root and not (Path.home() / ".postgresql" / "root.crt").exists():
        raise StoreError(
            f"sslmode={mode} needs the certificate to trust: sslrootcert=FILE from your provider,"
            " or sslrootcert=system for those of this machine."
        )


def _trusting_this_machine(options: dict[str, str]) -> Any:
    """A TLS context, with what it takes of the options taken out; libpq too insists on verify-full then."""
    import ssl

    context = ssl.create_default_context()
    mode = options.pop("sslmode", "verify-full")
    if mode != "verify-full":
        raise StoreError(f"sslrootcert=system asks for sslmode=verify-full, not {mode}.")
    del options["sslrootcert"]
    if "sslcert" in options:
        context.load_cert_chain(
            options.pop("sslcert"), options.pop("sslkey", None), options.pop("sslpassword", None)
        )
    return context
