"""Stories of earlier calls beside new ones."""

from dataclasses import replace
from datetime import timedelta

from fantasy_tui.agents.proposal import Proposal
from fantasy_tui.agents.stories import MOST_STORIES, with_stories
from fantasy_tui.football.precedent import CallFeatures, PastCall
from tests.decisions import lineup_change
from tests.leagues import NOW

KIND = "lineup_optimization"
PROPOSAL = Proposal(
    subject="lineup",
    recommendation=lineup_change(),
    confidence=64,
    expected_gain=4.4,
    expires_at=NOW + timedelta(hours=1),
)


def call(number: int, kind: str = KIND, gain: float = 3.1) -> PastCall:
    features = CallFeatures(kind, 0.62, gain, frozenset({"RB"}))
    return PastCall(str(number), "2024", number, "Start A over B", features, gain > 0, gain)


def stories(past: list[PastCall]) -> tuple[str, ...]:
    (told,) = with_stories(KIND, 10, [PROPOSAL], past)
    assert replace(told, recommendation=PROPOSAL.recommendation) == PROPOSAL
    return told.recommendation.stories


def test_none_without_settled_calls() -> None:
    assert stories([]) == ()
    assert stories([call(3, kind="waiver_wire")]) == ()


def test_the_nearest_few_of_its_kind() -> None:
    past = [call(week) for week in range(1, 9)] + [call(9, gain=-2.0)]
    told = stories(past)
    assert len(told) == MOST_STORIES
    assert told[0] == "Start A over B, week 8: +3.1, came true"


def test_a_share_only_from_many() -> None:
    told = stories([call(number) for number in range(200)])
    assert told[0].startswith("Of the 200 settled calls most like this one 200 came true")
