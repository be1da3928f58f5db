"""What the command line accepts. Imports argparse alone: it stands before every start of the app."""

import argparse
from collections.abc import Sequence
from functools import partial
from typing import Any, NoReturn

from fantasy_tui import __version__

AGENT_TYPES = (
    "lineup_optimization",
    "injury_monitoring",
    "sit_start",
    "waiver_wire",
    "trade_analysis",
    "opponent_analysis",
)
# The words of football.sift and football.facts, which are not imported before every start of the app.
POSITIONS = ("QB", "RB", "WR", "TE", "K", "DEF", "DL", "LB", "DB")
MOVES = ("trade", "waiver", "free_agent", "commissioner")
WHOSE = ("free", "mine", "rivals")
ORDERS = ("rank", "projected", "per_game", "trend", "name")

EPILOG = """\
Without a command the app opens; with --plain it asks line by line instead. Settings come from the options here,
then FANTASY_* variables, .env and config.toml; `fantasy-tui config` shows them. Results go to stdout, progress
and errors to stderr.

exit codes:
  0  done
  1  something else failed; the message says what, the log has the details
  2  the command line or a setting is wrong
  3  not found: no such decision, league, team, rule or user
  4  conflict: already decided or expired, nothing to undo, or a rule whose preview was not looked at
  5  Sleeper or the database cannot be reached, or offline mode is on
  130 interrupted; 129 the terminal went away; 143 asked to end; 141 nobody read the output
"""


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are one sentence."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter, **options)

    def error(self, message: str) -> NoReturn:
        """Complain and exit with 2; the complaint may repeat a database's URL."""
        from fantasy_tui.logs import redact

        self.exit(2, f"{self.prog}: {redact(message)}; see `{self.prog} --help`.\n")


def parse(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line as a namespace; `command` is none when the app is wanted. Raises SystemExit."""
    return build().parse_args(argv)


def overrides_of(arguments: object) -> dict[str, Any]:
    """The settings given on the command line."""
    given = vars(arguments)
    return {name: given[name] for name in ("database_url", "now", "offline", "username") if name in given}


def build() -> Parser:
    """The parser with every command."""
    everywhere = _global_options()
    parser = Parser(
        prog="fantasy-tui",
        description="Every decision that waits in your Sleeper leagues, in one terminal app.",
        epilog=EPILOG,
        parents=[everywhere],
    )
    parser.set_defaults(command=None)
    _plain(parser, "read the queue out and ask line by line, for screen readers and dumb terminals")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")

    def add(to: Any, name: str, handler: str, about: str, *, json: bool = True) -> Parser:
        one: Parser = to.add_parser(
            name, help=about, description=about[0].upper() + about[1:] + ".", parents=[everywhere]
        )
        one.set_defaults(handler=handler)
        if json:
            one.add_argument("--json", action="store_true", help="write JSON (ASCII) to stdout")
        return one

    def group(name: str, about: str) -> Any:
        one = commands.add_parser(
            name, help=about, description=about[0].upper() + about[1:] + ".", parents=[everywhere]
        )
        return one.add_subparsers(title="commands", metavar="COMMAND", dest="subcommand", required=True)

    _league_commands(partial(add, commands))
    _decision_commands(partial(add, commands))
    _choice_commands(partial(add, commands), group, add)
    agents = group("agents", "let agents look for decisions")
    run = add(agents, "run", "agents:run", "run agents now")
    run.add_argument(
        "--type", choices=AGENT_TYPES, metavar="T", help="only this one: " + ", ".join(AGENT_TYPES)
    )
    run.add_argument("--league", metavar="ID", help="on this league alone (else all that are in season)")
    add(agents, "list", "agents:listed", "list the latest runs")
    for name, about in (
        ("cancel", "stop a run that is under way"),
        ("retry", "run the same agent on the same league again"),
    ):
        one = add(agents, name, f"agents:{name}", about)
        one.add_argument("id", metavar="ID", help="the run's id, or a beginning that no other has")
    database = group("db", "look after the database")
    add(database, "upgrade", "database:upgrade", "bring the schema up to date")
    add(database, "current", "database:current", "show the schema's revision")
    add(database, "check", "database:check", "compare the schema with what the app needs")
    member = add(database, "member", "database:member", "let a Postgres role use the database as one manager")
    member.add_argument(
        "role", metavar="ROLE", help="a role that exists; it is granted the least that is needed"
    )
    member.add_argument("name", nargs="?", metavar="USERNAME", help="whose rows it sees, and no others")
    member.add_argument("--print", action="store_true", help="show the SQL and change nothing")
    copying = add(database, "copy", "database:copy", "copy a database into another and compare every row")
    copying.add_argument(
        "source", metavar="FROM", help="its URL: sqlite:///file or postgresql://user@host/name"
    )
    copying.add_argument("target", metavar="TO", help="the URL of an empty one, of either kind")
    copying.add_argument("--replace", action="store_true", help="remove everything in TO before")
    backup = add(database, "backup", "database:backup", "copy the SQLite file, also while the app is open")
    backup.add_argument("file", metavar="FILE", help="where to")
    backup.add_argument("--force", action="store_true", help="write over FILE")
    everything = add(commands, "export", "export:export", "write everything of yours as JSON", json=False)
    everything.add_argument("file", nargs="?", metavar="FILE", help="where to (else stdout)")
    everything.add_argument("--force", action="store_true", help="write over FILE")
    add(commands, "config", "settings:config", "show the settings in force and where they come from")
    add(
        commands,
        "keys",
        "keys:keys",
        "show every key of the app, and the id by which it can be given another",
    )
    add(commands, "doctor", "doctor:doctor", "check settings, database, Sleeper, data, log and terminal")
    demo = add(commands, "demo", "", "open the app on made-up leagues", json=False)
    demo.add_argument("--seed", type=int, default=7, metavar="N", help="other leagues than those of seed 7")
    _plain(demo, "ask about the demo's queue line by line")
    demo.add_argument("--fresh", action="store_true", help="forget what was decided in the demo before")
    return parser


def _global_options() -> Parser:
    """Options that may stand before or after a command; absent ones leave no trace in the namespace."""
    options = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = options.add_argument_group("everywhere")
    group.add_argument("--database-url", metavar="URL", help="sqlite:///file or postgresql://user@host/name")
    group.add_argument("--offline", action="store_true", help="never use the network")
    group.add_argument("--username", metavar="NAME", help="whose leagues, by Sleeper username")
    group.add_argument("--version", action="version", version=f"fantasy-tui {__version__}")
    return options


def _plain(parser: Parser, about: str) -> None:
    parser.add_argument("--plain", action="store_true", default=argparse.SUPPRESS, help=about)


def _league_commands(add: Any) -> None:
    sync = add("sync", "sync:sync", "bring leagues, players and projections up to date with Sleeper")
    sync.add_argument("name", nargs="?", metavar="USERNAME", help="Sleeper username or id")
    add("pull", "copy:pull", "bring the local copy of a shared Postgres up to date")
    add("conflicts", "copy:conflicts", "list answers that did not hold beside another machine's")
    add("leagues", "leagues:leagues", "list your leagues")
    roster = add("roster", "roster:roster", "show a team's line-up and the best one it could have")
    roster.add_argument("league_id", metavar="LEAGUE_ID")
    roster.add_argument("--team", type=int, metavar="ROSTER_ID", help="another team than yours")
    views = roster.add_mutually_exclusive_group()
    views.add_argument("--week", type=_positive, metavar="N", help="another week than the current one")
    views.add_argument("--depth", action="store_true", help="by position: who is there, where it is thin")
    views.add_argument("--byes", action="store_true", help="the weeks to come: byes, points, empty slots")
    standings = add("standings", "standings:standings", "show a league's table, and how its season may end")
    standings.add_argument("league_id", metavar="LEAGUE_ID")
    matchup = add("matchup", "matchup:matchup", "show both line-ups of a week, and the chance to win")
    matchup.add_argument("league_id", metavar="LEAGUE_ID")
    matchup.add_argument("--team", type=int, metavar="ROSTER_ID", help="another team than yours")
    matchup.add_argument("--week", type=_positive, metavar="N", help="another week than the current one")
    moves = add("transactions", "transactions:transactions", "list a league's moves, the newest first")
    moves.add_argument("league_id", metavar="LEAGUE_ID")
    moves.add_argument("--kind", choices=MOVES, metavar="K", help="only these: " + ", ".join(MOVES))
    moves.add_argument("--team", type=int, metavar="ROSTER_ID", help="of this team alone")
    moves.add_argument("--limit", type=_positive, default=50, metavar="N", help="at most so many (50)")
    moves.add_argument("--offset", type=_positive, default=0, metavar="N", help="leave out the first N")
    trade = add("trade", "trade:trade", "weigh a trade of your own making, and find one easier to agree on")
    trade.add_argument("league_id", metavar="LEAGUE_ID")
    trade.add_argument("--give", action="append", required=True, metavar="PLAYER", help="a name or an id")
    trade.add_argument("--get", action="append", required=True, metavar="PLAYER", help="a name or an id")
    for side, whose in (("give", "yours"), ("get", "theirs")):
        pick = "SEASON.ROUND, or SEASON.ROUND.TEAM for one that was another team's at first"
        trade.add_argument(f"--{side}-pick", action="append", default=[], metavar="PICK", help=pick)
        trade.add_argument(
            f"--{side}-faab", type=int, default=0, metavar="DOLLARS", help=f"of the waiver budget, {whose}"
        )
    waivers = add(
        "waivers", "waivers:waivers", "rank the free agents of a league by what they are worth to your team"
    )
    waivers.add_argument("league_id", metavar="LEAGUE_ID")
    file = add("projections", "projections:projections", "add a source of projections from a CSV file")
    file.add_argument("file", metavar="FILE", help="a line a player, a column a statistic; - for stdin")
    file.add_argument("--source", required=True, metavar="NAME", help="what to call it")
    file.add_argument("--week", type=_positive, metavar="N", help="another week than the current one")
    players = add(
        "players", "players:players", "search players: a name, pos:RB team:PHI free mine rival injured"
    )
    players.add_argument("query", nargs="*", metavar="QUERY")
    players.add_argument("--limit", type=_positive, default=25, metavar="N", help="at most so many (25)")
    players.add_argument(
        "--league", metavar="ID", help="whose points and owners count (else your first league)"
    )
    players.add_argument("--position", choices=POSITIONS, metavar="P", help="one of " + ", ".join(POSITIONS))
    players.add_argument("--whose", choices=WHOSE, metavar="W", help="in that league: " + ", ".join(WHOSE))
    players.add_argument("--injured", action="store_true", help="only those with a designation")
    players.add_argument("--bye", action="store_true", help="only those on bye this week")
    players.add_argument(
        "--sort", choices=ORDERS, default=ORDERS[0], metavar="BY", help="one of " + ", ".join(ORDERS)
    )
    player = add("player", "player:player", "show one player in each of your leagues")
    player.add_argument("player", nargs="+", metavar="PLAYER", help="a name or an id")
    compare = add(
        "compare", "player:compare", "compare two players, and who is likelier to outscore the other"
    )
    compare.add_argument("one", metavar="PLAYER", help="a name or an id")
    compare.add_argument("other", metavar="PLAYER", help="a name or an id")
    compare.add_argument("--league", metavar="ID", help="in this league's scoring (else your first league's)")


def _decision_commands(add: Any) -> None:
    queue = add("queue", "decisions:queue", "list the decisions that wait, the nearest deadline first")
    queue.add_argument(
        "--to-apply", action="store_true", help="only what is approved and not yet done in Sleeper"
    )
    _plain(queue, "ask about each, line by line")
    queue.add_argument("--snoozed", action="store_true", help="only what is set aside until later")
    queue.add_argument("--all", action="store_true", help="toss-ups and reports too")
    for name, handler, about in (
        ("show", "decisions:show", "show one decision with its reasons and its history"),
        ("approve", "decisions:approve", "approve a decision"),
        ("reject", "decisions:reject", "reject a decision"),
    ):
        one = add(name, handler, about)
        one.add_argument("id", metavar="ID", help="its id, or a beginning that no other has")
        if name == "reject":
            one.add_argument("--reason", metavar="TEXT", help="kept with the decision")
        if name == "approve":
            instead = one.add_mutually_exclusive_group()
            instead.add_argument(
                "--option", type=_positive, metavar="N", help="what `edit` lists as N instead"
            )
            instead.add_argument("--bid", type=int, metavar="DOLLARS", help="the claim at this bid instead")
    edit = add("edit", "edit:edit", "list what could be approved in a decision's place")
    edit.add_argument("id", metavar="ID", help="its id, or a beginning that no other has")
    edit.add_argument("--bid", type=int, metavar="DOLLARS", help="the claim at this bid alone")
    snooze = add("snooze", "snooze:snooze", "set a decision aside; without more: list until when")
    snooze.add_argument("id", metavar="ID", help="its id, or a beginning that no other has")
    until = snooze.add_mutually_exclusive_group()
    until.add_argument("--until", metavar="TIME", help="18:30, or 2024-11-10T18:30, local time")
    until.add_argument("--event", metavar="E", help="an event of those listed, or some of its words")
    add("undo", "decisions:undo", "take back your last answer that still can be")
    add("redo", "decisions:redo", "give the answer again that you took back last")
    record = add(
        "record", "record:record", "show how often settled decisions came true, and how true their odds were"
    )
    record.add_argument(
        "--kind", choices=AGENT_TYPES, metavar="K", help="only this one: " + ", ".join(AGENT_TYPES)
    )
    record.add_argument("--league", metavar="ID", help="in this league alone")
    past = add("backtest", "backtest:backtest", "replay a season's weeks with the agents as they are now")
    past.add_argument("--season", required=True, metavar="YEAR", help="the season, as in 2024")
    past.add_argument(
        "--weeks", metavar="N-N", help="these weeks (else from the second to the last final one)"
    )
    past.add_argument(
        "--kind", choices=AGENT_TYPES, metavar="K", help="only this one: " + ", ".join(AGENT_TYPES)
    )
    past.add_argument("--league", metavar="ID", help="in this league alone")


def _choice_commands(add: Any, group: Any, add_to: Any) -> None:
    history = add("history", "history:history", "show what happened to decisions, the newest event first")
    history.add_argument("--csv", action="store_true", help="write CSV to stdout instead")
    history.add_argument("--league", metavar="ID", help="in this league alone")
    history.add_argument(
        "--kind", choices=AGENT_TYPES, metavar="K", help="only this one: " + ", ".join(AGENT_TYPES)
    )
    history.add_argument("--decision", metavar="ID", help="of this decision alone")
    history.add_argument("--limit", type=_positive, metavar="N", help="at most so many (else all)")
    policy = group("policy", "rules that approve decisions by themselves")
    add_to(policy, "list", "policy:listed", "show the rules")
    rule = add_to(policy, "add", "policy:add", "add a rule, switched off")
    rule.add_argument("--kind", required=True, metavar="K", help="one of " + ", ".join(AGENT_TYPES[:4]))
    rule.add_argument("--confidence", required=True, type=int, metavar="N", help="approve from N in 100 on")
    rule.add_argument(
        "--loss",
        required=True,
        type=float,
        metavar="POINTS",
        help="how far below zero the lower end of the middle 68 %% may lie",
    )
    rule.add_argument("--league", metavar="ID", help="in this league alone")
    rule.add_argument("--hours", default="always", metavar="H-H", help="between these hours, local time")
    rule.add_argument("--until", default="never", metavar="DAY", help="to the end of this day, as 2024-12-31")
    for name, about in (
        ("preview", "show what a rule would have approved, and what came of it"),
        ("on", "switch a rule on, once its preview was looked at"),
        ("off", "switch a rule off"),
        ("remove", "forget a rule"),
    ):
        one = add_to(policy, name, f"policy:{name}", about)
        one.add_argument("id", metavar="ID", help="its id, or a beginning that no other has")
    chosen = add("preferences", "preferences:preferences", "show or set what you want to be asked and told")
    chosen.add_argument("act", nargs="?", choices=("get", "set"), default="get", metavar="get|set")
    chosen.add_argument("key", nargs="?", metavar="KEY", help="one of those that are shown")
    chosen.add_argument("value", nargs="?", metavar="VALUE", help="its new value")


def _positive(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return number
