"""What an operator may set: the one table of `SHENAVA_*` and `DATABASE_URL`, and the only reader of it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

ROOT = Path(__file__).resolve().parent.parent
DATABASE_SHAPE = "must be an address such as postgresql://user:password@host/name"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class SettingError(ValueError):
    """A setting is wrong; the text is one sentence for the operator."""


@dataclass(frozen=True)
class Setting:
    """One line of the table."""

    name: str
    default: str
    meaning: str
    parse: Callable[[str], object]
    is_secret: bool = False


def _flag(text: str) -> bool:
    if text.lower() not in ("0", "1", "no", "yes", "false", "true", ""):
        raise ValueError("must be yes or no")
    return text.lower() in ("1", "yes", "true")


def _number(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isdecimal() or not low <= int(text) <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(text)

    return parse


def _url(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.netloc):
        raise ValueError("must be an address such as https://complaints.example.com")
    return text.rstrip("/")


def _database(text: str) -> str:
    if text:
        try:
            conninfo_to_dict(text)
        except ProgrammingError:
            raise ValueError(DATABASE_SHAPE) from None
        if not text.startswith(("postgres://", "postgresql://")):
            raise ValueError(DATABASE_SHAPE)
    return text


def _networks(text: str) -> tuple[str, ...]:
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    try:
        for network in found:
            ip_network(network, strict=False)
    except ValueError:
        raise ValueError("must be networks such as 10.0.0.0/8, with commas between them") from None
    return found


def _folder(text: str) -> str:
    place = Path(text).absolute()
    standing = next(folder for folder in (place, *place.parents) if folder.exists())
    if text and not (standing.is_dir() and os.access(standing, os.W_OK | os.X_OK)):
        raise ValueError(f"must be a folder that can be made and written, unlike {standing}")
    return text


def _language(text: str) -> str:
    if text not in ("en", "fa", "he"):
        raise ValueError("must be en, fa or he")
    return text


SETTINGS = (
    Setting(
        "SHENAVA_DATA",
        "",
        "folder of database, files and keys; without it var/data, as root one below /var/lib/shenava",
        _folder,
    ),
    Setting(
        "DATABASE_URL", "", "a PostgreSQL of your own; without it the program starts one", _database, is_secret=True
    ),
    Setting("SHENAVA_HOST", "127.0.0.1", "address to listen on", str),
    Setting("SHENAVA_PORT", "8000", "port to listen on", _number(1, 65535)),
    Setting("SHENAVA_URL", "", "the public address, used in links; without it http://host:port", _url),
    Setting("SHENAVA_TRUSTED_PROXIES", "", "networks whose X-Forwarded-For is believed", _networks),
    Setting("SHENAVA_LANGUAGE", "en", "language before the set-up: en, fa or he", _language),
    Setting("SHENAVA_MAX_FILE_MB", "20", "largest file that is taken in", _number(1, 1000)),
    Setting("SHENAVA_MAX_UPLOAD_MB", "220", "largest request that is taken in", _number(1, 5000)),
    Setting("SHENAVA_DISK_RESERVE_MB", "500", "free disk below which nothing is taken in", _number(0, 1_000_000)),
    Setting(
        "SHENAVA_BACKUP_PASSPHRASE", "", "seals and opens archives; without it the command asks", str, is_secret=True
    ),
    Setting("SHENAVA_DEBUG", "no", "for developers only: pages tell what went wrong", _flag),
)


def table() -> str:
    """The settings as the operator's guide shows them."""
    rows = [f"| `{one.name}` | {f'`{one.default}`' if one.default else ''} | {one.meaning} |" for one in SETTINGS]
    return "\n".join(["| setting | default | what it is |", "|---|---|---|", *rows])


@dataclass(frozen=True)
class Environment:
    """The settings as the program uses them."""

    data_dir: Path
    database_url: str = field(repr=False)
    host: str
    port: int
    url: str
    trusted_proxies: tuple[str, ...]
    language: str
    max_file_mb: int
    max_upload_mb: int
    disk_reserve_mb: int
    backup_passphrase: str = field(repr=False)
    debug: bool

    @property
    def here(self) -> str:
        """Where the program itself listens."""
        return _address(self.host, self.port)

    @property
    def is_local(self) -> bool:
        """Do only people on this machine reach the pages?"""
        return {self.host, urlsplit(self.url).hostname} <= LOOPBACK

    @property
    def allowed_hosts(self) -> list[str]:
        """The hosts that requests may name: that of the public address, and loopback."""
        return [urlsplit(self.url).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]

    @property
    def secret_key(self) -> str:
        """The key of this installation, made at the first start, readable by its owner alone."""
        place = self.data_dir / "keys" / "secret.key"
        if not place.exists():
            _make_key(place)
        return place.read_text().strip()


def _address(host: str, port: object) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _make_key(place: Path) -> None:
    """Of two programs that start at once the first one's key stands, and nobody sees half of it."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = place.with_name(f"{place.name}.{os.getpid()}")
    with os.fdopen(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(64))
    with suppress(FileExistsError):
        os.link(part, place)
    part.unlink()


def load(given: Mapping[str, str] | None = None) -> Environment:
    """Read and check every setting; raises SettingError with one sentence."""
    environ = os.environ if given is None else given
    known = {setting.name for setting in SETTINGS}
    for name in environ:
        if name.startswith("SHENAVA_") and name not in known:
            raise SettingError(f"{name} is not a setting of Shenava; the settings are listed in docs/operations.md.")
    values = {setting.name: _value(setting, environ) for setting in SETTINGS}
    host, port = str(values["SHENAVA_HOST"]), values["SHENAVA_PORT"]
    return Environment(
        data_dir=Path(str(values["SHENAVA_DATA"]) or _default_data()).absolute(),
        database_url=str(values["DATABASE_URL"]),
        host=host,
        port=port,  # type: ignore[arg-type]
        url=str(values["SHENAVA_URL"]) or _address(host, port),
        trusted_proxies=values["SHENAVA_TRUSTED_PROXIES"],  # type: ignore[arg-type]
        language=str(values["SHENAVA_LANGUAGE"]),
        max_file_mb=values["SHENAVA_MAX_FILE_MB"],  # type: ignore[arg-type]
        max_upload_mb=values["SHENAVA_MAX_UPLOAD_MB"],  # type: ignore[arg-type]
        disk_reserve_mb=values["SHENAVA_DISK_RESERVE_MB"],  # type: ignore[arg-type]
        backup_passphrase=str(values["SHENAVA_BACKUP_PASSPHRASE"]),
        debug=bool(values["SHENAVA_DEBUG"]),
    )


def _value(setting: Setting, environ: Mapping[str, str]) -> object:
    text = environ.get(setting.name, "") or setting.default
    try:
        return setting.parse(text)
    except ValueError as fault:
        shown = "" if setting.is_secret else f" is {text!r}, but it"
        raise SettingError(f"{setting.name}{shown} {fault}.") from None


def _default_data() -> str:
    if os.geteuid() == 0:
        return f"/var/lib/shenava/{sha256(str(ROOT).encode()).hexdigest()[:8]}"
    return str(ROOT / "var" / "data")
