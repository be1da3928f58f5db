"""The best line-up of a roster: exact for every slot layout, in microseconds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from .seating import Block, Board, Crowd, Plan, board
from .slots import fits

_UNKNOWN_KICKOFF = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A player who may start: fantasy positions, expected points, aware kickoff (None: not known)."""

    player_id: str
    positions: frozenset[str]
    points: float
    kickoff: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lineup:
    """Player ids parallel to the slots (None: empty) and the sum of their points."""

    starters: tuple[str | None, ...]
    points: float


def best_lineup(
    slots: Sequence[str],
    candidates: Collection[Candidate],
    *,
    fixed: Mapping[int, str | None] | None = None,
    current: Sequence[str | None] = (),
) -> Lineup:
    """Return the line-up with the most points; every slot that can be filled is, even at negative points.

    `fixed` maps a slot index to the locked player in it (None: a locked empty slot); a locked player missing
    from `candidates` counts no points. Ties are settled in this order: keep players of `current` (parallel
    to `slots`); give the widest slot the latest kickoff it can have, then the next one (with too few players,
    the widest slots stay empty); leave players in the slot they are in; player id.
    """
    if fixed:
        return _around_locked(slots, candidates, fixed, current)
    layout = board(tuple(slots))
    chosen, crowd = _choose(layout.nobody, candidates, current)
    starters: list[str | None] = [None] * len(slots)
    _seat(chosen, crowd, current, starters)
    return Lineup(tuple(starters), sum([candidate.points for candidate in chosen]))


def best_starters(slots: Sequence[str], candidates: Iterable[Candidate]) -> frozenset[str]:
    """Return the ids of the best line-up's players, without saying who takes which slot."""
    chosen, _ = _choose(board(tuple(slots)).nobody, candidates, ())
    return frozenset([candidate.player_id for candidate in chosen])


def best_points(slots: Sequence[str], candidates: Iterable[Candidate]) -> float:
    """Return the points of the best line-up alone: the fastest way to compare rosters."""
    crowd = board(tuple(slots)).nobody
    total = 0.0
    for candidate in sorted(candidates, key=_points, reverse=True):
        larger = crowd[candidate.positions]
        if larger is not None:
            total += candidate.points
            crowd = larger
            if crowd.full:
                break
    return total


def is_legal(slots: Sequence[str], starters: Sequence[str | None], candidates: Iterable[Candidate]) -> bool:
    """Say whether the starters (None: empty) are distinct candidates, each eligible for his slot."""
    positions = {candidate.player_id: candidate.positions for candidate in candidates}
    names = [player_id for player_id in starters if player_id is not None]
    return (
        len(starters) == len(slots)
        and len(set(names)) == len(names)
        and all(
            player_id is None or (player_id in positions and fits(slot, positions[player_id]))
            for slot, player_id in zip(slots, starters, strict=True)
        )
    )


def _points(candidate: Candidate) -> float:
    return candidate.points


def _around_locked(
    slots: Sequence[str],
    candidates: Collection[Candidate],
    fixed: Mapping[int, str | None],
    current: Sequence[str | None],
) -> Lineup:
    """Fill the open slots from the players who are not locked, and add the locked ones."""
    locked = {player_id for player_id in fixed.values() if player_id is not None}
    seats = [seat for seat in range(len(slots)) if seat not in fixed]
    free = best_lineup(
        [slots[seat] for seat in seats],
        [candidate for candidate in candidates if candidate.player_id not in locked],
        current=[current[seat] if seat < len(current) else None for seat in seats],
    )
    placed = {**fixed, **dict(zip(seats, free.starters, strict=True))}
    held = sum(candidate.points for candidate in candidates if candidate.player_id in locked)
    return Lineup(tuple(placed[seat] for seat in range(len(slots))), free.points + held)


def _choose(
    nobody: Crowd, candidates: Iterable[Candidate], current: Sequence[str | None]
) -> tuple[list[Candidate], Crowd]:
    """Take the best player who still fits until no one does."""
    ranked = sorted(candidates, key=_points, reverse=True)
    crowd, chosen, previous = nobody, [], None
    for candidate in ranked:
        points = candidate.points
        if points == previous:
            return _choose_among_equals(nobody, ranked, current)
        if crowd.full:
            break
        previous = points
        larger = crowd[candidate.positions]
        if larger is not None:
            chosen.append(candidate)
            crowd = larger
    return chosen, crowd


def _choose_among_equals(
    nobody: Crowd, candidates: Iterable[Candidate], current: Sequence[str | None]
) -> tuple[list[Candidate], Crowd]:
    """Do the same where points are equal: those of the current line-up first, then by id."""
    ranked = sorted([(-one.points, one.player_id not in current, one.player_id, one) for one in candidates])
    crowd, chosen = nobody, []
    for *_, candidate in ranked:
        if crowd.full:
            break
        larger = crowd[candidate.positions]
        if larger is not None:
            chosen.append(candidate)
            crowd = larger
    return chosen, crowd


def _seat(
    chosen: Sequence[Candidate], crowd: Crowd, current: Sequence[str | None], starters: list[str | None]
) -> None:
    """Write the chosen players' ids into `starters`."""
    plan = crowd.plan or crowd.seating()
    was = dict(zip(current, range(len(current)), strict=True))
    while plan.quotas is None:
        chosen, plan = _negotiate(crowd.board, plan, chosen, was, starters)
    kind_of, lone = crowd.board.kind, plan.lone
    waiting: dict[int, list[Candidate]] = {}
    for candidate in chosen:
        kind = kind_of[candidate.positions]
        if kind in lone:
            starters[lone[kind]] = candidate.player_id
        elif kind in waiting:
            waiting[kind].append(candidate)
        else:
            waiting[kind] = [candidate]
    for block, quota in plan.quotas:
        members: list[Candidate] = []
        for kind, number in quota:
            group = waiting[kind]
            if len(group) == number:
                members += group
            else:
                members += [group.pop(_strongest(group, block, was)) for _ in range(number)]
        _settle(block, members, was, starters)


def _negotiate(
    layout: Board,
    plan: Plan,
    players: Sequence[Candidate],
    was: Mapping[str | None, int],
    starters: list[str | None],
) -> tuple[list[Candidate], Plan]:
    """Fill the widest block by the best claims that leave all others a seat; return who and what remains."""
    block = plan.blocks[0]
    able, members = list(players), []
    for _ in block.seats:
        while True:
            candidate = able.pop(_strongest(able, block, was))
            after = layout.after(plan, layout.kind[candidate.positions])
            if after is not None:
                break
        members.append(candidate)
        plan = after
    _settle(block, members, was, starters)
    return [one for one in players if not any(one is member for member in members)], plan


def _strongest(group: Sequence[Candidate], block: Block, was: Mapping[str | None, int]) -> int:
    """Return who claims a block first: latest kickoff if it is wide, then who need not move, then by id."""
    best, at, wide = group[0], 0, block.wide
    for index in range(1, len(group)):
        other = group[index]
        if wide and other.kickoff != best.kickoff:
            better = (other.kickoff or _UNKNOWN_KICKOFF) > (best.kickoff or _UNKNOWN_KICKOFF)
        else:
            stays, moves = _stay(other, block, was), _stay(best, block, was)
            better = other.player_id > best.player_id if stays == moves else stays > moves
        if better:
            best, at = other, index
    return at


def _stay(candidate: Candidate, block: Block, was: Mapping[str | None, int]) -> int:
    """Return 2 for who holds a seat of the block, 0 for who holds another, 1 for who holds none."""
    seat = was.get(candidate.player_id)
    return 1 if seat is None else 2 * (block.mask >> seat & 1)


def _settle(
    block: Block, members: list[Candidate], was: Mapping[str | None, int], starters: list[str | None]
) -> None:
    """Give a block's seats to its members: to those who hold one already, then in order."""
    seats = block.seats
    if len(seats) == 1:
        starters[seats[0]] = members[0].player_id
        return
    moving: list[str] = []
    for member in members:
        seat = was.get(member.player_id, -1)
        if seat in seats:
            starters[seat] = member.player_id
        else:
            moving.append(member.player_id)
    if moving:
        empty = [seat for seat in seats if starters[seat] is None]
        for seat, player_id in zip(empty, sorted(moving), strict=True):
            starters[seat] = player_id
