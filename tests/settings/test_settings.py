"""What an operator may set, and the one line that names a wrong value."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from bot.settings import HOME, Settings, SettingsError, read_settings

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz_0123"  # noqa: S105 - nobody's

DATABASE = "postgresql://bot:secret-word@db.example.org:5432/careers?sslmode=require"

GOOD = {
    "TELEGRAM_BOT_TOKEN": TOKEN,
    "TELEGRAM_API_URL": "http://127.0.0.1:8081/telegram",
    "ADMIN_IDS": "123456789,5000000001",
    "DATABASE_URL": DATABASE,
    "BACKUP_KEY": "pGz3-a key, with spaces",
    "KNOWLEDGE_DIR": str(HOME / "tests"),
    "DEFAULT_ROLE": "marine-biologist",
    "TIMEZONE": "Asia/Kathmandu",
    "OPERATOR_NAME": "Coding Club, කොළඹ",
    "OPERATOR_CONTACT": "club@example.org",
    "LOG_LEVEL": "WARNING",
}

DEFAULTS = {
    "TELEGRAM_BOT_TOKEN": None,
    "TELEGRAM_API_URL": "https://api.telegram.org",
    "ADMIN_IDS": "",
    "DATABASE_URL": f"sqlite:///{HOME / 'data' / 'bot.db'}",
    "BACKUP_KEY": None,
    "KNOWLEDGE_DIR": str(HOME / "knowledge"),
    "DEFAULT_ROLE": "backend-developer",
    "TIMEZONE": "Asia/Colombo",
    "OPERATOR_NAME": "",
    "OPERATOR_CONTACT": "",
    "LOG_LEVEL": "INFO",
}

WRONG = [
    ("TELEGRAM_BOT_TOKEN", "123456789:too-short", "@BotFather"),
    ("TELEGRAM_BOT_TOKEN", f"{TOKEN}\nx", "@BotFather"),
    ("TELEGRAM_BOT_TOKEN", f" {TOKEN} or so", "@BotFather"),
    ("TELEGRAM_API_URL", "api.telegram.org", "such as https://api.telegram.org"),
    ("TELEGRAM_API_URL", "ftp://api.telegram.org", "such as https://api.telegram.org"),
    ("TELEGRAM_API_URL", "https://", "such as https://api.telegram.org"),
    ("TELEGRAM_API_URL", "https://api.telegram.org/?a=b", "such as https://api.telegram.org"),
    ("TELEGRAM_API_URL", "https://api telegram.org", "such as https://api.telegram.org"),
    ("TELEGRAM_API_URL", "https://localhost:99999", "such as https://api.telegram.org"),
    ("TELEGRAM_API_URL", "https://localhost:port", "such as https://api.telegram.org"),
    ("TELEGRAM_API_URL", "https://[::1", "such as https://api.telegram.org"),
    ("ADMIN_IDS", "@ama", "must be numbers, such as 123456789, with commas between them"),
    ("ADMIN_IDS", "123456789;987654321", "must be numbers, such as 123456789, with commas between them"),
    ("ADMIN_IDS", "123456789, ama", "must be numbers, such as 123456789, with commas between them"),
    ("ADMIN_IDS", "ama, 0, nimal", "ama must be numbers, such as 123456789, with commas between them"),
    ("ADMIN_IDS", "12.5", "must be numbers, such as 123456789, with commas between them"),
    ("ADMIN_IDS", "-1001234567890", "must be numbers above 0"),
    ("ADMIN_IDS", "0", "must be numbers above 0"),
    ("DATABASE_URL", "data/bot.db", "sqlite:///data/bot.db or postgresql://"),
    ("DATABASE_URL", "sqlite://data/bot.db", "sqlite:///data/bot.db or postgresql://"),
    ("DATABASE_URL", "sqlite:///", "sqlite:///data/bot.db or postgresql://"),
    ("DATABASE_URL", "mysql://bot:secret-word@localhost/careers", "sqlite:///data/bot.db or postgresql://"),
    ("DATABASE_URL", "postgresql+asyncpg://localhost/careers", "sqlite:///data/bot.db or postgresql://"),
    ("DATABASE_URL", f" {DATABASE}", "sqlite:///data/bot.db or postgresql://"),
    ("BACKUP_KEY", "nineteen characters", "must have at least 20 characters"),
    ("BACKUP_KEY", "twenty characters and\na line end", "must have at least 20 characters"),
    ("KNOWLEDGE_DIR", "no/such/folder", "is not a folder"),
    ("KNOWLEDGE_DIR", str(HOME / "run_bot.py"), "is not a folder"),
    ("DEFAULT_ROLE", "Backend Developer", "the id of a career, such as backend-developer"),
    ("DEFAULT_ROLE", "backend_developer", "the id of a career, such as backend-developer"),
    ("DEFAULT_ROLE", "../secrets", "the id of a career, such as backend-developer"),
    ("TIMEZONE", "Colombo", "such as Asia/Colombo"),
    ("TIMEZONE", "../../etc/passwd", "such as Asia/Colombo"),
    ("TIMEZONE", "/etc/localtime", "such as Asia/Colombo"),
    ("TIMEZONE", "+05:30", "such as Asia/Colombo"),
    ("OPERATOR_NAME", "n" * 101, "is too long"),
    ("OPERATOR_CONTACT", "c" * 201, "is too long"),
    ("LOG_LEVEL", "LOUD", "DEBUG, INFO, WARNING, ERROR"),
    ("LOG_LEVEL", "10", "DEBUG, INFO, WARNING, ERROR"),
]


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    """Neither the environment nor a .env of this machine says anything."""
    for name in GOOD:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setitem(Settings.model_config, "env_file", None)


def plain(found: Settings) -> dict[str, str | None]:
    token, key = found.telegram_bot_token, found.backup_key
    values = {name: str(getattr(found, name.lower())) for name in GOOD}
    return values | {
        "TELEGRAM_BOT_TOKEN": token.get_secret_value() if token else None,
        "BACKUP_KEY": key.get_secret_value() if key else None,
        "ADMIN_IDS": ",".join(map(str, found.admin_ids)),
        "DATABASE_URL": found.database_url.get_secret_value(),
    }


def complaint(**given_values: object) -> str:
    with pytest.raises(SettingsError) as raised:
        read_settings(**given_values)
    return str(raised.value)


def test_every_setting_is_among_those_tried_here():
    assert {name.upper() for name in Settings.model_fields} == set(GOOD) == set(DEFAULTS)
    assert {name for name, _, _ in WRONG} == set(GOOD)


def test_without_anything_set_the_defaults_hold():
    assert plain(read_settings()) == DEFAULTS


@pytest.mark.parametrize("name", GOOD)
def test_a_setting_is_read_from_the_environment(name, monkeypatch):
    monkeypatch.setenv(name, GOOD[name])
    assert plain(read_settings()) == DEFAULTS | {name: GOOD[name]}


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "with a byte order mark"])
@pytest.mark.parametrize("name", GOOD)
def test_a_setting_is_read_from_a_file(name, mark, tmp_path):
    file = tmp_path / ".env"
    file.write_text(f"{mark}{name}='{GOOD[name]}'\n", encoding="utf-8")
    assert plain(read_settings(_env_file=file)) == DEFAULTS | {name: GOOD[name]}


def test_all_settings_are_read_from_one_file_with_comments_and_windows_line_ends(tmp_path):
    lines = [f"# about {name}\r\n{name}={value} # so\r\n\r\n" for name, value in GOOD.items()]
    file = tmp_path / ".env"
    file.write_bytes("".join(lines).encode())
    assert plain(read_settings(_env_file=file)) == GOOD


def test_the_environment_goes_before_the_file(tmp_path, monkeypatch):
    file = tmp_path / ".env"
    file.write_text("LOG_LEVEL=DEBUG\nTIMEZONE=Asia/Dhaka\n", encoding="utf-8")
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    found = read_settings(_env_file=file)
    assert (found.log_level, found.timezone) == ("ERROR", "Asia/Dhaka")


@pytest.mark.parametrize("name", GOOD)
def test_an_empty_value_counts_as_unset(name, monkeypatch, tmp_path):
    monkeypatch.setenv(name, "")
    assert plain(read_settings()) == DEFAULTS
    monkeypatch.delenv(name)
    file = tmp_path / ".env"
    file.write_text(f"{name}=   \n", encoding="utf-8")
    assert plain(read_settings(_env_file=file)) == DEFAULTS


def test_the_example_file_sets_nothing_but_the_defaults():
    assert plain(read_settings(_env_file=HOME / ".env.example")) == DEFAULTS


def test_the_example_file_lists_every_setting_with_a_comment():
    lines = (HOME / ".env.example").read_text(encoding="utf-8").splitlines()
    told = {
        line.split("=")[0]: before for before, line in zip(["", *lines], lines, strict=False) if "=" in line
    }
    assert set(told) == set(GOOD)
    assert all(told[name].startswith("# ") for name in set(told) - {"OPERATOR_CONTACT"})


@pytest.mark.parametrize(("name", "value", "advice"), WRONG)
def test_a_wrong_value_is_named_in_one_line_with_what_to_write(name, value, advice, monkeypatch):
    monkeypatch.setenv(name, value)
    line = complaint()
    assert line.startswith(f"{name}: ")
    assert advice in line
    assert "\n" not in line


def test_several_wrong_values_get_a_line_each(monkeypatch):
    for name, value in {name: value for name, value, _ in WRONG}.items():
        monkeypatch.setenv(name, value)
    lines = complaint().splitlines()
    assert {line.split(":")[0] for line in lines} == set(GOOD)
    assert len(lines) == len(GOOD)


@pytest.mark.parametrize("value", [f"{TOKEN}!", "secret", f"{TOKEN} ", f"bot{TOKEN}"])
def test_a_token_is_never_shown_not_even_a_wrong_one(value, monkeypatch):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", value)
    line = complaint()
    assert "secret" not in line
    assert TOKEN.split(":")[1] not in line


def test_a_right_token_is_not_shown_by_printing_the_settings():
    found = read_settings(telegram_bot_token=TOKEN)
    assert TOKEN.split(":")[1] not in f"{found!r} {found} {found.model_dump_json()}"


@pytest.mark.parametrize(
    "value",
    [f"mysql{DATABASE}", "secret-word", f" {DATABASE}", "postgres:secret-word@x", "sqlite://secret-word"],
)
def test_a_database_s_address_is_never_shown_not_even_a_wrong_one(value, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", value)
    assert "secret-word" not in complaint()


def test_a_right_database_s_address_is_not_shown_by_printing_the_settings():
    found = read_settings(database_url=DATABASE)
    assert "secret-word" not in f"{found!r} {found} {found.model_dump_json()}"


@pytest.mark.parametrize(
    ("given_address", "read"),
    [
        ("sqlite:///bot.db", f"sqlite:///{HOME / 'bot.db'}"),
        ("sqlite:////var/lib/bot/bot.db", "sqlite:////var/lib/bot/bot.db"),
        ("postgres://localhost/careers", "postgres://localhost/careers"),
        ("postgresql+psycopg://localhost/careers", "postgresql+psycopg://localhost/careers"),
    ],
)
def test_a_relative_database_file_starts_at_the_project_and_other_addresses_stay(
    given_address, read, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert read_settings(database_url=given_address).database_url.get_secret_value() == read


@pytest.mark.parametrize("value", ["7,8", "7, 8", "7 8", " 7 ,, 8, ", "7\t8"])
def test_operators_are_listed_with_commas_or_spaces_between_them(value, monkeypatch):
    monkeypatch.setenv("ADMIN_IDS", value)
    assert read_settings().admin_ids == (7, 8)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("https://api.telegram.org/", "https://api.telegram.org"),
        ("http://[::1]:8081", "http://[::1]:8081"),
        ("https://example.org/a/b//", "https://example.org/a/b"),
    ],
)
def test_telegram_s_address_is_read_without_a_slash_at_its_end(value, read, monkeypatch):
    monkeypatch.setenv("TELEGRAM_API_URL", value)
    assert read_settings().telegram_api_url == read


@given(value=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
@pytest.mark.parametrize("name", [name for name in GOOD if not name.startswith("OPERATOR")])
@tries(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_is_either_taken_or_named_in_one_printable_line(name, value, monkeypatch):
    monkeypatch.setenv(name, value)
    said = f"{name}: taken"
    try:
        read_settings()
    except SettingsError as error:
        said = str(error)
    assert said.startswith(f"{name}: ")
    assert said.isprintable()


def test_a_file_that_is_not_utf_8_is_named_in_one_line(tmp_path):
    file = tmp_path / ".env"
    file.write_bytes("LOG_LEVEL=DEBUG\n".encode("utf-16"))
    line = complaint(_env_file=file)
    assert line.startswith(".env: ")
    assert "UTF-8" in line
    assert "\n" not in line


def test_what_belongs_to_other_programs_is_ignored(tmp_path):
    file = tmp_path / ".env"
    file.write_text("SOMETHING_ELSE=1\nLOG_LEVEL=DEBUG\n", encoding="utf-8")
    assert read_settings(_env_file=file).log_level == "DEBUG"


def test_a_relative_knowledge_folder_starts_at_the_project_wherever_the_bot_is_started(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert read_settings(knowledge_dir=Path("tests/settings")).knowledge_dir == HOME / "tests" / "settings"


def test_the_default_time_zone_is_known_without_the_system_s_own_list():
    code = (
        "import zoneinfo; zoneinfo.reset_tzpath([]);"
        "from bot.settings import read_settings; print(read_settings(_env_file=None).timezone)"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, check=False)
    assert (ran.stdout.strip(), ran.returncode) == ("Asia/Colombo", 0), ran.stderr


def test_nothing_is_read_at_import():
    code = (
        "import bot.cli, bot.bootstrap, bot.settings;"
        "held = [name for module in (bot.cli, bot.bootstrap, bot.settings)"
        " for name, value in vars(module).items() if isinstance(value, bot.settings.Settings)];"
        "print('imported', held)"
    )
    wrong = {name: value for name, value, _ in WRONG}
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=HOME, env=wrong, capture_output=True, text=True, check=False
    )
    assert (ran.stdout, ran.returncode) == ("imported []\n", 0), ran.stderr


def test_settings_cannot_be_changed_once_read():
    found = read_settings()
    with pytest.raises(ValueError, match="frozen"):
        found.log_level = "DEBUG"
