"""The themes of the app's own, beside Textual's: dark, light, high contrast, and one for terminals of few colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App
from textual.theme import Theme

from fantasy_tui.tui.remembered import remember, remembered

if TYPE_CHECKING:
    from fantasy_tui.tui.app import FantasyApp

DARK = Theme(
    name="fantasy-dark",
    primary="#4cc38a",
    secondary="#5aa9e6",
    accent="#f2c14e",
    warning="#f5a952",
    error="#ff7a76",
    success="#4cc38a",
    foreground="#dce5ea",
    background="#121416",
    surface="#191c1f",
    panel="#23272b",
    variables={
        "block-cursor-background": "#2d4a63",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#2a3137",
        "block-cursor-blurred-foreground": "#dce5ea",
        "foreground-muted": "#9babb5",
        "text-muted": "#9babb5",
        "text-disabled": "#8f9fa9",
        "border-blurred": "#444c52",
        "footer-key-foreground": "#f2c14e",
        "scrollbar": "#3c5567",
        "scrollbar-background": "#191c1f",
        "input-selection-background": "#2d4a63",
    },
)
LIGHT = Theme(
    name="fantasy-light",
    dark=False,
    primary="#17693f",
    secondary="#1f5f99",
    accent="#7a4d00",
    warning="#8a4b00",
    error="#a8201a",
    success="#17693f",
    foreground="#1b2620",
    background="#f8faf8",
    surface="#eff3f0",
    panel="#e2e9e4",
    variables={
        "block-cursor-background": "#bcd9f2",
        "block-cursor-foreground": "#0b1c2c",
        "block-cursor-blurred-background": "#dbe6ef",
        "block-cursor-blurred-foreground": "#1b2620",
        "foreground-muted": "#55635b",
        "text-muted": "#55635b",
        "text-disabled": "#5a675f",
        "border-blurred": "#b4c0b8",
        "footer-key-foreground": "#7a4d00",
        "input-selection-background": "#bcd9f2",
        "scrollbar": "#a8b8ae",
    },
)
CONTRAST = Theme(
    name="fantasy-contrast",
    primary="#ffd60a",
    secondary="#8be9fd",
    accent="#ffd60a",
    warning="#ffb454",
    error="#ff9a9a",
    success="#8dffab",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    variables={
        "block-cursor-background": "#ffd60a",
        "block-cursor-foreground": "#000000",
        "block-cursor-blurred-background": "#3a3a3a",
        "block-cursor-blurred-foreground": "#ffffff",
        "foreground-muted": "#d6d6d6",
        "foreground-disabled": "#c0c0c0",
        "text": "#ffffff",
        "text-muted": "#d6d6d6",
        "text-disabled": "#c0c0c0",
        "border": "#ffd60a",
        "border-blurred": "#8c8c8c",
        "footer-key-foreground": "#ffd60a",
        "input-cursor-background": "#ffffff",
        "input-cursor-foreground": "#000000",
        "input-selection-background": "#005fb8",
        "scrollbar": "#b0b0b0",
        "scrollbar-background": "#262626",
        "button-color-foreground": "#000000",
    },
)
FEW = Theme(
    name="fantasy-ansi",
    ansi=True,
    primary="ansi_cyan",
    secondary="ansi_blue",
    accent="ansi_yellow",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    # What the others show by a background, this one shows by turning foreground and background round.
    variables={
        "text-muted": "ansi_default",
        "text-disabled": "ansi_default",
        "foreground-muted": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-text-style": "bold reverse",
        "block-cursor-blurred-foreground": "ansi_default",
        "block-cursor-blurred-background": "ansi_default",
        "block-cursor-blurred-text-style": "underline",
        "border": "ansi_default",
        "border-blurred": "ansi_default",
        "footer-key-foreground": "ansi_cyan",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
        "scrollbar": "ansi_blue",
        "scrollbar-background": "ansi_default",
        "screen-selection-background": "ansi_cyan",
        "screen-selection-foreground": "ansi_black",
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
    },
)
OURS = (DARK, LIGHT, CONTRAST, FEW)


class Themes:
    """The theme in use: what the settings name, else what was chosen last, else the app's own dark one."""

    def __init__(self, app: FantasyApp) -> None:
        self._app = app
        self.few_colours = app.no_color
        """True on a terminal whose colours do not suffice for the other themes."""
        for theme in OURS:
            app.register_theme(theme)
        if not self.use(remembered().theme or DARK.name):
            self.use(DARK.name)

    def use(self, name: str) -> bool:
        """Show everything in this theme, as far as the terminal can; false when there is none of the name."""
        theme = self._app.available_themes.get(name)
        if theme is None:
            return False
        chosen = FEW if self.few_colours and not theme.ansi else theme
        if self._app.is_running:
            self._app.theme = chosen.name
        else:
            self._begin_with(chosen)
        return True

    def _begin_with(self, theme: Theme) -> None:
        """Let nothing be styled in another theme first: to style all again doubles what the first frame waits for."""
        app = self._app
        app.set_reactive(App.theme, theme.name)
        classes = {name: False for name in app.classes if name.startswith("-theme-")}
        classes |= {f"-theme-{theme.name}": True, "-dark-mode": theme.dark, "-light-mode": not theme.dark}
        app.update_classes(classes, update=False)
        app.stylesheet.set_variables(app.get_css_variables())
        app._refresh_truecolor_filter(app.ansi_theme)

    def expect_few_colours(self) -> None:
        """The terminal shows 16 colours at most."""
        self.few_colours = True
        self.use(self._app.theme)

    def choose(self, name: str) -> None:
        """What the user wants to see, now and at the next start."""
        if self._app.no_color:
            self._app.tell("NO_COLOR is set, so there is no theme to see; this one is kept for later.")
        else:
            self._app.theme = name
        remember(theme=name)
        setting = self._app.workspace.settings.theme if self._app.workspace is not None else None
        if setting not in (None, name):
            self._app.tell(f"The next start shows “{setting}” again, for your settings name it.", "warning")

    def search(self) -> None:
        """Let the user choose among all of them."""
        from fantasy_tui.tui.theme_palette import ThemePalette

        self._app.push_screen(ThemePalette())
