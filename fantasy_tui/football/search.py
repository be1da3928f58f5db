"""Search over all players by name, typos included, and by position, team, injury and owner, in memory."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from fantasy_tui.football.slots import ELIGIBLE, fantasy_positions

UNRANKED = 9_999_999
"""Sleeper's `search_rank` of a player nobody asks for."""

_FEW_HITS = 3
_MIN_FUZZY = 4
_TWO_TYPOS_FROM = 6
_JOINING = re.compile(r"['.`]")
_PARTING = re.compile(r"[^a-z0-9]+")
_FLAGS = frozenset({"free", "mine", "rival", "injured"})
_AFTER_LETTERS = "\x7f"


@dataclass(frozen=True, slots=True)
class PlayerRow:
    """A player or a defence as a line of a list."""

    player_id: str
    name: str
    position: str | None
    team: str | None
    injury_status: str | None
    search_rank: int
    """Sleeper's popularity, 1 the first; `UNRANKED` for those without."""
    positions: frozenset[str]
    """Fantasy positions, in the words of the starting slots."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The team that holds a player in one of the user's leagues."""

    league_id: str
    league: str
    roster_id: int
    team_name: str
    mine: bool


Owners = Mapping[str, tuple[Owner, ...]]
_NOBODY: Owners = {}


def normalise(text: str) -> str:
    """Lower-case ASCII words: accents, apostrophes and dots go, other punctuation parts words."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _PARTING.sub(" ", _JOINING.sub("", plain)).strip()


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, taken apart: words of a name, and the filters `pos:`, `team:` and the flags."""

    words: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, text: str) -> "Query":
        """Take a query apart; `pos:RB,TE` and `team:PHI` may be unfinished, an empty one is ignored."""
        words: list[str] = []
        positions: list[str] = []
        teams: list[str] = []
        flags: set[str] = set()
        for token in text.split():
            key, colon, value = token.partition(":")
            key = key.lower()
            if colon and key in ("pos", "team"):
                values = [part.upper() for part in value.split(",") if part]
                (positions if key == "pos" else teams).extend(values)
            elif token.lower() in _FLAGS:
                flags.add(token.lower())
            else:
                words.extend(normalise(token).split())
        return cls(tuple(words), tuple(positions), tuple(teams), frozenset(flags))

    @property
    def has_filters(self) -> bool:
        """True when more than a name is asked for."""
        return bool(self.positions or self.teams or self.flags)


class PlayerIndex:
    """All players, ordered by Sleeper's popularity, with every beginning of every word of a name."""

    def __init__(self, rows: Iterable[PlayerRow]) -> None:
        self.rows: Sequence[PlayerRow] = sorted(rows, key=lambda r: (r.search_rank, r.name, r.player_id))
        entries: set[tuple[str, int]] = set()
        words: dict[str, set[int]] = {}
        for place, row in enumerate(self.rows):
            parts = normalise(row.name).split()
            for number, part in enumerate(parts):
                # Run together, so that "stbrown" and "smithnjigba" are found too.
                entries.add(("".join(parts[number:]), place))
                words.setdefault(part, set()).add(place)
        ordered = sorted(entries)
        self._keys = [key for key, _ in ordered]
        self._places = [place for _, place in ordered]
        self._holders = words
        self._words = list(words)
        self._beginnings: dict[int, list[str]] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def warm(self) -> None:
        """Load what tolerating typos needs, so that the first typo is not slower than the others."""
        for length in range(_MIN_FUZZY, 12):
            self._starts(length)
        self.search("zzqzzq")

    def search(self, text: str, owners: Owners = _NOBODY, limit: int | None = None) -> list[PlayerRow]:
        """Players whose names have a word beginning with each word typed, the most popular first.

        Where fewer than three are found, names within one or two typos follow. `free` means free in at least
        one of the leagues that `owners` knows of.
        """
        query = Query.parse(text)
        places = self._named(query.words)
        found: Iterator[PlayerRow] = map(self.rows.__getitem__, places)
        if query.has_filters:
            found = _filtered(found, query, owners)
        return list(islice(found, limit))

    def _named(self, words: Sequence[str]) -> Iterable[int]:
        if not words:
            return range(len(self.rows))
        exact = set.intersection(*map(self._beginning_with, words))
        places = sorted(exact)
        if len(exact) < _FEW_HITS:
            # Beside a name that fits, only the closest misspellings are worth a line.
            allowed = 2 if all(map(self._unknown, exact)) else 1
            places += [place for place in self._resembling(words, allowed) if place not in exact]
        return places

    def _beginning_with(self, word: str) -> set[int]:
        first = bisect_left(self._keys, word)
        return set(self._places[first : bisect_left(self._keys, word + _AFTER_LETTERS, first)])

    def _resembling(self, words: Sequence[str], allowed: int) -> list[int]:
        """Players with a word within a few typos of each word typed: known ones first, then the nearest."""
        if all(len(word) < _MIN_FUZZY for word in words):
            return []
        total = self._near(words[0], allowed)
        for word in words[1:]:
            near = self._near(word, allowed)
            total = {place: total[place] + near[place] for place in total.keys() & near.keys()}
        return sorted(total, key=lambda place: (self._unknown(place), total[place], place))

    def _unknown(self, place: int) -> bool:
        """True for a player nobody asks for; defences have no rank either."""
        row = self.rows[place]
        return row.search_rank >= UNRANKED and row.position != "DEF"

    def _near(self, word: str, allowed: int) -> dict[int, int]:
        """Players by how many typos the nearest word of their name, or its beginning, is away."""
        near = dict.fromkeys(self._beginning_with(word), 0)
        if len(word) < _MIN_FUZZY:
            return near
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        allowed = allowed if len(word) >= _TWO_TYPOS_FROM else 1
        for candidates in (self._words, self._starts(len(word)), self._starts(len(word) + 1)):
            for _, typos, index in extract(
                word, candidates, scorer=OSA.distance, score_cutoff=allowed, limit=None
            ):
                for place in self._holders[self._words[index]]:
                    near[place] = min(near.get(place, allowed), int(typos))
        return near

    def _starts(self, length: int) -> list[str]:
        """The beginnings, `length` letters long, of all words."""
        if length not in self._beginnings:
            self._beginnings[length] = [word[:length] for word in self._words]
        return self._beginnings[length]


def _filtered(rows: Iterator[PlayerRow], query: Query, owners: Owners) -> Iterator[PlayerRow]:
    """The rows that pass every filter of the query."""
    if query.positions:
        wanted = frozenset().union(*map(_positions, query.positions))
        rows = (row for row in rows if not wanted.isdisjoint(row.positions))
    if query.teams:
        rows = (row for row in rows if (row.team or "FA").startswith(query.teams))
    if "injured" in query.flags:
        rows = (row for row in rows if row.injury_status)
    if "mine" in query.flags:
        rows = (row for row in rows if any(owner.mine for owner in owners.get(row.player_id, ())))
    if "rival" in query.flags:
        rows = (row for row in rows if any(not owner.mine for owner in owners.get(row.player_id, ())))
    if "free" in query.flags:
        leagues = len({owner.league_id for held in owners.values() for owner in held})
        rows = (row for row in rows if not leagues or len(owners.get(row.player_id, ())) < leagues)
    return rows


def _positions(name: str) -> frozenset[str]:
    """The positions a typed name stands for: a slot's, a depth chart's, or all that begin with it."""
    if name in ELIGIBLE:
        return ELIGIBLE[name]
    folded = fantasy_positions(name, None)
    if folded != {name}:
        return folded
    return frozenset(slot for slot, takes in ELIGIBLE.items() if len(takes) == 1 and slot.startswith(name))
