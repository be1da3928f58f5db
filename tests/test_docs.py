"""What is written for users stays true: the table of keys, and where links lead."""

import importlib.util
import re
from pathlib import Path

import pytest

from fantasy_tui.cli.parser import build

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_page_of_keys_is_the_key_map() -> None:
    spec = importlib.util.spec_from_file_location("keys_page", ROOT / "docs" / "keys.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / "keys.md").read_text("utf-8") == module.page(), "run `python docs/keys.py`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_commands_named_in_the_pages_exist() -> None:
    known = build().format_help()
    for page in PAGES:
        for command in re.findall(r"fantasy-tui ([a-z]+)\b", page.read_text("utf-8")):
            assert re.search(rf"^    {command}\b", known, re.MULTILINE), (page.name, command)
