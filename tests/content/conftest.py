import shutil
from pathlib import Path

import pytest

SAMPLE = Path(__file__).with_name("sample")


@pytest.fixture
def folder(tmp_path):
    """A small valid knowledge folder that a test may break."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "knowledge"))
