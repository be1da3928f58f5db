"""Settings and rules by the keyboard alone."""

import pytest

from fantasy_tui.review.choices import CHOICES
from fantasy_tui.review.policy import BadPolicy, Terms
from fantasy_tui.tui.app import FantasyApp
from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.screens.fields import FieldsDialog
from fantasy_tui.tui.screens.policy import PolicyScreen, terms_typed
from fantasy_tui.tui.screens.settings import SettingsScreen
from fantasy_tui.workspace import Workspace
from tests.leagues import NOW
from tests.rules import SIT_START
from tests.tui.demo import demo_app
from tests.tui.host import press, settle, showing, shown

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)])


@SIZES
async def test_every_choice_has_its_line(workspace: Workspace, size: tuple[int, int]) -> None:
    async with showing(workspace, SettingsScreen(), size) as (host, _):
        text = shown(host)
        for one in CHOICES:
            assert one.title in text
        assert "Rules                " in text
        assert "The master switch" in text
        assert host.errors == []


async def test_enter_switches_and_is_stored(workspace: Workspace) -> None:
    async with showing(workspace, SettingsScreen()) as (host, pilot):
        await press(pilot, "enter")
        assert (await workspace.preferences()).automatic
        await press(pilot, "j", "j", "e")
        assert not (await workspace.preferences()).notifications.bell
        await press(pilot, "g", "e")
        assert not (await workspace.preferences()).automatic
        assert host.errors == []


async def test_a_value_is_checked_before_it_is_stored(workspace: Workspace) -> None:
    async with showing(workspace, SettingsScreen()) as (host, pilot):
        await press(pilot, *"jjjj", "enter")
        assert isinstance(host.screen, FieldsDialog)
        await press(pilot, "ctrl+a", "ctrl+k", *"25-3", "enter")
        assert "“25-3” is not two hours of the day" in " ".join(shown(host).split())
        assert (await workspace.preferences()).notifications.quiet is None
        await press(pilot, "home", "ctrl+k", *"22-7", "enter")
        assert isinstance(host.screen, SettingsScreen)
        assert (await workspace.preferences()).notifications.quiet == (22, 7)
        assert "22-7" in shown(host)
        await press(pilot, "enter", "escape")
        assert (await workspace.preferences()).notifications.quiet == (22, 7)
        await press(pilot, "j", "enter", *"7", "enter")
        assert "nothing below 55" in " ".join(shown(host).split())
        await press(pilot, "0", "enter")
        [least] = (await workspace.preferences()).preferences.thresholds.values()
        assert least.confidence == 70


@SIZES
async def test_a_rule_is_made_looked_at_and_switched_on(workspace: Workspace, size: tuple[int, int]) -> None:
    async with showing(workspace, PolicyScreen(), size) as (host, pilot):
        assert "There is no rule" in shown(host)
        await press(pilot, "n", *"trade", "tab", *"alpha", "tab", *"75", "tab", *"3", "enter")
        assert "No rule may answer trade analysis" in " ".join(shown(host).split())
        field = host.screen.query_one("#field0")
        field.focus()
        await press(pilot, "home", "ctrl+k", *"waiver", "enter")
        assert "waiver wire" in shown(host)
        [rule] = await workspace.rulebook.rules()
        assert rule.terms == Terms("waiver_wire", "A", 75, 3.0)
        assert "p shows what it would have done" in " ".join(shown(host).split())
        await press(pilot, "p")
        assert "What it would have done" in shown(host)
        assert "No decision of this kind has been settled" in " ".join(shown(host).split())
        await press(pilot, "e")
        [rule] = await workspace.rulebook.rules()
        assert rule.enabled
        assert "All rules are off" in " ".join(shown(host).split())
        await press(pilot, "e")
        [rule] = await workspace.rulebook.rules()
        assert not rule.enabled
        assert host.errors == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (("nothing", "", "75", "3", "", ""), "No rule may answer nothing"),
        (("waiver", "", "much", "3", "", ""), "must be a number, not “much”"),
        (("waiver", "", "75.5", "3", "", ""), "whole number"),
        (("waiver", "", "75", "nan", "", ""), "must be a number"),
        (("waiver", "", "30", "3", "", ""), "between 55 and 99"),
        (("waiver", "z", "75", "3", "", ""), "names of 0 of your leagues"),
        (("waiver", "a", "75", "3", "", ""), "names of 2 of your leagues"),
        (("waiver", "", "75", "3", "99-3", ""), "not two hours"),
        (("waiver", "", "75", "3", "", "yesterday"), "not a day"),
    ],
)
def test_terms_that_cannot_be(values: tuple[str, ...], said: str) -> None:
    with pytest.raises(BadPolicy, match=said):
        terms_typed(values, {"1": "Alpha", "2": "Beta"})


def test_terms_as_they_are_typed() -> None:
    found = terms_typed(("Sit start", "alp", "75 %", "2.5", "22-7", "never"), {"1": "Alpha", "2": "Beta"})
    assert found == Terms("sit_start", "1", 75, 2.5, hours=(22, 7))


@pytest.mark.parametrize("screen", [SettingsScreen, PolicyScreen])
async def test_nobody_known_yet(bare_workspace: Workspace, screen: type[AppScreen]) -> None:
    async with showing(bare_workspace, screen()) as (host, pilot):
        await press(pilot, "enter", "e", "p", "j", "n", "d")
        assert host.errors == []


@pytest.mark.usefixtures("surroundings")
async def test_its_key_goes_there_and_rules_open_over_it(demo_sqlite: str) -> None:
    app: FantasyApp = demo_app(demo_sqlite)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "comma")
        assert isinstance(app.screen, SettingsScreen)
        assert app.workspace is not None
        rule = await app.workspace.rulebook.add(SIT_START)
        await press(pilot, "p")
        assert app.screen.query("#rules")
        await press(pilot, "e")
        assert not (await app.workspace.rulebook.rules())[0].enabled
        await press(pilot, "enter", "e")
        assert (await app.workspace.rulebook.rules())[0].enabled
        await press(pilot, "d")
        assert await app.workspace.rulebook.rules() == []
        assert "There is no rule" in shown(app)
        await press(pilot, "escape")
        assert app.screen.query("#choices")
        assert app._exception is None
        assert rule.state(NOW, False) == "off"
