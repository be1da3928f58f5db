"""Pictures cost the start nothing."""

import subprocess
import sys

MODULES = ("bars", "heat", "histogram", "ladder", "picture", "points", "season", "sparkline", "win")


def loaded(code: str) -> set[str]:
    heavy = "print(*({'numpy', 'textual_hires_canvas', 'sqlalchemy'} & sys.modules.keys()))"
    ran = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\n{heavy}"], capture_output=True, text=True, check=True
    )
    return set(ran.stdout.split())


def test_the_first_frame_and_every_picture_do_without_numpy_and_the_library() -> None:
    pictures = "\n".join(f"import fantasy_tui.tui.pictures.{name}" for name in MODULES)
    screens = "import fantasy_tui.tui.app, fantasy_tui.tui.screens.queue, fantasy_tui.tui.screens.decision"
    assert loaded(f"{screens}\n{pictures}") == set()


def test_the_record_needs_the_store_and_no_more() -> None:
    assert loaded("import fantasy_tui.tui.screens.record") <= {"sqlalchemy"}


def test_the_sheet_is_what_brings_them() -> None:
    assert loaded("import fantasy_tui.tui.pictures.paper") == {"numpy", "textual_hires_canvas"}
