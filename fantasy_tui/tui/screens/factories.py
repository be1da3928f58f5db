"""Makes each screen when it is first shown: opening the app imports the queue's alone."""

from textual.screen import Screen


def queue() -> Screen[None]:
    """The queue."""
    from fantasy_tui.tui.screens.queue import QueueScreen

    return QueueScreen()


def leagues() -> Screen[None]:
    """The leagues."""
    from fantasy_tui.tui.screens.leagues import LeaguesScreen

    return LeaguesScreen()


def roster() -> Screen[None]:
    """A team."""
    from fantasy_tui.tui.screens.roster import RosterScreen

    return RosterScreen()


def players() -> Screen[None]:
    """Player search."""
    from fantasy_tui.tui.screens.players import PlayersScreen

    return PlayersScreen()


def tasks() -> Screen[None]:
    """The agents' runs."""
    from fantasy_tui.tui.screens.tasks import TasksScreen

    return TasksScreen()


def record() -> Screen[None]:
    """The track record."""
    from fantasy_tui.tui.screens.record import RecordScreen

    return RecordScreen()


def history() -> Screen[None]:
    """The audit."""
    from fantasy_tui.tui.screens.history import HistoryScreen

    return HistoryScreen()


def settings() -> Screen[None]:
    """What the user has chosen."""
    from fantasy_tui.tui.screens.settings import SettingsScreen

    return SettingsScreen()
