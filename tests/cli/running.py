"""Running the commands: in this process, where that is enough, and as the program one types."""

import os
import subprocess
import sys
from pathlib import Path

from click.testing import Result
from typer.testing import CliRunner

from bot.cli import app


def call(*words: str, typed: str | bytes = "") -> Result:
    """Run a command in this process; its output is the result's `stdout` and `stderr`."""
    result = CliRunner().invoke(app, words, input=typed, prog_name="run_bot.py")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def run(folder: Path, *words: str, typed: bytes = b"", **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program of a folder as a process of its own; nothing is set but the settings given."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "SYSTEMROOT", "LANG"}}
    return subprocess.run(
        [sys.executable, str(folder / "run_bot.py"), *words],
        input=typed,
        env=kept | settings,
        cwd=folder,
        capture_output=True,
        check=False,
    )
