"""The one door for text from outside: what comes out is one line that cannot steer a terminal or break a column."""

import unicodedata

LONGEST = 300

_SPACES = dict.fromkeys((*range(0x09, 0x0E), 0x85, 0xA0, 0x2028, 0x2029), " ")
_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20) if code not in _SPACES} | {0x7F: "\u2421"}
_C1 = dict.fromkeys((code for code in range(0x80, 0xA0) if code not in _SPACES), "\ufffd")
_BIDI = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, 0x200E, 0x200F), "\ufffd")
# Joiners and variation selectors make emoji whose width terminals do not agree on: without them columns stay straight.
_INVISIBLE = dict.fromkeys(
    (0xAD, 0x34F, 0x180E, *range(0x200B, 0x200E), *range(0x2060, 0x2065), 0xFEFF), None
)
_SELECTORS = dict.fromkeys((*range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400), *range(0xE0000, 0xE0200)), None)
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_TABLE: dict[int, str | None] = {
    **_SPACES,
    **_CONTROLS,
    **_C1,
    **_BIDI,
    **_INVISIBLE,
    **_SELECTORS,
    **_SURROGATES,
}
_MOST_MARKS = 2


def sanitise(text: str) -> str:
    """One line of plain text: control characters visible, directions and joiners gone, at most 300 characters."""
    if text.isascii() and text.isprintable() and len(text) <= LONGEST:
        return text.strip()
    clean = unicodedata.normalize("NFC", text.translate(_TABLE))
    clean = " ".join(_few_marks(clean).split())
    return clean if len(clean) <= LONGEST else f"{clean[: LONGEST - 1]}…"


def _few_marks(text: str) -> str:
    """At most two combining marks a character, none before the first: they would cover what is around."""
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS and (kept or not marks):
            kept.append(character)
    return "".join(kept)
