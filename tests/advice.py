"""What the tests of agents share."""

from fantasy_tui.agents.proposal import Proposal
from fantasy_tui.agents.recommendation import SlotLine, dump, load
from fantasy_tui.football.view import LeagueView


def names(lines: tuple[SlotLine, ...]) -> list[str | None]:
    """Player ids by slot."""
    return [line.player.player_id if line.player else None for line in lines]


def starters(view: LeagueView, lines: tuple[SlotLine, ...]) -> tuple[str | None, ...]:
    """Player ids by slot, with the unknown ones of the standing line-up put back: lines show them as nobody."""
    roster = view.mine
    assert roster is not None
    return tuple(
        was
        if was is not None and was not in view.players
        else (line.player.player_id if line.player else None)
        for was, line in zip(roster.starters, lines, strict=True)
    )


def check_common(view: LeagueView, proposal: Proposal) -> None:
    """Assert what every proposal of an agent must keep."""
    advice = proposal.recommendation
    assert load(dump(advice)) == advice
    assert advice.summary
    assert advice.reasons
    assert advice.status_quo
    assert advice.settle is not None
    assert advice.record is not None
    assert (advice.as_of, advice.stale) == (view.as_of, view.stale)
    assert 3 <= proposal.confidence <= 97
    assert proposal.expires_at > view.now
    if proposal.actionable:
        assert proposal.confidence >= 55
        assert proposal.expected_gain >= 0.5
    if advice.middle is not None:
        assert advice.middle[0] <= advice.middle[1]
    assert len(" ".join(advice.lacks)) < 600
