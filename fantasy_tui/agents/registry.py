"""Which agent does what."""

from dataclasses import dataclass

from fantasy_tui.agents import injury_monitoring, lineup_optimization
from fantasy_tui.agents.proposal import Agent
from fantasy_tui.models import AgentTaskType


@dataclass(frozen=True, slots=True)
class Registered:
    """An agent, and the version of the model behind its numbers."""

    recommend: Agent
    model_version: str


AGENTS: dict[AgentTaskType, Registered] = {
    AgentTaskType.LINEUP_OPTIMIZATION: Registered(
        lineup_optimization.recommend, lineup_optimization.MODEL_VERSION
    ),
    AgentTaskType.INJURY_MONITORING: Registered(injury_monitoring.recommend, injury_monitoring.MODEL_VERSION),
}
