"""The key map against the app: one place for every key, and nothing in it that nobody does."""

import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from textual.actions import parse
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget

import fantasy_tui.tui
from fantasy_tui.tui.app import FantasyApp
from fantasy_tui.tui.keys import names
from fantasy_tui.tui.keys.chosen import check
from fantasy_tui.tui.keys.force import KEYS, SCOPES
from fantasy_tui.tui.places import PLACES

PACKAGE = Path(fantasy_tui.tui.__file__).parent


def kinds() -> Iterator[type[DOMNode]]:
    """Every screen, dialog and widget of ours, and the app."""
    for module in walk_packages([str(PACKAGE)], "fantasy_tui.tui."):
        for kind in vars(import_module(module.name)).values():
            if isinstance(kind, type) and issubclass(kind, DOMNode) and kind.__module__ == module.name:
                yield kind


def own(kind: type[DOMNode]) -> Iterator[Binding]:
    """The bindings that a class itself declares."""
    for binding in kind.__dict__.get("BINDINGS", ()):
        assert isinstance(binding, Binding), kind
        yield binding


def test_no_key_stands_twice() -> None:
    counted = Counter(key.id for scope in SCOPES for key in scope.keys)
    assert [id for id, count in counted.items() if count > 1] == []
    assert len({scope.name for scope in SCOPES}) == len(SCOPES)


def test_ids_say_where_they_work() -> None:
    for scope in SCOPES:
        for key in scope.keys:
            where = "go" if key.action.startswith("mode(") else scope.name
            assert re.fullmatch(rf"{where}\.[a-z_]+", key.id), key.id
            assert key.label, key.id


def test_no_two_things_by_one_key_where_both_work() -> None:
    assert check({}) == {}


def test_each_screen_takes_its_keys_from_the_map() -> None:
    used = set()
    for kind in kinds():
        for binding in own(kind):
            assert binding.id is not None, (kind, binding)
            assert binding.id in KEYS, (kind, binding)
            assert (binding.key, binding.action) == (KEYS[binding.id].keys, KEYS[binding.id].action)
            used.add(binding.id)
    assert sorted(KEYS.keys() - used) == []


def test_bindings_are_made_nowhere_else() -> None:
    made = [
        file.relative_to(PACKAGE)
        for file in PACKAGE.rglob("*.py")
        if re.search(r"\bBinding\(|\.bind\(", file.read_text("utf-8")) and file.parent.name != "keys"
    ]
    assert made == []


def test_every_field_knows_of_moved_keys() -> None:
    plain = [file.name for file in PACKAGE.rglob("*.py") if re.search(r"\bInput\(", file.read_text("utf-8"))]
    assert plain == []


def test_everything_in_the_map_is_something_that_can_be_done() -> None:
    for kind in kinds():
        for binding in own(kind):
            namespace, name, _ = parse(binding.action)
            whose = FantasyApp if namespace == "app" else kind
            assert any(hasattr(whose, f"{prefix}action_{name}") for prefix in ("", "_")), (
                kind,
                binding.action,
            )


def test_what_must_work_while_one_types_does() -> None:
    for key in KEYS.values():
        if key.typing:
            assert any(not names.types(name) for name in names.keys_in(key.keys)), key.id


def test_what_may_cover_another_covers_one_that_exists() -> None:
    assert {key.covers for key in KEYS.values()} - {""} <= KEYS.keys()


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.mode)
def test_a_line_a_place_leads_to_its_screen(place: object) -> None:
    assert place in PLACES
    for one in PLACES:
        screen = FantasyApp.MODES[one.mode]
        assert callable(screen)
        assert isinstance(screen(), Screen)
    assert PLACES[0].mode == FantasyApp.DEFAULT_MODE
    assert [one.key for one in PLACES] == sorted((one.key for one in PLACES), key="1234567890comma".index)


def test_lists_and_texts_know_no_other_keys() -> None:
    """Textual's own keys of a table would hide those of a screen that the user chose."""
    for kind in kinds():
        if issubclass(kind, Widget) and not issubclass(kind, Screen | App) and "BINDINGS" in kind.__dict__:
            assert not kind._inherit_bindings, kind
