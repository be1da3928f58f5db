"""Which players can start together, and who of them sits where: the machinery behind `lineup`.

The sets of players that fit a line-up's slots are the independent sets of a transversal matroid, so taking
the best player who still fits, again and again, is exact. Whether one more player fits depends only on the
*kinds* chosen so far, a kind being the set of slots a player may take. Each multiset of kinds is a `Crowd`,
which learns once into which larger crowd a player of given positions leads; from then on that is a
dictionary lookup.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from .slots import fits, width

Kinds = tuple[int, ...]
"""Sorted kinds of some players; a kind has bit i set where the player may take slot i."""

_MOST_CROWDS = 20_000


@dataclass(frozen=True, slots=True)
class Block:
    """Interchangeable seats, all of one slot name; `wide` where several positions may take them."""

    seats: tuple[int, ...]
    mask: int
    wide: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Where players of these kinds sit: the blocks they fill, widest first, and how many of each kind.

    `lone` maps a kind to its seat where one player has one possible seat; `quotas` holds the rest, a list of
    (kind, number) for each block. Where the kinds alone do not settle who goes where, `quotas` is None.
    """

    kinds: Kinds
    blocks: tuple[Block, ...]
    lone: dict[int, int]
    quotas: tuple[tuple[Block, tuple[tuple[int, int], ...]], ...] | None
    rest: dict[int, "Plan | None"] = field(default_factory=dict, compare=False)
    """What `Board.after` has learned."""


class Crowd(dict[frozenset[str], "Crowd | None"]):
    """Players who can start together; maps the positions of one more to the larger crowd (None: no seat)."""

    __slots__ = ("board", "full", "kinds", "plan")

    def __init__(self, board: "Board", kinds: Kinds) -> None:
        super().__init__()
        self.board = board
        self.kinds = kinds
        self.full = len(kinds) == len(board.slots)
        self.plan: Plan | None = None

    def __missing__(self, positions: frozenset[str]) -> "Crowd | None":
        larger = self.board.join(self.kinds, self.board.kind[positions])
        self[positions] = larger
        return larger

    def seating(self) -> Plan:
        """Return the crowd's plan, worked out on first use."""
        if self.plan is None:
            self.plan = self.board.plan(self.kinds, self.board.every_seat)
        return self.plan


class _KindOf(dict[frozenset[str], int]):
    """Positions to kind, learned on first use."""

    def __init__(self, slots: Sequence[str]) -> None:
        super().__init__()
        self._slots = slots

    def __missing__(self, positions: frozenset[str]) -> int:
        kind = sum(1 << seat for seat, slot in enumerate(self._slots) if fits(slot, positions))
        self[positions] = kind
        return kind


class Board:
    """One layout of starting slots with everything learned about it."""

    def __init__(self, slots: tuple[str, ...]) -> None:
        self.slots = slots
        self.every_seat = (1 << len(slots)) - 1
        self.kind = _KindOf(slots)
        self._crowds: dict[Kinds, Crowd] = {}
        self._plans: dict[tuple[Kinds, int], Plan] = {}
        names = sorted(dict.fromkeys(slots), key=lambda name: -width(name))
        self._blocks = tuple(
            _block(tuple(seat for seat, slot in enumerate(slots) if slot == name), width(name) > 1)
            for name in names
        )
        self.nobody = Crowd(self, ())

    def join(self, kinds: Kinds, kind: int) -> Crowd | None:
        """Return the crowd of these kinds and one more, None if they cannot all be seated."""
        larger = tuple(sorted((*kinds, kind)))
        crowd = self._crowds.get(larger)
        if crowd is None and _matches(larger, self.every_seat):
            if len(self._crowds) >= _MOST_CROWDS:
                self._crowds.clear()
                self.nobody.clear()
            crowd = self._crowds[larger] = Crowd(self, larger)
        return crowd

    def after(self, plan: Plan, kind: int) -> Plan | None:
        """Return the plan for all others once one of a kind sits in the widest block; None if one has no seat."""
        if kind not in plan.rest:
            seat = 1 << plan.blocks[0].seats[0]
            kinds = list(plan.kinds)
            kinds.remove(kind)
            mask = sum(block.mask for block in plan.blocks) ^ seat
            able = bool(kind & seat) and _matches(tuple(kinds), mask)
            plan.rest[kind] = self.plan(tuple(kinds), mask) if able else None
        return plan.rest[kind]

    def plan(self, kinds: Kinds, mask: int) -> Plan:
        """Return where these players sit in the slots of the mask; the widest stay empty if any do."""
        key = (kinds, mask)
        plan = self._plans.get(key)
        if plan is None:
            if len(self._plans) >= _MOST_CROWDS:
                self._plans.clear()
            plan = self._plans[key] = self._work_out(kinds, mask)
        return plan

    def _work_out(self, kinds: Kinds, mask: int) -> Plan:
        for block in self._blocks:
            for seat in reversed(block.seats):
                without = mask & ~(1 << seat)
                if mask.bit_count() > len(kinds) and _matches(kinds, without):
                    mask = without
        blocks = tuple(
            _block(seats, block.wide)
            for block in self._blocks
            if (seats := tuple(seat for seat in block.seats if mask >> seat & 1))
        )
        numbers = Counter(kinds)
        ways = list(islice(_ways(sorted(numbers.items()), {block: len(block.seats) for block in blocks}), 2))
        if len(ways) > 1:
            return Plan(kinds, blocks, {}, None)
        lone = {
            kind: block.seats[0] for block, kind, _ in ways[0] if len(block.seats) == 1 and numbers[kind] == 1
        }
        quotas = (
            (
                block,
                tuple((kind, number) for into, kind, number in ways[0] if into is block and kind not in lone),
            )
            for block in blocks
        )
        return Plan(kinds, blocks, lone, tuple((block, quota) for block, quota in quotas if quota))


@lru_cache(maxsize=128)
def board(slots: tuple[str, ...]) -> Board:
    """Return the board of a layout; it keeps what it has learned."""
    return Board(slots)


def _block(seats: tuple[int, ...], wide: bool) -> Block:
    return Block(seats, sum(1 << seat for seat in seats), wide)


def _matches(kinds: Kinds, mask: int) -> bool:
    """Say whether every kind gets a seat of its own in the mask (Kuhn's augmenting paths)."""
    holder: dict[int, int] = {}

    def place(kind: int, tried: set[int]) -> bool:
        choices = kind & mask
        while choices:
            seat = choices & -choices
            choices ^= seat
            if seat in tried:
                continue
            tried.add(seat)
            if seat not in holder or place(holder[seat], tried):
                holder[seat] = kind
                return True
        return False

    return all(place(kind, set()) for kind in kinds)


def _ways(
    numbers: list[tuple[int, int]], room: dict[Block, int]
) -> Iterator[tuple[tuple[Block, int, int], ...]]:
    """Yield every way to fill the `room` left in the blocks, as (block, kind, number) with number > 0."""
    if not numbers:
        yield ()
        return
    (kind, number), *others = numbers
    crowd = tuple(other for other, count in others for _ in range(count))
    for share in _shares(number, [(block, free) for block, free in room.items() if kind & block.mask]):
        left = {block: free - share.get(block, 0) for block, free in room.items()}
        mask = sum(1 << seat for block, free in left.items() for seat in block.seats[:free])
        if _matches(crowd, mask):
            here = tuple((block, kind, count) for block, count in share.items() if count)
            yield from (here + rest for rest in _ways(others, left))


def _shares(number: int, room: list[tuple[Block, int]]) -> Iterator[dict[Block, int]]:
    """Yield every way to split a number of equal players over blocks with limited room."""
    if not room:
        if number == 0:
            yield {}
        return
    (block, free), *others = room
    for count in range(min(number, free), -1, -1):
        for rest in _shares(number - count, others):
            yield {block: count, **rest}
