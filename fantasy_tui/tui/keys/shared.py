"""The keys that many screens have: everywhere, in every list, in every text, on every screen."""

from fantasy_tui.tui.keys.scope import Key, Scope
from fantasy_tui.tui.places import PLACES

EVERYWHERE = Scope(
    "app",
    "Everywhere",
    (
        *(
            Key(f"go.{place.mode}", place.key, f"mode('{place.mode}')", place.title, footer=False)
            for place in PLACES
        ),
        Key("app.undo", "u", "undo", "Undo"),
        Key("app.redo", "U,ctrl+y", "redo", "Redo", footer=False),
        Key("app.search", "/", "search", "Search players", footer=False),
        Key("app.open", "o", "open_league", "Open league in Sleeper", footer=False),
        Key("app.refresh", "r", "refresh", "Refresh"),
        Key("app.help", "?,f1", "help", "Help"),
        Key("app.palette", ":,ctrl+p", "command_palette", "Commands", footer=False),
        Key("app.tour", "f2", "tour", "Take the tour", footer=False),
        Key("app.suspend", "ctrl+z", "suspend_process", "Back to the shell for a while", footer=False),
        Key("app.quit", "q", "quit", "Quit"),
        Key("app.leave", "ctrl+q", "quit", "Quit, from a dialog too", footer=False, priority=True),
    ),
)

# What a list or a text does while it has the focus.

LIST = Scope(
    "list",
    "The list",
    (
        Key("list.down", "j,down", "cursor_down", "Down", footer=False),
        Key("list.up", "k,up", "cursor_up", "Up", footer=False),
        Key("list.page_down", "ctrl+d,pagedown", "page_down", "Page down", footer=False),
        Key("list.page_up", "ctrl+u,pageup", "page_up", "Page up", footer=False),
        Key("list.first", "g,home", "scroll_top", "First", footer=False),
        Key("list.last", "G,end", "scroll_bottom", "Last", footer=False),
        Key("list.open", "enter", "select_cursor", "Open", footer=False),
    ),
    beside=(EVERYWHERE,),
)
TEXT = Scope(
    "text",
    "The text",
    (
        Key("text.down", "j,down", "read('down')", "Down", footer=False),
        Key("text.up", "k,up", "read('up')", "Up", footer=False),
        Key("text.page_down", "ctrl+d,pagedown", "read('page_down')", "Page down", footer=False),
        Key("text.page_up", "ctrl+u,pageup", "read('page_up')", "Page up", footer=False),
        Key("text.first", "g,home", "read('home')", "Top", footer=False),
        Key("text.last", "G,end", "read('end')", "Bottom", footer=False),
    ),
    beside=(EVERYWHERE,),
)
PANE = Scope(
    "pane",
    "What stands below the list",
    (
        Key("pane.down", "J", "pane(4)", "Scroll down below", footer=False),
        Key("pane.up", "K", "pane(-4)", "Scroll up below", footer=False),
    ),
    beside=(EVERYWHERE, LIST),
)
"""A text beside a list that is read without leaving the list; see widgets/scrolling.py."""

SCREEN = Scope(
    "screen",
    "Every screen",
    (Key("screen.back", "escape,h,backspace", "back", "Back", typing=True),),
    beside=(EVERYWHERE, LIST, TEXT, PANE),
)
SCREEN_WITH_LIST = (SCREEN, EVERYWHERE, LIST)
