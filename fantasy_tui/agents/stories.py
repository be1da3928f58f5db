"""Earlier calls most like a new one, told beside it; they never move its number."""

from collections.abc import Sequence
from dataclasses import replace

from fantasy_tui.agents.proposal import Proposal
from fantasy_tui.agents.recommendation import dump
from fantasy_tui.crud.track import positions_in
from fantasy_tui.football.precedent import CallFeatures, PastCall, precedents

MOST_STORIES = 3


def with_stories(kind: str, week: int, proposals: list[Proposal], past: Sequence[PastCall]) -> list[Proposal]:
    """The proposals with the stories of the settled calls nearest to each."""
    return [_told(kind, week, proposal, past) for proposal in proposals] if past else proposals


def _told(kind: str, week: int, proposal: Proposal, past: Sequence[PastCall]) -> Proposal:
    call = CallFeatures(
        kind=kind,
        probability=proposal.confidence / 100,
        gain=proposal.expected_gain,
        positions=frozenset(positions_in(dump(proposal.recommendation))),
        weeks=1 + (proposal.settles_week or week) - week,
    )
    found = precedents(call, past, MOST_STORIES)
    stories = found.stories if found.record is None else (found.record.sentence, *found.stories)
    return replace(proposal, recommendation=proposal.recommendation.model_copy(update={"stories": stories}))
