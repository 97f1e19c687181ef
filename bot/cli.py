"""The commands of run_bot.py."""

from __future__ import annotations

import asyncio
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.progress import Progress

from bot.bootstrap import (
    Bot,
    EngineChoice,
    StartError,
    count_kept,
    make_backup,
    now,
    open_bot,
    open_in_terminal,
    restore_backup,
    run_telegram,
)
from bot.content import KnowledgeError, RetireError, relist
from bot.content import check as check_knowledge
from bot.domain.reply import Message, Reply, plain_text
from bot.matching.match import Match, Outcome
from bot.settings import Settings, SettingsError, read_settings
from bot.terminal.chat import Chat, Screen
from bot.terminal.lines import line_reader

if TYPE_CHECKING:
    from bot.storage.counts import NudgeCounts

WRONG_USE = 2
"""Exit status when the settings, the arguments or the input are wrong."""

BROKEN = 1
"""Exit status when the knowledge has faults, or `doctor` found something that needs the operator."""

Done = TypeVar("Done")

app = typer.Typer(
    help="A bot that answers students' career questions. Without a command it starts the bot.",
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Engine = Annotated[
    EngineChoice,
    typer.Option("--engine", help="Which engine understands the questions; auto takes the best one."),
]


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # Whatever the system's encoding: answers are Sinhala and Tamil too, and questions hold anything.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()


@app.callback(invoke_without_command=True)
def run(context: typer.Context) -> None:
    """Start the bot: on Telegram where a token is set, else as a chat in this terminal."""
    if context.invoked_subcommand is not None:
        return
    settings = _settings()
    if settings.telegram_bot_token is not None:
        _telegram(settings)
        return
    out = Console()
    out.print("No TELEGRAM_BOT_TOKEN set: here is the bot in your terminal, no account needed.")
    out.print("Type a question, or a number to press a button. Ctrl-D ends the chat.")
    _chat(settings, EngineChoice.AUTO)


@app.command()
def chat(engine: Engine = EngineChoice.AUTO) -> None:
    """Talk to the bot in this terminal; buttons are pressed by their number.

    Lines that are piped in are answered one by one, and the chat ends with them.
    """
    _chat(_settings(), engine)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, as a student would type it.")] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            help='Ask a whole file: a JSON object a line, each with "q". - reads from standard input.'
        ),
    ] = None,
    role: Annotated[str | None, typer.Option(help="The career the student has chosen.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,  # noqa: FBT002
    engine: Engine = EngineChoice.AUTO,
) -> None:
    """Ask one question or a file of them, and see what students would read."""
    questions = list(_questions(question, file))
    bot = _open(_settings(), engine)
    if role is not None and role not in bot.snapshot.knowledge.roles:
        _stop(f"--role: there is no career {role!r}; there are {', '.join(bot.snapshot.knowledge.roles)}.")
    for line in _answers(bot, questions, role, as_json=as_json):
        typer.echo(line)


@app.command()
def check() -> None:
    """Check the knowledge: every fault with its file, line and field, and counts of what is there."""
    settings = _settings()
    report = check_knowledge(settings.knowledge_dir)
    for fault in report.faults:
        typer.echo(str(fault))
    if report.faults:
        typer.echo(f"{len(report.faults)} fault(s).")
        raise typer.Exit(BROKEN)
    phrasings = ", ".join(f"{count} {language}" for language, count in sorted(report.phrasings.items()))
    typer.echo(f"{report.careers} career(s), {report.entries} entries; phrasings: {phrasings}.")
    for step, tasks in report.phone_tasks.items():
        typer.echo(f"{step}: {tasks} tasks for a phone with little data")
    typer.echo("The knowledge is in order.")


@app.command()
def prepare(engine: Engine = EngineChoice.AUTO) -> None:
    """Learn from the knowledge before the first start, so that the start itself is quick."""
    typer.echo(f"Ready: {_open(_settings(), engine).engine}.")


@app.command()
def lock(
    retire: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Mark an id that is gone as retired; may be given several times."),
    ] = None,
) -> None:
    """Print the lock list as it should be: every id ever published with its permanent short code.

    Lines that are there stay, marked retired or not, and new ids are added.
    """
    try:
        typer.echo(relist(_settings().knowledge_dir, frozenset(retire or ())), nl=False)
    except KnowledgeError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BROKEN) from error
    except RetireError as error:
        _stop(f"--retire: {error}")


@app.command()
def backup() -> None:
    """Back up the database now, encrypted with BACKUP_KEY; the bot may run meanwhile."""
    typer.echo(f"Backed up into {_or_stop(lambda: make_backup(_settings()))}")


@app.command()
def restore(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A backup, or a database that was kept aside.")
    ],
) -> None:
    """Put a backup in the place of the database; the bot must not run.

    It is looked at whole before anything is changed, and the old database is kept aside.
    """
    aside = _or_stop(lambda: asyncio.run(restore_backup(_settings(), file)))
    typer.echo(f"{file} is the database now.")
    if aside:
        typer.echo(f"The old one is kept in {aside}; delete it when you do not need it any more.")


@app.command()
def stats() -> None:
    """Count what is kept, without names: students, careers, steps; the bot may run meanwhile."""
    counts = _or_stop(lambda: asyncio.run(count_kept(_settings())))
    if counts is None:
        typer.echo("There is no database yet: nothing is kept about anybody.")
        return
    typer.echo(f"students who let their progress be kept: {counts.students}")
    typer.echo(f"new in 7 days: {counts.new_in_week}, in 30 days: {counts.new_in_month}")
    typer.echo(f"active in 7 days: {counts.active_in_week}, in 30 days: {counts.active_in_month}")
    for career, students in counts.careers.items():
        typer.echo(f"on their way to {career}: {students}")
    for step, students in counts.steps_done.items():
        typer.echo(f"done {step}: {students}")
    for kind, events in counts.events.items():
        typer.echo(f"events, {kind}: {events}")
    typer.echo(f"notes: {counts.notes}")
    typer.echo(f"messages that wait: {counts.waiting}, set aside: {counts.aside}")
    for line in _told_of_nudges(counts.nudges):
        typer.echo(line)


@app.command()
def doctor() -> None:
    """Look at everything the bot needs, a line each; the bot may run meanwhile."""
    # Loads Telegram and the database, which the other commands need not wait for.
    from bot.doctor import look_at_everything  # noqa: PLC0415 - see above

    async def tell() -> bool:
        all_well = True
        async for one in look_at_everything(now()):
            typer.echo(f"{one.about:9}  {'ok' if one.well else 'needs you'}: {one.words}")
            all_well &= one.well
        return all_well

    if not asyncio.run(tell()):
        raise typer.Exit(BROKEN)


def _told_of_nudges(nudges: NudgeCounts) -> Iterator[str]:
    """Yield the lines about the nudges of 7 days; those that end in a number of their own add up to `due`."""
    endings = nudges.by_ending
    yield f"nudges due in 7 days: {nudges.due}"
    for kind, amount in nudges.by_kind.items():
        yield f"nudges due, {kind}: {amount}"
    yield (
        f"nudges sent: {nudges.sent}, more than 10 minutes late: {nudges.delayed}, "
        f"may have come twice: {nudges.maybe_twice}, unsure whether they came: {endings.get('unknown', 0)}"
    )
    yield f"nudges not sent, too late: {endings.get('late', 0)}"
    for reason, amount in nudges.skipped.items():
        yield f"nudges skipped, {reason}: {amount}"
    yield f"nudges backed off: {endings.get('rested', 0)}"
    yield f"nudges blocked: {endings.get('blocked', 0)}"
    yield f"nudges overdue now: {nudges.overdue}, to come: {nudges.to_come}"


def _or_stop(work: Callable[[], Done]) -> Done:
    try:
        return work()
    except StartError as error:
        _stop(str(error))


def _chat(settings: Settings, engine: EngineChoice) -> None:
    bot = _open(settings, engine)
    out = Console(highlight=False)
    for warning in bot.warnings:
        out.print(warning, style="yellow")
    out.print(f"Engine: {bot.engine}.", style="dim")

    async def talk() -> None:
        async with open_in_terminal(settings, bot) as (conversation, said):
            if said:
                out.print(said, style="yellow", soft_wrap=True)
            screen = Screen(out, bot.texts, files=settings.data_dir / "files")
            await Chat(conversation, screen, now).run(line_reader(sys.stdin, "you: "))

    _or_stop(lambda: asyncio.run(talk()))


def _telegram(settings: Settings) -> None:
    bot = _open(settings, EngineChoice.AUTO)
    err = Console(stderr=True, highlight=False)
    for warning in bot.warnings:
        err.print(warning, style="yellow")
    err.print(f"Engine: {bot.engine}. Ctrl-C ends the bot.", style="dim")
    try:
        asyncio.run(run_telegram(settings, bot))
    except StartError as error:
        _stop(str(error))


def _answers(bot: Bot, questions: Iterable[str], role: str | None, *, as_json: bool) -> Iterator[str]:
    with asyncio.Runner() as runner:
        for question in questions:
            match, reply = runner.run(bot.conversation.ask(question, role))
            if as_json:
                yield json.dumps(_as_object(bot, question, match, reply), ensure_ascii=False)
            else:
                yield f"> {question}\n{_text(reply)}\n"


def _as_object(bot: Bot, question: str, match: Match, reply: Reply) -> dict[str, Any]:
    listed = match.candidates if match.outcome in {Outcome.ANSWER, Outcome.CHOICES, Outcome.ACTION} else ()
    found = {
        "q": question,
        "outcome": match.outcome.value,
        "matches": [
            {"id": one.id, "title": _title(bot, one.id), "confidence": one.confidence} for one in listed
        ],
        "text": _text(reply),
    }
    return found | {"gentle": True} if match.gentle else found


def _title(bot: Bot, entry_id: str) -> str:
    entry = bot.snapshot.knowledge.entries.get(entry_id)
    return entry.title if entry else bot.texts.say(f"function-{entry_id.removeprefix('bot/')}", "en")


def _text(reply: Reply) -> str:
    return "\n\n".join(_screen(effect) for effect in reply.effects if isinstance(effect, Message))


def _screen(message: Message) -> str:
    rows = ["  ".join(f"[{button.label}]" for button in row) for row in message.buttons]
    return "\n".join([plain_text(message.blocks), *rows])


def _questions(question: str | None, file: Path | None) -> Iterator[str]:
    if (question is None) == (file is None):
        _stop('Give either a question or --file, as in: run_bot.py ask "what does a backend developer do"')
    if question is not None:
        yield question
        return
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else Path(str(file)).read_bytes()
        text = content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        _stop(f"--file {file}: cannot be read as UTF-8 text: {error}")
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _question_of(f"--file {file}, line {number}", line)


def _question_of(place: str, line: str) -> str:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("q"), str):
        _stop(f'{place}: must be a JSON object with "q", such as {{"q": "how do i start"}}')
    return str(found["q"])


def _settings() -> Settings:
    try:
        return read_settings()
    except SettingsError as error:
        _stop(str(error))


def _open(settings: Settings, engine: EngineChoice) -> Bot:
    err = Console(stderr=True)
    with Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("Learning from the knowledge (once, about three minutes)", visible=False)

        def tell(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total, visible=True)

        return _or_stop(lambda: open_bot(settings, engine, tell))


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(WRONG_USE)
