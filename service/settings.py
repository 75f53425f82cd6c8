"""The settings of a service: read once from the environment, then frozen.

A setting that is unknown, missing or wrong stops the start with a sentence. `reference()` writes
docs/reference/settings.md, and a test holds the two together.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, Literal

PREFIX = "MANDAT_"
DEMO_START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)

# Variables that the tools around the service read: known, so that a spelling mistake of another one is still caught.
OUTSIDE = frozenset({"MANDAT_BROWSER", "MANDAT_CORPUS", "MANDAT_TEST_FAULTS", "MANDAT_TEST_POSTGRES"})


class SettingRefused(ValueError):
    """A setting in the environment is unknown, missing or wrong; the sentence says which and what to write."""


def _file(text: str) -> str:
    if not text.strip() or text.endswith("/"):
        raise ValueError("is the path of a file")
    return text


def _flag(text: str) -> bool:
    if text.lower() not in {"0", "1", "true", "false"}:
        raise ValueError("is 1 or 0")
    return text.lower() in {"1", "true"}


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,12}", text) or not least <= int(text) <= most:
            raise ValueError(f"is a whole number from {least} to {most}")
        return int(text)

    return read


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("is a moment with its time zone, such as 2026-01-05T08:00:00Z") from None
    if moment.tzinfo is None:
        raise ValueError("needs a time zone, such as 2026-01-05T08:00:00Z")
    return moment.astimezone(UTC)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _database(text: str) -> str:
    if re.match(r"sqlite:///.+", text) and ":memory:" not in text:
        return text
    if re.match(r"postgresql(\+psycopg)?://", text):
        return re.sub(r"^postgresql(\+psycopg)?://", "postgresql+psycopg://", text)
    raise ValueError("is sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE")


def _secret(text: str) -> str:
    if len(text) < 32:
        raise ValueError(
            "has at least 32 characters; `python3 -c 'import secrets; print(secrets.token_hex())'` makes one"
        )
    return text


def _web(text: str) -> str:
    if not re.fullmatch(r"https?://[A-Za-z0-9.\-:\[\]]+", text.rstrip("/")):
        raise ValueError("is an address such as https://mandat.example.dk, without a path")
    return text.rstrip("/")


def _log(text: str) -> str:
    if text not in {"json", "text"}:
        raise ValueError("is json or text")
    return text


def _mail_server(text: str) -> str:
    if not re.fullmatch(r"(smtp|starttls|smtps)://([^@/\s]+@)?[A-Za-z0-9.\-]+(:[0-9]{1,5})?/?", text):
        raise ValueError("is smtp://HOST, starttls://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST")
    return text.rstrip("/")


def _mail_address(text: str) -> str:
    if not re.fullmatch(r"([^<>@\r\n]* <)?[^<>@\s]+@[A-Za-z0-9.\-]+>?", text):
        raise ValueError("is a mail address, such as Mandat <mandat@example.dk>")
    return text


def _setting(read: Callable[[str], Any], default: Any, says: str, shown: str = "") -> Any:
    return field(default=default, metadata={"read": read, "says": says, "shown": shown})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that an operator can set. Each field is the variable `MANDAT_` and its name in capitals."""

    database_url: str = _setting(
        _database,
        "sqlite:///var/mandat.sqlite3",
        "The database: a SQLite file on a local disk (relative to the folder the command is started in), "
        "or PostgreSQL for more than one machine.",
    )
    secret_key: str | None = _setting(
        _secret,
        None,
        "Signs the tokens in pages' forms. Needed with PostgreSQL, where every machine must have the same; "
        "on SQLite, without it, each start makes a new one and a page that was open must be loaded again.",
        "a new one at each start",
    )
    demo: bool = _setting(_flag, False, "1: a demonstration, with a clock of its own. Never for real cases.", "0")
    start: datetime = _setting(  # noqa: RUF009 - a datetime cannot change
        _moment, DEMO_START, "When the clock of a demonstration begins.", "2026-01-05T08:00:00Z"
    )
    seed: int | None = _setting(
        _number(0, 2**31),
        None,
        "What ids and salts of a demonstration follow from: on a fresh database the same seed repeats a run to the "
        "byte; started again on its data, a service goes on behind what it drew.",
        "random",
    )
    hosts: tuple[str, ...] = _setting(
        _names,
        ("localhost", "127.0.0.1", "[::1]"),
        "The host names under which the service is reached, separated by commas; a request for another is refused.",
        "localhost,127.0.0.1,[::1]",
    )
    proxy_hops: int = _setting(
        _number(0, 5), 0, "How many reverse proxies of ours stand before the service; their headers are believed."
    )
    upload_limit: int = _setting(_number(1, 1024), 8, "The largest request that is read, in MiB.")
    public_url: str | None = _setting(
        _web,
        None,
        "The address under which people reach the service: links in mail and the source of events begin with it. Needed "
        "with mail.",
        "none",
    )
    smtp_url: str | None = _setting(
        _mail_server,
        None,
        "The mail server: `smtp://` without encryption, `starttls://` or `smtps://` with it, with user and password before "
        "the host where it asks for them (special characters as `%XX`). Without it no mail is written, and pages say so.",
        "no mail",
    )
    mail_from: str | None = _setting(_mail_address, None, "Who mail is from. Needed with a mail server.", "none")
    webhook_hosts: tuple[str, ...] = _setting(
        _names,
        (),
        "Receivers of webhooks besides public ones with TLS: host names, addresses and ranges (`10.1.0.0/16`), separated "
        "by commas. They may be called without TLS, and may be on this machine or in its network.",
        "none",
    )

    witness_folders: tuple[str, ...] = _setting(
        _names,
        (),
        "Folders in which checkpoints of the log may be left for witnesses, separated by commas, as they are written when a "
        "witness is added. Whoever can change the database should not be able to change what lies there.",
        "none",
    )
    log_key: str | None = _setting(
        _file,
        None,
        "The file with the key that signs the log (Ed25519, PKCS #8 in PEM, mode 0400); it is made where there is none. With "
        "PostgreSQL, whoever runs `mandat worker` needs it, every machine the same, or nothing is signed. Keep a copy of it "
        "away from the database.",
        "on SQLite beside the database, with `.log-key` at the end; else none",
    )
    erasures: str | None = _setting(
        _file,
        None,
        "The file that names every erasure that was carried out, so that `mandat restore` can repeat them on a backup from "
        "before. It holds no erased value. With PostgreSQL, a file for each machine that runs `mandat worker`, or none and "
        "`mandat erasures export`. Keep a copy of it beside that of the log's key.",
        "on SQLite beside the database, with `.erasures` at the end; else none",
    )
    log: Literal["json", "text"] | None = _setting(
        _log,
        None,
        "How the log is written to standard error: `json`, a line of JSON for each thing that happened, or `text`. It holds "
        "no names, answers or addresses.",
        "json; in a demonstration text",
    )
    metrics_token: str | None = _setting(
        _secret,
        None,
        "Who sends it as `Authorization: Bearer …` reads `/metrics` from anywhere. Without it, `/metrics` answers on this "
        "machine alone.",
        "none",
    )

    @property
    def embedded(self) -> bool:
        """Whether the database is a SQLite file of this one machine."""
        return self.database_url.startswith("sqlite:")


def read(environment: Mapping[str, str]) -> Settings:
    """The settings that an environment holds. Raises `SettingRefused` with a sentence for whoever started it."""
    given = {name: text for name, text in environment.items() if name.startswith(PREFIX) and name not in OUTSIDE}
    values: dict[str, Any] = {}
    for item in fields(Settings):
        text = given.pop(PREFIX + item.name.upper(), None)
        if text is None:
            continue
        try:
            values[item.name] = item.metadata["read"](text)
        except ValueError as error:
            raise SettingRefused(f"{PREFIX}{item.name.upper()} {error}.") from None
    if given:
        known = ", ".join(PREFIX + item.name.upper() for item in fields(Settings))
        raise SettingRefused(f"{min(given)} is not a setting. The settings are {known}.")
    settings = Settings(**values)
    if settings.secret_key is None and not settings.embedded:
        raise SettingRefused("MANDAT_SECRET_KEY is needed with PostgreSQL: every machine must have the same.")
    if settings.smtp_url is not None and not (settings.mail_from and settings.public_url):
        raise SettingRefused(
            "MANDAT_SMTP_URL needs MANDAT_MAIL_FROM, who mail is from, and MANDAT_PUBLIC_URL for its links."
        )
    return settings


def reference() -> str:
    """docs/reference/settings.md: every setting, its default and what it does."""
    rows = [
        f"| `{PREFIX}{item.name.upper()}` | {item.metadata['shown'] or item.default} | {item.metadata['says']} |"
        for item in fields(Settings)
    ]
    return "\n".join(
        [
            "# Settings",
            "",
            "Environment variables, read once when a command starts. One that is unknown or wrong stops the start.",
            "",
            "| variable | default | what it does |",
            "| --- | --- | --- |",
            *rows,
            "",
        ]
    )
