"""The built wheel works wholly from an empty environment and another folder."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as it would be published."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, CHECKOUT],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel unpacked in it; only the dependencies are borrowed from this one."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=False, symlinks=True)
    site = next(folder.glob("lib/python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin" / "python"


def run(python: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FANTASY_")}
    return subprocess.run(
        [python, "-m", "fantasy_tui", *arguments],
        cwd=folder,
        env=environment
        | {
            "XDG_DATA_HOME": f"{folder}/data",
            "XDG_CONFIG_HOME": f"{folder}/c",
            "XDG_STATE_HOME": f"{folder}/s",
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_everything_the_app_needs_travels_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for file in CHECKOUT.glob("fantasy_tui/**/*"):
        if file.is_file() and "__pycache__" not in file.parts:
            assert str(file.relative_to(CHECKOUT)) in names
    assert "fantasy_tui/_alembic/env.py" in names
    assert any(name.startswith("fantasy_tui/_alembic/versions/") for name in names)
    assert not any(name.startswith(("tests/", "benchmarks/", "alembic/")) for name in names)


def test_the_installed_app_migrates_and_answers(python: Path, tmp_path: Path) -> None:
    assert run(python, tmp_path, "--version").stdout.strip().endswith("0.1.0")
    upgraded = run(python, tmp_path, "db", "upgrade")
    assert upgraded.returncode == 0, upgraded.stderr
    checked = run(python, tmp_path, "db", "check", "--json")
    assert checked.returncode == 0, checked.stderr
    settings = json.loads(run(python, tmp_path, "config", "--json").stdout)
    assert str(tmp_path) in json.dumps(settings)
    where = subprocess.run(
        [python, "-c", "import fantasy_tui; print(fantasy_tui.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(CHECKOUT / "fantasy_tui") not in where.stdout
