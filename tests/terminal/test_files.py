"""Pictures and files in the terminal: words, and the path of a file that only this user can read."""

import io
import logging
import stat

import pytest
from rich.console import Console

from bot.actions.forget import ERASE, KEEP
from bot.domain.reply import Block, Button, Document, Message, Picture, Press, Reply
from bot.terminal.chat import FILE_NAME_LIMIT, Chat, Screen
from bot.texts.catalogue import load_catalogues

TEXTS = load_catalogues()
CAPTION = (Block("text", "2 of 5 steps"),)
PICTURE = Picture(b"a picture", CAPTION, "way.png", ((Button("Share", share="my way"),),))


@pytest.fixture
def screen(tmp_path):
    console = Console(file=io.StringIO(), width=10_000)
    return Screen(console, TEXTS, files=tmp_path / "data" / "files")


def shown(screen):
    return screen.out.file.getvalue()


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("effect", [PICTURE, Document("way.png", b"a picture", CAPTION)])
def test_its_words_and_its_path_are_shown_and_nobody_else_can_read_it(screen, effect):
    screen.show(Reply((effect,)))
    path = screen.files / "way.png"
    assert path.read_bytes() == b"a picture"
    assert (mode(path), mode(screen.files)) == (0o600, 0o700)
    assert "2 of 5 steps" in shown(screen)
    assert str(path) in shown(screen)


def test_the_newer_of_two_with_one_name_stays_and_old_rights_do_not(screen):
    screen.files.mkdir(parents=True)
    (screen.files / "way.png").write_bytes(b"a longer one, from before")
    (screen.files / "way.png").chmod(0o644)
    screen.show(Reply((PICTURE,)))
    assert (screen.files / "way.png").read_bytes() == b"a picture"
    assert mode(screen.files / "way.png") == 0o600


def test_a_link_that_lies_in_the_way_is_not_followed(screen, tmp_path):
    screen.files.mkdir(parents=True)
    (tmp_path / "precious").write_bytes(b"precious")
    (screen.files / "way.png").symlink_to(tmp_path / "precious")
    screen.show(Reply((PICTURE,)))
    assert (tmp_path / "precious").read_bytes() == b"precious"


@pytest.mark.parametrize(
    "name", ["../../way.png", "/etc/passwd", "..", "", "\x1b[2J.png", "සිත.json", "a b\nc", "x" * 500, "."]
)
def test_whatever_the_name_the_file_lies_in_its_folder(screen, tmp_path, name):
    screen.show(Reply((Document(name, b"content", CAPTION),)))
    [path] = screen.files.iterdir()
    assert path.read_bytes() == b"content"
    assert len(path.name) <= FILE_NAME_LIMIT
    assert path.name.isascii()
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == [path]


def test_a_file_that_cannot_be_written_is_said_and_ends_nothing(screen):
    screen.files.parent.mkdir()
    screen.files.write_bytes(b"a file where the folder should be")
    screen.show(Reply((PICTURE,)))
    assert "2 of 5 steps" in shown(screen)
    assert TEXTS.say("terminal-not-written", "en") in shown(screen)


class Door:
    """A front door that has one answer to everything."""

    async def hear(self, _heard):
        return Reply((Message(CAPTION),))


async def test_who_is_forgotten_has_no_files_any_more_not_even_of_earlier_chats(screen, tmp_path):
    screen.show(Reply((PICTURE,)))
    screen.buttons = [Button("Keep it", KEEP), Button("Erase everything", ERASE)]
    (tmp_path / "data" / "bot.db").write_bytes(b"precious")
    (screen.files / "my-data.json").symlink_to(tmp_path / "data" / "bot.db")
    chat = Chat(Door(), screen, lambda: 0)
    await chat.hear("1")
    assert len(list(screen.files.iterdir())) == 2
    await chat.hear("2")
    assert list(screen.files.iterdir()) == []
    assert (tmp_path / "data" / "bot.db").read_bytes() == b"precious"


async def test_who_is_forgotten_without_any_file_is_shown_no_fault(screen, caplog):
    screen.buttons = [Button("Erase everything", ERASE)]
    await Chat(Door(), screen, lambda: 0).hear("1")
    assert caplog.records == []


async def test_a_file_that_cannot_be_removed_is_named_and_the_others_go(screen, caplog):
    caplog.set_level(logging.WARNING)
    screen.show(Reply((PICTURE,)))
    (screen.files / "a folder").mkdir()
    screen.buttons = [Button("Erase everything", ERASE)]
    await Chat(Door(), screen, lambda: 0).hear("1")
    assert [one.name for one in screen.files.iterdir()] == ["a folder"]
    assert "a folder cannot be removed" in caplog.text


async def test_the_buttons_of_a_picture_are_numbered_and_sharing_points_to_telegram(screen):
    back = Button("Back", Press("none"))
    screen.show(Reply((Picture(b"", CAPTION, "way.png", ((back, PICTURE.buttons[0][0]),)),)))
    assert "[1] Back  [2] Share" in shown(screen)
    await Chat(None, screen, lambda: 0).hear("2")
    assert TEXTS.say("terminal-no-sharing", "en") in shown(screen)
