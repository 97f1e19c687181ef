"""Projects as a fresh download has them: no .env, no cache but the one given, nothing set."""

import shutil
from pathlib import Path

import pytest

from bot.settings import HOME, Settings

SAMPLE = HOME / "tests" / "content" / "sample"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    """Neither the environment nor a .env of this machine says anything."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setitem(Settings.model_config, "env_file", None)


def unpacked(folder: Path, knowledge: Path) -> Path:
    """Copy the program and a knowledge, as one downloads them."""
    shutil.copytree(HOME / "bot", folder / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HOME / "run_bot.py", folder)
    shutil.copytree(knowledge, folder / "knowledge")
    return folder


@pytest.fixture(scope="session")
def shipped(tmp_path_factory, engine) -> Path:
    """The whole project with what was learnt from its knowledge, for processes of their own."""
    assert engine
    folder = unpacked(tmp_path_factory.mktemp("shipped"), HOME / "knowledge")
    shutil.copytree(HOME / "data" / "cache", folder / "data" / "cache")
    return folder


@pytest.fixture(scope="session")
def garden(tmp_path_factory) -> Path:
    """The project with a knowledge so small that it is learnt at once, of one career: gardener."""
    folder = unpacked(tmp_path_factory.mktemp("garden"), SAMPLE)
    # A second language in Latin letters: the matcher learns to tell them apart.
    questions = folder / "knowledge" / "questions.yaml"
    text = questions.read_text(encoding="utf-8")
    questions.write_text(
        text.replace("roadmap:\n", "roadmap:\n  si-Latn:\n    - patan ganne kohomada\n"), encoding="utf-8"
    )
    return folder


@pytest.fixture
def in_the_garden(garden, monkeypatch) -> Path:
    """Commands that run in this process find themselves in the garden."""
    monkeypatch.setattr("bot.settings.HOME", garden)
    monkeypatch.setenv("DEFAULT_ROLE", "gardener")
    return garden
