"""What `check` tells a teacher."""

import re
import shutil

from bot.settings import HOME
from tests.cli.running import call, run


def test_the_shipped_knowledge_is_in_order_and_counted(monkeypatch):
    monkeypatch.setenv("KNOWLEDGE_DIR", str(HOME / "knowledge"))
    result = call("check")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "The knowledge is in order."
    assert re.search(
        r"1 career\(s\), \d+ entries; phrasings: \d+ en, \d+ si, \d+ si-Latn, \d+ ta, \d+ ta-Latn",
        result.stdout,
    )
    for step in ("python-basics", "cs50", "systems-thinking", "basic-sql", "cli-program"):
        counted = re.search(rf"backend-developer/roadmap/{step}: (\d+) tasks for a phone", result.stdout)
        assert counted
        assert int(counted[1]) >= 3


def test_every_fault_is_printed_with_file_line_and_field(tmp_path, monkeypatch):
    folder = shutil.copytree(HOME / "tests" / "content" / "sample", tmp_path / "knowledge")
    role = folder / "roles" / "gardener.yaml"
    role.write_text(role.read_text(encoding="utf-8").replace("tagline:", "slogan:"), encoding="utf-8")
    (folder / "off_topic.yaml").write_text("weather:\n  en: no\n", encoding="utf-8")
    monkeypatch.setenv("KNOWLEDGE_DIR", str(folder))
    result = call("check")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert any(re.match(r"knowledge/roles/gardener\.yaml:3: slogan: ", line) for line in lines), lines
    assert any(line.startswith("knowledge/off_topic.yaml:2: weather.en: ") for line in lines), lines
    assert lines[-1] == f"{len(lines) - 1} fault(s)."
    assert "in order" not in result.stdout


def test_a_broken_copy_of_the_shipped_knowledge_stops_check_with_status_one(shipped, tmp_path):
    folder = shutil.copytree(HOME / "knowledge", tmp_path / "knowledge")
    role = folder / "roles" / "backend-developer.yaml"
    lines = role.read_text(encoding="utf-8").split("\n")
    place = next(
        number for number, line in enumerate(lines, start=1) if line.startswith("      - id: python-basics")
    )
    lines[place - 1] = lines[place - 1].replace("python-basics", "python-first")
    role.write_text("\n".join(lines), encoding="utf-8")
    ran = run(shipped, "check", KNOWLEDGE_DIR=str(folder))
    assert ran.returncode == 1
    assert b"python-basics" in ran.stdout
    assert re.search(rb"knowledge/ids\.lock:\d+: ", ran.stdout)
    assert b"Traceback" not in ran.stderr


def test_lock_prints_the_list_that_is_shipped(monkeypatch):
    monkeypatch.setenv("KNOWLEDGE_DIR", str(HOME / "knowledge"))
    result = call("lock")
    assert result.exit_code == 0
    assert result.stdout == (HOME / "knowledge" / "ids.lock").read_text(encoding="utf-8")
