"""ids.lock as it should be, from what it is."""

import pytest

from bot.content import KnowledgeError, RetireError, check, lock_lines, relist
from tests.cli.running import call


@pytest.fixture
def lock(folder):
    return folder / "ids.lock"


@pytest.fixture
def without_visas(folder):
    """The folder without the answer pointers/visa."""
    path = folder / "pointers.yaml"
    text = path.read_text("utf-8")
    path.write_text(text[text.index("- id: exam-dates") :], "utf-8")
    return folder


def test_a_list_that_is_right_stays_as_it_is(folder, lock):
    assert relist(folder) == lock.read_text("utf-8")


def test_a_new_id_gets_a_line_at_its_place(folder, lock):
    before = lock.read_text("utf-8")
    lock.write_text(before.replace("7k2tvt gardener/duties/weeding\n", ""), "utf-8")
    assert relist(folder) == before


def test_a_retired_line_is_kept(folder, lock):
    retired = lock_lines(["zoo"]).replace("\n", " retired\n")
    lock.write_text(lock.read_text("utf-8") + retired, "utf-8")
    assert relist(folder) == lock.read_text("utf-8")


def test_an_id_that_is_gone_keeps_its_line_and_is_retired_only_when_told(without_visas, lock):
    before = lock.read_text("utf-8")
    assert relist(without_visas) == before
    after = relist(without_visas, {"pointers/visa"})
    assert after == before.replace("pointers/visa", "pointers/visa retired")
    lock.write_text(after, "utf-8")
    assert check(without_visas).faults == ()
    assert relist(without_visas, {"pointers/visa"}) == after


def test_an_id_that_is_still_there_cannot_be_retired(folder):
    with pytest.raises(RetireError, match="pointers/visa is still in the knowledge; remove it there first"):
        relist(folder, {"pointers/visa"})


def test_an_id_that_was_never_listed_cannot_be_retired(without_visas):
    with pytest.raises(RetireError, match='visas is not in the list: did you mean "pointers/visa"'):
        relist(without_visas, {"pointers/visas"})


def test_a_list_in_disorder_is_sorted_mended_and_loses_no_id(folder, lock):
    before = lock.read_text("utf-8")
    lines = before.splitlines()
    lock.write_text("\n".join([*reversed(lines), "", lines[0], "aaaaaa bot/help"]), "utf-8")
    assert relist(folder) == before


def test_without_a_list_all_ids_are_new(folder, lock):
    before = lock.read_text("utf-8")
    lock.unlink()
    assert relist(folder) == before


@pytest.mark.parametrize("content", [b"what is this line\n", b"496x34\tbot/greeting\n", b"\xff\n", b"\n"])
def test_a_list_that_cannot_be_read_is_not_written_anew(folder, lock, content):
    lock.write_bytes(content)
    with pytest.raises(KnowledgeError) as raised:
        relist(folder)
    assert [fault.file for fault in raised.value.faults] == ["knowledge/ids.lock"]


def test_a_linked_list_is_not_written_anew(folder, lock):
    lock.rename(folder.parent / "outside")
    lock.symlink_to(folder.parent / "outside")
    with pytest.raises(KnowledgeError, match="symbolic link"):
        relist(folder)


def test_with_a_step_its_tasks_are_retired_and_nothing_else(folder, lock):
    role = folder / "roles" / "gardener.yaml"
    text = role.read_text("utf-8")
    role.write_text(text.replace("id: one-bed", "id: two-beds").replace("id: choose,", "id: pick,"), "utf-8")
    lock.write_text(relist(folder, {"gardener/roadmap/one-bed"}), "utf-8")
    retired = [line.split()[1] for line in lock.read_text("utf-8").splitlines() if line.endswith(" retired")]
    assert retired == [f"gardener/roadmap/one-bed{task}" for task in ("", "/dig", "/plan", "/sow")]
    assert [fault.field for fault in check(folder).faults] == ["gardener/roadmap/one-pot/choose"]


def test_what_is_replaced_may_be_retired_before_or_after_it_is_written_so(folder, lock):
    role = folder / "roles" / "gardener.yaml"
    new = "id: two-beds\n        replaces: [one-bed]"
    role.write_text(role.read_text("utf-8").replace("id: one-bed", new), "utf-8")
    lock.write_text(relist(folder), "utf-8")
    assert '"one-bed" is not retired yet' in "\n".join(map(str, check(folder).faults))
    lock.write_text(relist(folder, {"gardener/roadmap/one-bed"}), "utf-8")
    assert check(folder).faults == ()


def test_nothing_is_listed_while_something_replaces_what_is_still_there(folder):
    role = folder / "roles" / "gardener.yaml"
    new = "id: one-bed\n        replaces: [one-pot]"
    role.write_text(role.read_text("utf-8").replace("id: one-bed", new), "utf-8")
    with pytest.raises(KnowledgeError, match='"one-pot" is still in the roadmap'):
        relist(folder)


def test_nothing_is_listed_or_retired_while_the_knowledge_is_broken(folder):
    (folder / "pointers.yaml").write_text("[", "utf-8")
    with pytest.raises(KnowledgeError) as raised:
        relist(folder, {"pointers/visa"})
    assert [fault.file for fault in raised.value.faults] == ["knowledge/pointers.yaml"]


def test_the_command_retires_several_ids_and_prints_nothing_else(without_visas, lock, monkeypatch):
    monkeypatch.setenv("KNOWLEDGE_DIR", str(without_visas))
    (without_visas / "small_talk.yaml").write_text("bot/help: {en: [what can you do]}\n", "utf-8")
    result = call("lock", "--retire", "pointers/visa", "--retire", "bot/greeting")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == relist(without_visas, {"pointers/visa", "bot/greeting"})
    assert result.stdout.count(" retired\n") == 2
    assert result.stdout.count("\n") == lock.read_text("utf-8").count("\n")


def test_the_command_prints_no_list_when_it_refuses(folder, monkeypatch):
    monkeypatch.setenv("KNOWLEDGE_DIR", str(folder))
    result = call("lock", "--retire", "bot/help")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "--retire: bot/help is still in the knowledge; remove it there first\n"
    (folder / "pointers.yaml").write_text("[", "utf-8")
    result = call("lock")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("knowledge/pointers.yaml:1: ")
