"""Best line-ups of very many rosters at once: one team without some of its players and with some others.

How many players of each kind start together is one of a few count vectors, the *bases* of the layout; the
best line-up is the best base, each kind giving its best players. A newcomer worth x lifts the sum of a
kind's best c players by max(0, x - the c-th best), so nothing is sorted again. Kinds are sets of positions:
a player of two positions is a kind of his own, and the totals are exact for every layout. Points below zero
count as zero: nobody need be started at a loss.

Single precision halves the memory to walk through; totals of a season are right to a thousandth of a point.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .slots import ELIGIBLE, fits

Floats = NDArray[np.float32]
Totals = NDArray[np.float64]
Ints = NDArray[np.intp]

MOST_BASES = 256
"""Beyond so many in one part of a layout, players of several positions count at their first one only."""
_ARRIVE = 2
CHUNK = 4096
"""Line-ups for one numpy call: small enough for the caches, and for other threads to get their turn."""


@dataclass(frozen=True)
class Layout:
    """Starting slots and the kinds of players there are.

    `parts` are groups of slots that share no kind; the best line-up is the sum of the parts' best bases. Each
    is an array of count vectors, base by kind.
    """

    slots: tuple[str, ...]
    kinds: tuple[frozenset[str], ...]
    parts: tuple[Ints, ...]
    exact: bool
    """False where players of several positions count at one of them: totals are then lower bounds."""

    def kind(self, positions: frozenset[str]) -> int:
        """Index of a player's kind; ValueError for positions that the layout was not made for."""
        own = positions if self.exact else _first(self.slots, positions)
        return self.kinds.index(own)

    @cached_property
    def depth(self) -> int:
        """The most players of one kind that can start together."""
        return max((int(part.max(initial=0)) for part in self.parts), default=0)


def layout(
    slots: Sequence[str], teams: Collection[Collection[frozenset[str]]], most: int = MOST_BASES
) -> Layout:
    """The layout of these slots for teams whose players have these positions, each getting at most two more."""
    slots = tuple(slots)
    numbers = [Counter(team) for team in teams]
    total = sum(numbers, Counter[frozenset[str]]())
    single = {frozenset({position}) for slot in slots for position in ELIGIBLE.get(slot, ())}
    kinds = tuple(sorted(single | set(total), key=sorted))
    # Players of one position are never short: nobody stands in for them, worth 0.
    room = [
        len(slots) if len(kind) == 1 else min(total[kind], max(n[kind] for n in numbers) + _ARRIVE)
        for kind in kinds
    ]
    parts = _parts(slots, kinds, room, most)
    if parts is not None:
        return Layout(slots, kinds, parts, exact=True)
    kinds = tuple(sorted(single | {_first(slots, positions) for positions in total}, key=sorted))
    parts = _parts(slots, kinds, [len(slots)] * len(kinds), None)
    return Layout(slots, kinds, parts or (), exact=False)


def _first(slots: Sequence[str], positions: frozenset[str]) -> frozenset[str]:
    startable = sorted(p for p in positions if any(fits(slot, frozenset({p})) for slot in slots))
    return frozenset(startable[:1])


def _parts(
    slots: Sequence[str], kinds: Sequence[frozenset[str]], room: Sequence[int], most: int | None
) -> tuple[Ints, ...] | None:
    """The bases of each group of slots with room for so many of a kind; none when a group has over `most`."""
    groups: list[tuple[set[int], list[list[int]]]] = []
    for slot in slots:
        takes = [index for index, positions in enumerate(kinds) if fits(slot, positions)]
        touched = [group for group in groups if not group[0].isdisjoint(takes)]
        groups = [group for group in groups if group not in touched]
        if takes:
            members = set(takes).union(*(group[0] for group in touched))
            groups.append((members, [takes, *(each for group in touched for each in group[1])]))
    parts = []
    for _, seats in groups:
        vectors = {(0,) * len(kinds)}
        for takes in seats:
            vectors = {(*v[:k], v[k] + 1, *v[k + 1 :]) for v in vectors for k in takes if v[k] < room[k]}
            if most is not None and len(vectors) > most:
                return None
        parts.append(np.array(sorted(vectors), dtype=np.intp))
    # Parts with a single base add the same counts whatever the others do: no need to visit them apart.
    parts.sort(key=len, reverse=True)
    varied = [part for part in parts if len(part) > 1]
    fixed = sum((part[0] for part in parts if len(part) == 1), np.zeros(len(kinds), dtype=np.intp))
    if not varied:
        return (fixed[None, :],)
    return (varied[0] + fixed, *varied[1:])


class Squad:
    """A team with every way to take none, one or two of its first `offered` players away.

    `values` are points by player and week, at least 0. Variant 0 is the whole team, 1 + i is without player
    i, and `pair_variant[i, j]` without two. The same numbering less one names what the team may give: sets
    0 … offered - 1 of one player, then those of two.
    """

    def __init__(self, layout: Layout, kinds: Sequence[int], values: Totals, offered: int) -> None:
        self.layout, self.offered = layout, offered
        self.kinds = np.asarray(kinds, dtype=np.intp)
        self.values: Floats = values.astype(np.float32)
        self.weeks = values.shape[1]
        self.pairs = np.triu_indices(offered, 1)
        count = 1 + offered + len(self.pairs[0])
        self.pair_variant = np.zeros((offered, offered), dtype=np.intp)
        self.pair_variant[self.pairs] = np.arange(1 + offered, count)
        self.pair_variant += self.pair_variant.T
        stays = np.ones((count, len(values)), dtype=bool)
        stays[1 + np.arange(offered), np.arange(offered)] = False
        for side in self.pairs:
            stays[1 + offered + np.arange(len(side)), side] = False
        # By kind: variant by rank by week, the best first; nobody is worth 0.
        self.best: Floats = np.zeros((len(layout.kinds), count, layout.depth, self.weeks), np.float32)
        for kind in range(len(layout.kinds)):
            members = np.flatnonzero(self.kinds == kind)
            ranked = -np.sort(-np.where(stays[:, members, None], self.values[members], np.float32(0)), axis=1)
            deep = min(layout.depth, len(members))
            self.best[kind, :, :deep] = ranked[:, :deep]
        sums = np.zeros((len(layout.kinds), count, layout.depth + 1, self.weeks))
        np.cumsum(self.best, axis=2, out=sums[:, :, 1:])
        kinds_there = np.arange(len(layout.kinds))
        self.bases: list[list[Floats]] = [
            [sums[kinds_there, :, base].sum(axis=0).astype(np.float32) for base in part]
            for part in layout.parts
        ]

    @cached_property
    def whole(self) -> float:
        """Points of the whole team's best line-ups, all weeks together."""
        return sum(
            float(np.max([base[0] for base in part], axis=0).sum(dtype=np.float64)) for part in self.bases
        )

    @cached_property
    def parcels(self) -> "Parcels":
        """What others can get from this team."""
        one, two = self.pairs
        same = np.flatnonzero(self.kinds[one] == self.kinds[two])
        high = np.maximum(self.values[one[same]], self.values[two[same]])
        low = np.minimum(self.values[one[same]], self.values[two[same]])
        nothing = self.offered + len(same)
        first = np.concatenate([np.arange(self.offered), one])
        second = np.concatenate([np.full(self.offered, nothing), two])
        first[self.offered + same] = self.offered + np.arange(len(same))
        second[self.offered + same] = nothing
        return Parcels(
            kinds=np.concatenate([self.kinds[: self.offered], self.kinds[one[same]], [0]]),
            high=np.concatenate([self.values[: self.offered], high]),
            low=low,
            first=first,
            second=second,
        )


@dataclass(frozen=True)
class Parcels:
    """Players of one kind who come together: single ones, then pairs, then nobody.

    `first` and `second` say for each set that a team may give which two parcels it is made of.
    """

    kinds: Ints
    high: Floats
    low: Floats
    first: Ints
    second: Ints


class Arrivals:
    """One team that receives what another gives."""

    def __init__(self, squad: Squad, parcels: Parcels) -> None:
        self.squad, self.parcels = squad, parcels
        depth, variants = squad.layout.depth, squad.best.shape[1]
        alone = len(parcels.high) - len(parcels.low)
        lifts = np.zeros((variants, len(parcels.kinds), depth + 1, squad.weeks), np.float32)
        # Two players who come together push two out: the c-th best and the one before him.
        pushed = squad.best.copy()
        pushed[:, :, 1:] += squad.best[:, :, :-1]
        for parcel, (kind, high) in enumerate(zip(parcels.kinds, parcels.high, strict=False)):
            lift = lifts[:, parcel, 1:]
            np.subtract(high, squad.best[kind], out=lift)
            if parcel >= alone:
                both = high + parcels.low[parcel - alone]
                np.maximum(lift[:, 1:], both - pushed[kind][:, 1:], out=lift[:, 1:])
            np.maximum(lift, 0, out=lift)
        self._lift: Floats = lifts.reshape(-1, squad.weeks)

    def totals(self, variant: Ints, received: Ints) -> Totals:
        """Points of the best line-ups, all weeks together, of each variant with the set it receives."""
        total = np.empty(len(variant))
        for start in range(0, len(variant), CHUNK):
            part = slice(start, start + CHUNK)
            total[part] = self._totals(variant[part], received[part])
        return total

    def _totals(self, variant: Ints, received: Ints) -> Totals:
        parcels, rows = self.parcels, self.squad.layout.depth + 1
        ends = []
        for parcel in (parcels.first[received], parcels.second[received]):
            if parcel.size and parcel.min() < len(parcels.kinds) - 1:
                ends.append(((variant * len(parcels.kinds) + parcel) * rows, parcels.kinds[parcel]))
        weekly: Floats = np.zeros((len(variant), self.squad.weeks), np.float32)
        for counts, sums in zip(self.squad.layout.parts, self.squad.bases, strict=True):
            best: Floats | None = None
            for count, base in zip(counts, sums, strict=True):
                points = base.take(variant, axis=0)
                for row, kind in ends:
                    points += self._lift.take(row + count[kind], axis=0)
                best = points if best is None else np.maximum(best, points, out=best)
            if best is not None:
                weekly += best
        return np.asarray(weekly.sum(axis=1, dtype=np.float64))
