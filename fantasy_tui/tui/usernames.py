"""What people type for a Sleeper username, and what they may have meant."""

from __future__ import annotations

import re
from collections.abc import Collection

_NUMBER = re.compile(r"\d{15,}")
_CLOSE = 70
"""From this similarity on (rapidfuzz's ratio, 0 to 100) a name may be meant."""


def tidied(text: str) -> str:
    """The name as Sleeper has it: without the @ that stands before it in Sleeper's chat."""
    return text.strip().removeprefix("@")


def advice(name: str, known: Collection[str]) -> str:
    """What may be wrong with a name that Sleeper does not know; `known` are names of members that are stored."""
    if "@" in name:
        return "This looks like an e-mail address; the username stands on your profile in Sleeper."
    if "/" in name:
        return "This looks like a link; the username stands on your profile in Sleeper."
    if _NUMBER.fullmatch(name):
        return "This looks like the number of a league; the username stands on your profile in Sleeper."
    from rapidfuzz import process

    meant = process.extractOne(name.casefold(), {one: one.casefold() for one in known}, score_cutoff=_CLOSE)
    if meant is not None:
        return f"Is it “{meant[2]}”?"
    if " " in name:
        return f"Usernames have no spaces; is it “{name.replace(' ', '')}” or “{name.replace(' ', '_')}”?"
    return "It is not the name of your team; the username stands on your profile in Sleeper."
