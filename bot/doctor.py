"""Looks at everything the bot needs, a line each, and says what to do where something is wrong."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.bootstrap import (
    LEAST_MEMORY,
    StartError,
    backups_of,
    engine_here,
    memory,
    read_knowledge,
    told_of_ids,
    warnings_of,
)
from bot.content import check
from bot.settings import Settings, SettingsError, read_settings
from bot.storage.bookkeeping import Bookkeeping
from bot.storage.counts import all_ids
from bot.storage.database import Database, DatabaseError, StoreError
from bot.storage.engines import sqlite_file
from bot.storage.file import DatabaseFile
from bot.storage.health import Health, examine
from bot.telegram.housekeeping import LEAST_DISK
from bot.telegram.service import TokenError, UnreachableError, whose
from bot.telegram.serving import ANSWERED

Found = tuple[bool, str]
"""Whether all is well, and what there is or what to do."""

TELEGRAM_SECONDS: Final = 5.0
"""How long Telegram may take to say whose the token is."""

_SILENT_SECONDS: Final = 180
"""A bot that polls hears from Telegram at least every 30 seconds and notes it every 60."""

_SMALLEST_MEMORY: Final = 250_000_000
"""Bytes; the bot takes 150 MB after its first answer, 170 MB with embeddings."""

_GIGABYTE: Final = 1_000_000_000

_OLD_SECONDS: Final = 2 * 24 * 3600
"""One daily backup may be missed, such as on a day when the bot did not run."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about one thing: whether all is well with it, and what there is or what to do."""

    about: str
    well: bool
    words: str


async def look_at_everything(now: int) -> AsyncIterator[Finding]:
    """Look at one thing after the other; whatever is broken, the others are looked at.

    Args:
        now: UTC epoch seconds.
    """
    try:
        settings, wrong = read_settings(), frozenset[str]()
    except SettingsError as error:
        for line in str(error).splitlines():
            yield Finding("settings", well=False, words=line)
        settings, wrong = _as_far_as_good(error.names), error.names
    else:
        warnings = warnings_of(settings) if settings.telegram_bot_token else ()
        yield Finding("settings", well=not warnings, words=" ".join(warnings) or "can be read.")

    looks: tuple[tuple[str, set[str], Callable[[], Awaitable[Found]]], ...] = (
        ("token", {"telegram_bot_token", "telegram_api_url"}, lambda: _token(settings)),
        ("polling", {"telegram_bot_token", "database_url"}, lambda: _polling(settings, now)),
        ("disk", {"database_url"}, lambda: _disk(settings)),
        ("database", {"database_url"}, lambda: _database(settings)),
        ("backups", {"database_url", "backup_key"}, lambda: _backups(settings, now)),
        ("knowledge", {"knowledge_dir"}, lambda: _knowledge(settings)),
        ("ids", {"database_url", "knowledge_dir"}, lambda: _ids(settings)),
        ("memory", set(), _memory),
    )
    for about, needed, look in looks:
        if needed & wrong:
            names = " and ".join(sorted(name.upper() for name in needed & wrong))
            yield Finding(about, well=False, words=f"not looked at, since {names} must be mended first.")
            continue
        try:
            well, words = await look()
            yield Finding(about, well, words)
        except Exception as error:  # noqa: BLE001 - each line stands alone
            yield Finding(about, well=False, words=f"cannot be looked at ({type(error).__name__}).")


def _as_far_as_good(wrong: frozenset[str]) -> Settings:
    """Read the settings without those that are wrong, which are then not looked at."""
    harmless = {name: Settings.model_fields[name].default for name in wrong}
    if "knowledge_dir" in harmless:
        harmless["knowledge_dir"] = Path()
    if wrong >= Settings.model_fields.keys():
        harmless["_env_file"] = None
    return read_settings(**harmless)


async def _token(settings: Settings) -> Found:
    if settings.telegram_bot_token is None:
        return True, "none: the bot runs in the terminal only."
    try:
        name = await whose(
            settings.telegram_bot_token.get_secret_value(), settings.telegram_api_url, TELEGRAM_SECONDS
        )
    except TokenError as error:
        return False, str(error)
    except UnreachableError as error:
        words = f"Telegram cannot be asked ({error}); check the network, HTTPS_PROXY and TELEGRAM_API_URL."
        return False, words
    return True, f"of @{name}."


async def _polling(settings: Settings, now: int) -> Found:
    if settings.telegram_bot_token is None:
        return True, "none without a token."
    path = sqlite_file(settings.database_url.get_secret_value())
    if path and not DatabaseFile(str(path)).held:
        return False, "the bot is not running; start it with make run."
    try:
        database = await Database.look(settings.database_url.get_secret_value())
    except DatabaseError:
        return False, "not known without the database."
    try:
        at = await Bookkeeping(database).recall(ANSWERED)
    finally:
        await database.close()
    if at is None:
        return False, "Telegram has not answered yet; look again in a minute, then into the log."
    if now - at > _SILENT_SECONDS:
        running = "" if path else "the bot does not run, or "
        return False, f"{running}Telegram has not answered for {_age(now - at)}; look into the log."
    return True, f"Telegram answered {_age(now - at)} ago."


async def _disk(settings: Settings) -> Found:
    path = sqlite_file(settings.database_url.get_secret_value())
    folder = path.parent if path else settings.data_dir
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    needed = LEAST_DISK + (DatabaseFile(str(path)).room if path and path.exists() else 0)
    words = f"{_size(free)} free in {folder}, {_size(needed)} needed"
    return free >= needed, f"{words}." if free >= needed else f"{words}; make room."


async def _database(settings: Settings) -> Found:
    path = sqlite_file(settings.database_url.get_secret_value())
    if path and not path.exists():
        words = f"there is none at {path} yet; the first start on Telegram makes it."
        if settings.telegram_bot_token is None:
            return True, words
        return False, f"{words} If there was one, put it or a backup back."
    try:
        database = await Database.look(settings.database_url.get_secret_value())
    except DatabaseError as error:
        return False, f"{str(error).rstrip('.')}. Mend that, or put a backup back."
    try:
        return _told(await examine(database))
    except StoreError as error:
        return False, f"it cannot be read ({error}); put a backup back."
    finally:
        await database.close()


def _told(health: Health) -> Found:
    if health.damage:
        return False, f"it is damaged ({health.damage}); put a backup back."
    if not health.known:
        return False, f"of a newer version ({health.version}) than this program; install the newer program."
    if health.waiting is None:
        return True, f"version {health.version}; the next start brings it to {health.newest}."
    wait = "1 message waits" if health.waiting == 1 else f"{health.waiting} messages wait"
    are = "is" if health.aside == 1 else "are"
    return True, f"version {health.version}; {wait}, {health.aside} {are} set aside."


async def _backups(settings: Settings, now: int) -> Found:
    backups = backups_of(settings)
    path = sqlite_file(settings.database_url.get_secret_value())
    if backups is None or path is None:
        return True, "PostgreSQL: see to pg_dump yourself."
    stored = backups.stored()
    there = (
        f"{len(stored)} in {backups.folder}, the last {_age(now - stored[-1].at)} old" if stored else "none"
    )
    if not backups.has_key:
        if not stored and not path.exists():
            return True, "nothing to back up yet; BACKUP_KEY is not set."
        return False, f"{there}. BACKUP_KEY is not set, so none are made; write one into .env."
    if not stored and not path.exists():
        return True, "nothing to back up yet; BACKUP_KEY is set."
    if not stored or now - stored[-1].at > _OLD_SECONDS:
        return False, f"{there}. Make one with run_bot.py backup; a bot that runs makes one daily."
    return True, f"{there}; BACKUP_KEY is set."


async def _knowledge(settings: Settings) -> Found:
    faults = len(check(settings.knowledge_dir).faults)
    if not faults:
        return True, "in order."
    return False, f"{faults} {'fault' if faults == 1 else 'faults'}; run_bot.py check lists them."


async def _ids(settings: Settings) -> Found:
    path = sqlite_file(settings.database_url.get_secret_value())
    if path and not path.exists():
        return True, "no database yet."
    try:
        knowledge = read_knowledge(settings)
        database = await Database.look(settings.database_url.get_secret_value())
    except StartError:
        return False, "not known while the knowledge has faults."
    except DatabaseError:
        return False, "not known without the database."
    try:
        health = await examine(database)
        if health.known and health.waiting is None:
            return True, "known after the next start, which brings the database up to date."
        return told_of_ids(await all_ids(database), knowledge)
    except StoreError:
        return False, "not known without the database."
    finally:
        await database.close()


async def _memory() -> Found:
    _, engine = engine_here()
    words = f"{_size(memory())} may be used, {_size(_SMALLEST_MEMORY)} needed"
    if memory() < _SMALLEST_MEMORY:
        return False, f"{words}; take a larger machine."
    return True, f"{words}, {_size(LEAST_MEMORY)} for sentence embeddings; engine: {engine}."


def _age(seconds: int) -> str:
    """Return a length of time in words."""
    for unit, name in ((24 * 3600, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * unit:
            return f"{seconds // unit} {name}"
    return f"{max(0, seconds)} seconds"


def _size(amount: int) -> str:
    return f"{amount / _GIGABYTE:.1f} GB" if amount >= _GIGABYTE else f"{amount // 1_000_000} MB"
