"""The keys of the dialogs: nothing else works while one is open, save what quits."""

from fantasy_tui.tui.keys.scope import Key, Scope
from fantasy_tui.tui.keys.shared import LIST, PANE, TEXT

HELP = Scope(
    "help", "Help", (Key("help.close", "escape,?,q,h,backspace", "dismiss(None)", "Close"),), beside=(TEXT,)
)
CONFIRM = Scope(
    "confirm",
    "A question",
    (
        Key("confirm.yes", "y", "dismiss(True)", "Do it"),
        Key("confirm.no", "n,escape", "dismiss(False)", "Go back"),
    ),
    beside=(TEXT,),
)
# Escape is slow on some terminals, and letters go into the field: ctrl+g leaves it, too.
REASON = Scope(
    "reason",
    "Why it is rejected",
    (Key("reason.keep", "escape,ctrl+g", "dismiss(None)", "Keep it", typing=True),),
)
FIELDS = Scope(
    "fields",
    "Fields to fill in",
    (
        Key("fields.leave", "escape,ctrl+g", "dismiss(None)", "Leave as it is", typing=True),
        Key("fields.next", "down", "app.focus_next", "Next field", footer=False, typing=True),
        Key("fields.previous", "up", "app.focus_previous", "Previous field", footer=False, typing=True),
    ),
)
WELCOME = Scope(
    "welcome",
    "The first start",
    (
        Key("welcome.demo", "f2", "demo", "See the demo", typing=True),
        Key("welcome.later", "escape,ctrl+g", "leave", "Later", typing=True),
    ),
)
TOUR = Scope(
    "tour",
    "The tour",
    (
        Key("tour.next", "enter,space,right", "step(1)", "Go on"),
        Key("tour.back", "left,backspace", "step(-1)", "Back"),
        Key("tour.leave", "escape,q", "dismiss(None)", "Leave the tour"),
    ),
)
EDIT = Scope(
    "edit",
    "Something else instead",
    (
        Key("edit.back", "escape,h,backspace", "dismiss(None)", "Go back"),
        Key("edit.choose", "a", "choose", "Approve this instead", footer=False),
        Key("edit.bid", "b", "bid", "A bid of your own", footer=False),
    ),
    beside=(LIST, PANE),
)
SNOOZE = Scope(
    "snooze",
    "Set aside",
    (
        Key("snooze.back", "escape,h,backspace", "dismiss(None)", "Go back"),
        Key("snooze.choose", "s", "choose", "Set aside", footer=False),
    ),
    beside=(LIST,),
)
MOVED = Scope(
    "moved",
    "What has moved",
    (
        Key("moved.approve", "a", "answer('approve')", "Approve what is best now"),
        Key("moved.reject", "x", "answer('reject')", "Reject it"),
        Key("moved.back", "escape,h,backspace", "dismiss(None)", "Go back"),
    ),
    beside=(TEXT,),
)
TRADE_FINDS = Scope(
    "trade_finds",
    "Counters and deals",
    (Key("trade_finds.back", "escape,h,backspace", "dismiss(None)", "Go back"),),
    beside=(LIST, PANE),
)
DIALOGS = (HELP, CONFIRM, REASON, FIELDS, WELCOME, TOUR, EDIT, SNOOZE, MOVED, TRADE_FINDS)
