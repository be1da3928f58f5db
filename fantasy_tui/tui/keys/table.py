"""The keys of each screen; `beside` names what works at the same time. The dialogs' are in dialogs.py."""

from fantasy_tui.tui.keys.scope import Key, Scope
from fantasy_tui.tui.keys.shared import EVERYWHERE, PANE, SCREEN, SCREEN_WITH_LIST, TEXT

QUEUE = Scope(
    "queue",
    "Queue",
    (
        Key("queue.approve", "a", "answer('approve')", "Approve"),
        Key("queue.reject", "x", "answer('reject')", "Reject"),
        Key("queue.edit", "e", "answer('edit')", "Edit"),
        Key("queue.snooze", "s", "answer('snooze')", "Snooze"),
        Key("queue.mark", "space", "mark", "Mark"),
        Key("queue.approve_marked", "A", "approve_marked", "Approve marked", footer=False),
        Key("queue.toss_ups", "t", "toss_ups", "Toss-ups", footer=False),
        Key("queue.snoozed", "S", "snoozed", "Snoozed ones", footer=False),
        Key("queue.to_apply", "p", "to_apply", "All to apply in Sleeper", footer=False),
        Key("queue.copy", "y", "copy", "Copy", footer=False),
    ),
    beside=(*SCREEN_WITH_LIST, PANE),
)
DECISION = Scope(
    "decision",
    "Decision",
    (
        Key("decision.approve", "a", "answer('approve')", "Approve"),
        Key("decision.reject", "x", "answer('reject')", "Reject"),
        Key("decision.edit", "e", "answer('edit')", "Edit"),
        Key("decision.snooze", "s", "answer('snooze')", "Snooze"),
    ),
    beside=(SCREEN, EVERYWHERE, TEXT),
)
ROSTER = Scope(
    "roster",
    "Roster",
    (
        Key("roster.previous_team", "[", "team(-1)", "Previous team", footer=False),
        Key("roster.next_team", "]", "team(1)", "Team"),
        Key("roster.previous_league", "{", "league(-1)", "Previous league", footer=False),
        Key("roster.next_league", "},L", "league(1)", "League"),
        Key("roster.mine", "m", "mine", "My team"),
        Key("roster.suggested", "t", "optimal", "Suggested"),
        Key("roster.depth", "d", "turn('depth')", "Depth", footer=False),
        Key("roster.byes", "b", "turn('byes')", "Byes", footer=False),
        Key("roster.next_view", "v", "view(1)", "View", footer=False),
        Key("roster.previous_view", "V", "view(-1)", "Previous view", footer=False),
    ),
    beside=SCREEN_WITH_LIST,
)
PLAYERS = Scope(
    "players",
    "Players",
    (
        Key("players.search", "/", "search", "Search", covers="app.search"),
        Key("players.to_list", "down", "to_table", "To the players found", footer=False, covers="list.down"),
        Key("players.position", "f", "position(1)", "Position"),
        Key("players.previous_position", "F", "position(-1)", "Previous position", footer=False),
        Key("players.whose", "w", "whose", "Free, mine, rivals'", footer=False),
        Key("players.mine", "m", "mine", "Mine", footer=False),
        Key("players.injured", "i", "injured", "Injured", footer=False),
        Key("players.bye", "b", "bye", "On bye", footer=False),
        Key("players.everybody", "W", "everybody", "No filters", footer=False),
        Key("players.sort", ">", "sort(1)", "Sort"),
        Key("players.previous_sort", "<", "sort(-1)", "Sort by the column before", footer=False),
        Key("players.compare", "c", "compare", "Compare"),
        Key("players.previous_league", "{", "league(-1)", "Previous league", footer=False),
        Key("players.next_league", "},L", "league(1)", "Next league", footer=False),
    ),
    beside=SCREEN_WITH_LIST,
)
PLAYER = Scope(
    "player",
    "Player",
    (
        Key("player.compare", "c", "compare", "Compare"),
        Key("player.previous_league", "{", "league(-1)", "Previous league", footer=False),
        Key("player.next_league", "},L", "league(1)", "Next league"),
    ),
    beside=(*SCREEN_WITH_LIST, TEXT, PANE),
)
COMPARE = Scope(
    "compare",
    "Two players",
    (
        Key("compare.previous_league", "{", "league(-1)", "Previous league", footer=False),
        Key("compare.next_league", "},L", "league(1)", "Next league"),
    ),
    beside=(SCREEN, EVERYWHERE, TEXT),
)
TASKS = Scope(
    "tasks",
    "Agent tasks",
    (
        Key("tasks.run", "R", "run_agents", "Run agents"),
        Key("tasks.cancel", "c", "cancel", "Cancel"),
        Key("tasks.retry", "t", "retry", "Try again"),
    ),
    beside=(*SCREEN_WITH_LIST, PANE),
)
RECORD = Scope("record", "Record", (), beside=(*SCREEN_WITH_LIST, PANE))
HISTORY = Scope(
    "history",
    "History",
    (
        Key("history.filter", "/", "filter", "Filter", covers="app.search"),
        Key("history.kind", "f", "kind", "Next kind"),
        Key("history.to_list", "down", "to_table", "To the events found", footer=False, covers="list.down"),
    ),
    beside=SCREEN_WITH_LIST,
)
SETTINGS = Scope(
    "settings",
    "Settings",
    (
        Key("settings.change", "e", "change", "Change"),
        Key("settings.rules", "p", "rules", "Rules"),
    ),
    beside=SCREEN_WITH_LIST,
)
RULES = Scope(
    "rules",
    "Rules",
    (
        Key("rules.add", "n", "add", "New"),
        Key("rules.preview", "p", "preview", "Preview"),
        Key("rules.switch", "e", "switch", "On/off"),
        Key("rules.remove", "d", "remove", "Remove"),
    ),
    beside=(*SCREEN_WITH_LIST, PANE),
)
TRADES = Scope(
    "trades",
    "Trade bench",
    (
        Key("trades.offer", "space", "offer", "Offer"),
        Key("trades.other_side", "tab", "other_side", "Side"),
        Key("trades.mine", "h,left", "side('mine')", "Your players", footer=False, covers="screen.back"),
        Key("trades.theirs", "l,right", "side('theirs')", "Their players", footer=False),
        Key("trades.previous_partner", "[", "partner(-1)", "Previous partner", footer=False),
        Key("trades.next_partner", "]", "partner(1)", "Partner"),
        Key("trades.previous_league", "{", "league(-1)", "Previous league", footer=False),
        Key("trades.next_league", "},L", "league(1)", "Next league", footer=False),
        Key("trades.more_dollars", "+,=", "dollars(1)", "A dollar more of the side's FAAB", footer=False),
        Key("trades.fewer_dollars", "-", "dollars(-1)", "A dollar less", footer=False),
        Key("trades.find", "f", "find", "Find"),
        Key("trades.clear", "c", "clear", "Clear"),
        Key("trades.copy", "y", "copy", "Copy", footer=False),
    ),
    beside=(*SCREEN_WITH_LIST, PANE),
)
WAIVERS = Scope(
    "waivers",
    "Waiver board",
    (
        Key("waivers.position", "f", "position", "Position"),
        Key("waivers.copy", "y", "copy", "Copy"),
        Key("waivers.previous_league", "{", "league(-1)", "Previous league", footer=False),
        Key("waivers.next_league", "},L", "league(1)", "Next league"),
    ),
    beside=(*SCREEN_WITH_LIST, PANE),
)
LEAGUES = Scope(
    "leagues",
    "Leagues",
    (
        Key("leagues.mine", "m", "mine", "My team"),
        Key("leagues.matchup", "M", "matchup", "Matchup"),
    ),
    beside=(*SCREEN_WITH_LIST, PANE),
)
LEAGUE = Scope(
    "league",
    "One league",
    (
        Key("league.next_view", "v", "view(1)", "View"),
        Key("league.previous_view", "V", "view(-1)", "Previous view", footer=False),
        Key("league.mine", "m", "mine", "My team"),
        Key("league.matchup", "M", "matchup", "Matchup"),
        Key("league.previous_team", "[", "team(-1)", "Previous team", footer=False),
        Key("league.next_team", "]", "team(1)", "Next team"),
        Key("league.kind", "f", "kind", "Next kind"),
        Key("league.previous_league", "{", "league(-1)", "Previous league", footer=False),
        Key("league.next_league", "},L", "league(1)", "Next league", footer=False),
    ),
    beside=(*SCREEN_WITH_LIST, TEXT, PANE),
)
MATCHUP = Scope(
    "matchup",
    "Matchup",
    (
        Key("matchup.next_view", "v", "view(1)", "View"),
        Key("matchup.previous_view", "V", "view(-1)", "Previous view", footer=False),
        Key("matchup.other_side", "tab", "other_side", "Side"),
        Key("matchup.left", "left", "side(0)", "Left line-up", footer=False),
        Key("matchup.right", "right", "side(1)", "Right line-up", footer=False),
        Key("matchup.previous_week", "<", "week(-1)", "Previous week", footer=False),
        Key("matchup.next_week", ">", "week(1)", "Week"),
        Key("matchup.previous_team", "[", "team(-1)", "Previous team", footer=False),
        Key("matchup.next_team", "]", "team(1)", "Team", footer=False),
        Key("matchup.previous_league", "{", "league(-1)", "Previous league", footer=False),
        Key("matchup.next_league", "},L", "league(1)", "League"),
        Key("matchup.mine", "m", "mine", "My team"),
    ),
    beside=(*SCREEN_WITH_LIST, TEXT),
)
SCREENS = (
    *(SCREEN, QUEUE, DECISION, LEAGUES, LEAGUE, ROSTER, MATCHUP, PLAYERS, PLAYER, COMPARE),
    *(TASKS, RECORD, HISTORY, SETTINGS, RULES, TRADES, WAIVERS),
)
