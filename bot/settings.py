"""The settings, from the environment and from .env; read when called, never at import."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, PositiveInt, SecretStr, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

HOME = Path(__file__).resolve().parent.parent
"""The project's folder; relative paths in the settings start here."""

_SECRET = ("TELEGRAM_BOT_TOKEN", "DATABASE_URL", "BACKUP_KEY")
"""Settings whose values are never shown."""


_SHORTEST_KEY = 20
"""Characters of a backup key: what is shorter could be guessed by who has a backup."""


class SettingsError(Exception):
    """A setting is wrong; the message is one line a setting, each naming it and what to write.

    `names` are the fields of `Settings` that are wrong; all of them when .env cannot be read.
    """

    def __init__(self, message: str, names: frozenset[str]) -> None:
        """Say what is wrong, and in which fields."""
        super().__init__(message)
        self.names = names


def _token(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"\d{3,20}:[A-Za-z0-9_-]{20,100}", value.get_secret_value()):
        kind, message = "token", "is not a bot token; copy it whole from @BotFather, like 123456:ABC-DEF"
        raise PydanticCustomError(kind, message)
    return value


def _address(value: str) -> str:
    try:
        # Reading the port also refuses an impossible one.
        good = bool(re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value)) and urlsplit(value).port != 0
    except ValueError:
        good = False
    if not good:
        kind, message = "address", "is not an address; write one such as https://api.telegram.org"
        raise PydanticCustomError(kind, message)
    return value.rstrip("/")


def _database(value: SecretStr) -> SecretStr:
    found = re.fullmatch(r"(sqlite:///|postgres(?:ql)?(?:\+psycopg)?://)(.+)", value.get_secret_value())
    if not found:
        kind, message = (
            "database",
            "is not a database; write sqlite:///data/bot.db or postgresql://name:password@host/database",
        )
        raise PydanticCustomError(kind, message)
    scheme, rest = found.groups()
    return SecretStr(f"{scheme}{HOME / rest}") if scheme.startswith("sqlite") else value


def _key(value: SecretStr) -> SecretStr:
    key = value.get_secret_value()
    if len(key) < _SHORTEST_KEY or not key.isprintable():
        kind, message = "key", "must have at least 20 characters; README.md says how to make one"
        raise PydanticCustomError(kind, message)
    return value


def _ids(value: object) -> object:
    """Read numbers with commas or spaces between them."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        kind, message = "zone", "is not a time zone; write one such as Asia/Colombo"
        raise PydanticCustomError(kind, message) from error
    return value


def _folder(value: Path) -> Path:
    whole = HOME / value
    try:
        good = whole.is_dir()
    except OSError:  # such as a name that is too long
        good = False
    if not good:
        kind, message = "folder", "is not a folder; leave it out to use the knowledge that comes with the bot"
        raise PydanticCustomError(kind, message)
    return whole


class Settings(BaseSettings):
    """Everything an operator can set; .env.example says what each is for."""

    model_config = SettingsConfigDict(
        env_file=HOME / ".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    telegram_bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    telegram_api_url: Annotated[str, AfterValidator(_address)] = "https://api.telegram.org"
    admin_ids: Annotated[tuple[PositiveInt, ...], NoDecode, BeforeValidator(_ids)] = ()
    database_url: Annotated[SecretStr, AfterValidator(_database)] = Field(
        SecretStr("sqlite:///data/bot.db"), validate_default=True
    )
    backup_key: Annotated[SecretStr, AfterValidator(_key)] | None = None
    knowledge_dir: Annotated[Path, AfterValidator(_folder)] = Field(Path("knowledge"), validate_default=True)
    default_role: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")] = "backend-developer"
    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Colombo"
    operator_name: Annotated[str, Field(max_length=100)] = ""
    operator_contact: Annotated[str, Field(max_length=200)] = ""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def data_dir(self) -> Path:
        """Where the bot keeps its own files."""
        return HOME / "data"

    @property
    def backup_dir(self) -> Path:
        """Where backups are kept."""
        return self.data_dir / "backups"


def read_settings(**given: Any) -> Settings:  # noqa: ANN401 - as many types as there are settings
    """Read the settings.

    Args:
        given: settings that go before the environment, for tests and commands.

    Raises:
        SettingsError: a value is wrong.
    """
    try:
        return Settings(**given)
    except ValidationError as error:
        # Of a list with several wrong entries the first is named.
        firsts = {fault["loc"][:1]: fault for fault in reversed(error.errors())}
        lines = "\n".join(_line(fault) for fault in reversed(firsts.values()))
        raise SettingsError(lines, frozenset(str(name) for loc in firsts for name in loc)) from None
    except UnicodeDecodeError as error:
        message = f".env: is not UTF-8 text (byte {error.start + 1}); save it as UTF-8."
        raise SettingsError(message, frozenset(Settings.model_fields)) from None


def _line(fault: Any) -> str:  # noqa: ANN401 - pydantic's own shape
    name = str(fault["loc"][0]).upper() if fault["loc"] else "settings"
    value = "".join(char if char.isprintable() else "\ufffd" for char in str(fault["input"]))
    shown = "" if name in _SECRET else f" {value}"[:80]
    advice = {
        "literal_error": "must be one of DEBUG, INFO, WARNING, ERROR",
        "string_pattern_mismatch": "must be the id of a career, such as backend-developer",
        "string_too_long": "is too long",
        "int_parsing": "must be numbers, such as 123456789, with commas between them",
        "greater_than": "must be numbers above 0",
    }
    return f"{name}:{shown} {advice.get(fault['type'], fault['msg'])}."
