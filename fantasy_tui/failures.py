"""Which errors carry a sentence for the user, and the exit code that goes with each."""

OK, ELSE, USAGE, NOT_FOUND, CONFLICT, UNREACHABLE = range(6)


def code_of(error: BaseException) -> int | None:
    """The exit code of an error whose message is for the user; none for any other error."""
    from fantasy_tui.agents.proposal import BadEdit
    from fantasy_tui.agents.runner import AgentFailed
    from fantasy_tui.agents.tasks import TaskConflict, TaskNotFound
    from fantasy_tui.config import ConfigError
    from fantasy_tui.crud.league_view import LeagueNotFound
    from fantasy_tui.crud.user import NoUser
    from fantasy_tui.database.errors import StoreError
    from fantasy_tui.review.choices import BadPreference, UnknownPreference
    from fantasy_tui.review.decide import DecisionConflict, NothingToUndo
    from fantasy_tui.review.policy import BadPolicy, NotPreviewed, PolicyNotFound
    from fantasy_tui.review.queue import DecisionNotFound
    from fantasy_tui.sleeper.errors import SleeperError, SleeperNotFound
    from fantasy_tui.workspace import OfflineError

    codes: tuple[tuple[tuple[type[Exception], ...], int], ...] = (
        ((ConfigError, BadEdit, BadPolicy, BadPreference, UnknownPreference), USAGE),
        (
            (DecisionNotFound, LeagueNotFound, PolicyNotFound, SleeperNotFound, TaskNotFound, NoUser),
            NOT_FOUND,
        ),
        ((DecisionConflict, NothingToUndo, NotPreviewed, TaskConflict), CONFLICT),
        ((SleeperError, StoreError, OfflineError), UNREACHABLE),
        ((AgentFailed,), ELSE),
    )
    return next((code for kinds, code in codes if isinstance(error, kinds)), None)
