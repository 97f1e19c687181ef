"""What may lie in the knowledge folder, and what is refused there."""

import os
import shutil

import pytest

from bot.content import check, load


def told(folder):
    return [str(fault) for fault in check(folder).faults]


def test_a_valid_folder_has_no_faults(folder):
    assert told(folder) == []


def test_notes_and_hidden_files_are_ignored(folder):
    (folder / "README.md").write_bytes(b"\xff\t<- anything")
    (folder / "roles" / "notes.md").write_text("later", "utf-8")
    (folder / ".cache").mkdir()
    (folder / ".cache" / "x.yaml").write_text("[", "utf-8")
    assert told(folder) == []


@pytest.mark.parametrize(
    "name", ["extra.yaml", "roles/gardener.yml", "roles/gardener.yaml~", "asks/readme.txt"]
)
def test_a_file_that_does_not_belong_is_refused(folder, name):
    (folder / name).write_text("a: 1", "utf-8")
    assert len(told(folder)) == 1
    assert told(folder)[0].startswith(
        f"knowledge/{name}:1: file: does not belong to the knowledge; a career goes to"
    )


@pytest.mark.parametrize("name", ["si", "roles/more", "roles/gardener.yaml.d"])
def test_a_folder_that_does_not_belong_is_refused(folder, name):
    (folder / name).mkdir()
    (folder / name / "x.yaml").write_text("a: 1", "utf-8")
    assert len(told(folder)) == 1
    assert told(folder)[0].startswith(f"knowledge/{name}:1: file: does not belong to the knowledge")


@pytest.mark.parametrize("name", ["pointers.yaml", "roles/gardener.yaml", "asks/gardener.yaml", "ids.lock"])
def test_a_link_is_refused_wherever_it_leads(folder, name):
    (folder / name).rename(folder.parent / "outside.yaml")
    (folder / name).symlink_to(folder.parent / "outside.yaml")
    assert told(folder) == [f"knowledge/{name}:1: file: is a symbolic link; put the file itself here"]


def test_a_linked_folder_is_refused(folder):
    (folder / "asks").rename(folder.parent / "outside")
    (folder / "asks").symlink_to(folder.parent / "outside", target_is_directory=True)
    assert told(folder) == ["knowledge/asks:1: file: is a symbolic link; put the file itself here"]


def test_a_link_is_refused_even_as_a_note_or_to_nothing(folder):
    (folder / "README.md").symlink_to("/etc/passwd")
    (folder / "roles" / "x.yaml").symlink_to("../../nowhere")
    assert [line.split(": ", 1)[0] for line in told(folder)] == [
        "knowledge/README.md:1",
        "knowledge/roles/x.yaml:1",
    ]


def test_a_pipe_is_refused_without_waiting_for_it(folder):
    (folder / "pointers.yaml").unlink()
    os.mkfifo(folder / "pointers.yaml")
    assert told(folder) == ["knowledge/pointers.yaml:1: file: is not an ordinary file; put a text file here"]


def test_a_file_of_10_mb_is_refused_before_it_is_parsed(folder):
    # As YAML this would be a fault of its own.
    (folder / "roles" / "gardener.yaml").write_bytes(b"[" * 10_000_000)
    assert told(folder) == [
        "knowledge/roles/gardener.yaml:1: file: is larger than 1 MiB; split it or shorten it"
    ]
    (folder / "questions.yaml").write_bytes(b"[" * 10_000_000)
    assert "knowledge/questions.yaml:1: file: is larger than 4 MiB; split it or shorten it" in told(folder)


def test_a_file_of_phrasings_may_be_larger_than_others(folder):
    comment = "# a remark\n" * 150_000
    for name in ("questions.yaml", "asks/gardener.yaml"):
        (folder / name).write_text(comment + (folder / name).read_text("utf-8"), "utf-8")
    assert told(folder) == []
    (folder / "pointers.yaml").write_text(comment + (folder / "pointers.yaml").read_text("utf-8"), "utf-8")
    assert told(folder) == ["knowledge/pointers.yaml:1: file: is larger than 1 MiB; split it or shorten it"]


def test_a_file_with_too_many_values_is_refused_before_they_are_all_read(folder):
    (folder / "off_topic.yaml").write_text("weather:\n  en:\n" + "    - rain\n" * 200_000, "utf-8")
    assert told(folder) == [
        "knowledge/off_topic.yaml:100000: file: has more than 100000 values; split it or shorten it"
    ]


@pytest.mark.parametrize("line", ["x\t", "- !tag x", "- &anchor x"])
def test_a_file_with_the_same_fault_everywhere_is_told_in_a_hundred_lines(folder, line):
    (folder / "pointers.yaml").write_text(f"{line}\n" * 10_000, "utf-8")
    assert len(told(folder)) == 100


@pytest.mark.parametrize("content", [b"", b"  \n\n", b"\n"])
@pytest.mark.parametrize("name", ["pointers.yaml", "ids.lock"])
def test_an_empty_file_is_told(folder, content, name):
    (folder / name).write_bytes(content)
    assert told(folder) == [f"knowledge/{name}:1: file: is empty; fill it or remove it"]


def test_text_that_is_not_utf_8_is_told_with_its_line(folder):
    content = (folder / "pointers.yaml").read_bytes().replace(b"Exam dates", b"Exam d\xe4tes")
    (folder / "pointers.yaml").write_bytes(content)
    assert told(folder) == [
        "knowledge/pointers.yaml:7: file: is not UTF-8 text; save the file with the encoding UTF-8"
    ]


def test_utf_16_is_told(folder):
    content = (folder / "pointers.yaml").read_text("utf-8")
    (folder / "pointers.yaml").write_text(content, "utf-16")
    assert told(folder) == [
        "knowledge/pointers.yaml:1: file: is not UTF-8 text; save the file with the encoding UTF-8"
    ]


@pytest.mark.parametrize(
    "name",
    [
        "ids.lock",
        *(f"{one}.yaml" for one in "off_topic other_careers pointers questions safety small_talk".split()),
    ],
)
def test_a_missing_file_is_told_and_nothing_else(folder, name):
    (folder / name).unlink()
    assert told(folder) == [f"knowledge/{name}:1: file: is missing; add it"]


def test_a_folder_without_careers_is_told(folder):
    shutil.rmtree(folder / "roles")
    assert "knowledge/roles/:1: file: is missing; add it" in told(folder)


def test_phrasings_of_their_own_files_may_be_left_out(folder):
    shutil.rmtree(folder / "asks")
    assert told(folder) == []


def test_a_missing_folder_is_told(folder):
    (line,) = told(folder.parent / "elsewhere")
    assert line.startswith(
        "elsewhere:1: folder: cannot be read (No such file or directory); KNOWLEDGE_DIR must"
    )


def test_a_file_in_place_of_the_folder_is_told(folder):
    assert told(folder / "pointers.yaml")[0].startswith(
        "pointers.yaml:1: folder: cannot be read (Not a directory)"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
@pytest.mark.parametrize("name", ["pointers.yaml", "roles"])
def test_what_may_not_be_read_is_told(folder, name):
    (folder / name).chmod(0)
    try:
        assert "cannot be read (Permission denied)" in told(folder)[0]
    finally:
        (folder / name).chmod(0o700)


@pytest.mark.parametrize("name", [b"\xff.yaml", b"roles/\xff\x1b[31m.yaml", "roles/\u202egpj.yaml".encode()])
def test_a_hostile_file_name_is_told_in_a_line_that_can_be_printed(folder, name):
    with open(os.path.join(os.fsencode(folder), name), "wb") as file:  # noqa: PTH118, PTH123 - a name of bytes
        file.write(b"id: x\n")
    assert told(folder)
    for line in told(folder):
        assert line.isprintable()
        line.encode("utf-8")


def test_windows_line_ends_and_a_byte_order_mark_change_nothing_but_the_digest(folder):
    before = load(folder)
    for name in ("pointers.yaml", "roles/gardener.yaml", "ids.lock"):
        content = (folder / name).read_bytes().replace(b"\n", b"\r\n")
        (folder / name).write_bytes(b"\xef\xbb\xbf" + content)
    after = load(folder)
    assert after.digest != before.digest
    assert after.model_copy(update={"digest": before.digest}) == before


def test_loading_twice_gives_the_same(folder):
    assert load(folder) == load(folder)


def test_the_digest_knows_contents_and_names_but_not_times(folder):
    digest = load(folder).digest
    os.utime(folder / "pointers.yaml", (1, 1))
    (folder / "README.md").write_text("a note", "utf-8")
    assert load(folder).digest == digest
    for path in sorted(folder.rglob("*.*")):
        content = path.read_bytes()
        if path.suffix == ".md":
            continue
        path.write_bytes(content + (b"\n" if path.suffix == ".lock" else b"#\n"))
        assert load(folder).digest != digest, path
        path.write_bytes(content)
    assert load(folder).digest == digest


@pytest.mark.parametrize("piece", ["9", "9 ", "{ ", "rs ", "a ", "- ", "{role}"])
def test_a_text_of_half_a_million_characters_is_told_within_seconds(folder, piece):
    role = folder / "roles" / "gardener.yaml"
    text = piece * (500_000 // len(piece))
    role.write_text(role.read_text("utf-8").replace("About mowing.", f"'{text}'"), "utf-8")
    assert "knowledge/roles/gardener.yaml:54: duties[mowing].text: is" in told(folder)[-1]
