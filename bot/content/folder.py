"""The files of a knowledge folder, read without following anything out of it."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content.faults import Fault, KnowledgeError, shown

MEBIBYTE = 1024 * 1024
FILE_LIMIT = MEBIBYTE
"""Bytes of one file; 200 times what a career needs."""

PHRASINGS_LIMIT = 4 * MEBIBYTE
"""Bytes of one file that is mostly phrasings."""

MISSING = "is missing; add it"

ROLES, ASKS = "roles", "asks"
SINGLE_FILES = (
    "ids.lock",
    "off_topic.yaml",
    "other_careers.yaml",
    "pointers.yaml",
    "questions.yaml",
    "safety.yaml",
    "small_talk.yaml",
)
OPTIONAL_FILES = ("places.yaml", "rules.yaml", "times.yaml")
PHRASING_FILES = ("off_topic.yaml", "other_careers.yaml", "questions.yaml", "small_talk.yaml")

_CAREER_FILE = re.compile(rf"(?:{ROLES}|{ASKS})/[a-z0-9]+(?:-[a-z0-9]+)*\.yaml")


@dataclass(frozen=True, slots=True)
class KnowledgeFiles:
    """The bytes of every readable file by its path inside the folder, and what was wrong with the others."""

    folder: str
    contents: Mapping[str, bytes]
    faults: tuple[Fault, ...]

    @property
    def digest(self) -> str:
        """BLAKE2b over all paths and contents in the order of the paths; times and owners do not count."""
        digest = hashlib.blake2b(digest_size=16)
        for path, content in sorted(self.contents.items()):
            digest.update(f"{path}\0{len(content)}\0".encode())
            digest.update(content)
        return digest.hexdigest()

    def named(self, path: str) -> str:
        """Return how messages name a file of this folder."""
        return f"{self.folder}/{path}"


def read_folder(folder: Path) -> KnowledgeFiles:
    """Read every file that belongs to the knowledge.

    Names that begin with a dot and files that end with `.md` are ignored.

    Raises:
        KnowledgeError: the folder itself is missing or cannot be read.
    """
    name = shown(folder.name or folder)
    contents: dict[str, bytes] = {}
    faults: list[Fault] = []
    try:
        found = list(_walk(folder, ""))
    except OSError as error:
        message = f"cannot be read ({error.strerror}); KNOWLEDGE_DIR must name the folder of the knowledge"
        raise KnowledgeError((Fault(name, 1, "folder", message),)) from error
    for path, entry in found:
        try:
            contents[path] = _content(path, entry)
        except _RefusedError as refused:
            faults.append(Fault(f"{name}/{shown(path)}", 1, "file", str(refused)))
        except OSError as error:
            message = f"cannot be read ({error.strerror}); check its permissions"
            faults.append(Fault(f"{name}/{shown(path)}", 1, "file", message))
    present = {path for path, _ in found}
    missing = [path for path in SINGLE_FILES if path not in present]
    if not any(path.startswith(f"{ROLES}/") for path in present):
        missing.append(f"{ROLES}/")
    faults.extend(Fault(f"{name}/{path}", 1, "file", MISSING) for path in missing)
    return KnowledgeFiles(name, contents, tuple(faults))


class _RefusedError(Exception):
    """A file is there that may not be read."""


def _walk(folder: Path, inside: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield files, and folders that do not belong here, in the order of their names."""
    with os.scandir(folder) as entries:
        listed = sorted(entries, key=lambda entry: entry.name)
    for entry in listed:
        path = f"{inside}{entry.name}"
        if entry.name.startswith("."):
            continue
        if path in {ROLES, ASKS} and entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name, f"{path}/")
        elif not (entry.name.endswith(".md") and entry.is_file(follow_symlinks=False)):
            yield path, entry


def _content(path: str, entry: os.DirEntry[str]) -> bytes:
    """Read one file.

    Raises:
        _RefusedError: it is a link, no file, unknown, empty or too large.
        OSError: it cannot be read.
    """
    if entry.is_symlink():
        message = "is a symbolic link; put the file itself here"
        raise _RefusedError(message)
    known = path in SINGLE_FILES or path in OPTIONAL_FILES or _CAREER_FILE.fullmatch(path)
    if entry.is_dir(follow_symlinks=False) or not known:
        message = (
            "does not belong to the knowledge; a career goes to roles/<id>.yaml, its phrasings to "
            "asks/<id>.yaml (the id of a-z, 0-9 and single hyphens), notes to .md files"
        )
        raise _RefusedError(message)
    limit = PHRASINGS_LIMIT if path in PHRASING_FILES or path.startswith(f"{ASKS}/") else FILE_LIMIT
    # Not every system has these flags; without them the look at the entry above has to do.
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    with os.fdopen(os.open(entry.path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            message = "is not an ordinary file; put a text file here"
            raise _RefusedError(message)
        content = file.read(limit + 1)
    if len(content) > limit:
        message = f"is larger than {limit // MEBIBYTE} MiB; split it or shorten it"
        raise _RefusedError(message)
    if not content.strip():
        message = "is empty; fill it or remove it"
        raise _RefusedError(message)
    return content
