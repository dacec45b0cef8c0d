"""`site.toml` -> Config: every setting, validated, with its default.

It knows the settings' names and types, and never looks at the content that they speak of.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args
from urllib.parse import quote, urlsplit

from dayleaf.errors import ConfigError
from dayleaf.hosts import HOSTS

if TYPE_CHECKING:
    from collections.abc import Mapping

Granularity = Literal["paper", "day"]
AUTO = "auto"
"""`authors.minimum` where nobody chooses: as few as the host has room for."""

FILE = "site.toml"
ABOUT = "about.md"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\Z", re.IGNORECASE)
CACHE = ".dayleaf"
_TOPICS = "topics"
_TOPIC_HEAD = re.compile(r"^[ \t]*\[\[[ \t]*topics[ \t]*\]\]", re.MULTILINE)
_TOPIC_LISTS = ("all", "any", "none", "authors", "categories", "venues")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_SLUG_WORD = re.compile(r"[a-z0-9]+")


class Topic(NamedTuple):
    """A standing search of the keeper's: a paper belongs to it that meets every condition given."""

    title: str
    slug: str
    """Its address, `gaussian-splatting`."""
    line: int
    """Where it stands in `site.toml`."""
    all: tuple[str, ...] = ()
    """Words and phrases of title or abstract, each of which a paper has to have."""
    any: tuple[str, ...] = ()
    """Of these at least one."""
    none: tuple[str, ...] = ()
    """Of these none."""
    authors: tuple[str, ...] = ()
    """At least one of these names."""
    categories: tuple[str, ...] = ()
    """At least one of these codes."""
    venues: tuple[str, ...] = ()
    """At least one of these venues, `cvpr` or `cvpr 2024`."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a site, paths resolved against the site's folder."""

    site: Path
    """The folder that commands act on."""
    content: Path
    output: Path
    title: str = "Daily digests"
    description: str = ""
    language: str = "en"
    """A BCP 47 tag: the pages' `lang`, and the language that search stems in."""
    base_url: str = ""
    """Where the site will live, with a slash at its end; empty where nobody has said."""
    host: str = "github-pages"
    """One of `hosts.HOSTS`."""
    minimum_papers: int = 0
    """`authors.minimum`: how many papers give an author a page of their own; 0 stands for `auto`,
    which `fit.resolved` puts a number in place of."""
    granularity: Granularity = "paper"
    """`search.granularity`: what one search record stands for."""
    summaries: bool = True
    """`search.summaries`: whether summaries that somebody made of papers are searched."""
    shard: int = 12_000
    """`search.shard`: how many papers share an index, at most."""
    author_feed: int = 20
    """`authors.feed`: authors with more papers than that have a feed."""
    topics: tuple[Topic, ...] = ()
    """`[[topics]]`, in their order."""
    offline: bool = True
    """Whether readers may keep the site on their devices."""
    publish_to: str = ""
    """`publish.to`: where `dayleaf publish` sends the site, as rclone names it."""

    @property
    def cache(self) -> Path:
        """The folder of the catalog and the cached search shards."""
        return self.site / CACHE

    @property
    def layouts(self) -> Path:
        """The site's own layouts, which override those that come with Dayleaf."""
        return self.site / "layouts"


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of `site.toml`."""

    key: str
    """As written, `authors.minimum` for `minimum` in the table `authors`."""
    field: str
    """The field of Config."""
    kind: type[str | int | bool | Path]
    choices: tuple[str, ...] = ()
    says: str = ""
    """What it does, for the documents."""


SETTINGS = (
    Setting("title", "title", str, says="the site's name, in the masthead and in every title"),
    Setting("description", "description", str, says="one sentence, on the home page and in feeds"),
    Setting("language", "language", str, says="a BCP 47 tag such as `en`"),
    Setting("base_url", "base_url", str, says="`https://user.github.io/repo/`, where it is hosted"),
    Setting("content", "content", Path, says="the folder of the digests"),
    Setting("output", "output", Path, says="the folder that the site is written to"),
    Setting("host", "host", str, tuple(HOSTS), says="whose limits the site must fit"),
    Setting(
        "authors.minimum",
        "minimum_papers",
        int,
        (AUTO,),
        says='papers that make an author\'s page; `"auto"` as few as the host has room for',
    ),
    Setting("authors.feed", "author_feed", int, says="papers beyond which an author has a feed"),
    Setting(
        "search.granularity",
        "granularity",
        str,
        get_args(Granularity),
        says="what one search record stands for; `day` makes far fewer files",
    ),
    Setting(
        "search.summaries",
        "summaries",
        bool,
        says="whether summaries that a digest has beside abstracts are searched too",
    ),
    Setting("search.shard", "shard", int, says="papers in one index; fewer need less memory"),
    Setting("offline", "offline", bool, says="whether readers can keep pages on their devices"),
    Setting("publish.to", "publish_to", str, says="where `dayleaf publish` sends the site"),
)
_TABLES = frozenset(s.key.partition(".")[0] for s in SETTINGS if "." in s.key)


def load(site: Path, *, overrides: Mapping[str, str | Path | None] | None = None) -> Config:
    """Read the settings of the site in a folder; no `site.toml` means every default.

    `overrides` are fields of Config from the command line, None where not given: a path among them
    is relative to the current folder, one in `site.toml` to the site's.
    """
    site = site.resolve()
    config = parse(beside(site, FILE) or "", site=site)
    given = {field: value for field, value in (overrides or {}).items() if value is not None}
    if "base_url" in given:
        given["base_url"] = base_url(str(given["base_url"]), where="--base-url")
    for field in ("content", "output"):
        if field in given:
            given[field] = Path(given[field]).resolve()
    return replace(config, **given)  # type: ignore[arg-type]


def about(config: Config) -> str | None:
    """Return the Markdown of the site's own prose page, `about.md`; None where it has none."""
    return beside(config.site, ABOUT)


def beside(site: Path, name: str) -> str | None:
    """Return the text of a file in the site's folder; None where there is none.

    Raises ConfigError where it is not UTF-8.
    """
    file = site / name
    try:
        return file.read_text(encoding="utf-8-sig") if file.is_file() else None
    except UnicodeDecodeError as error:
        raise ConfigError(_not_utf8(name, error)) from None


def tables(text: str, name: str) -> dict[str, object]:
    """Read the text of a TOML file of the site's. Raises ConfigError where it is none."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"{name}: expected TOML, found a mistake: {error}"
        raise ConfigError(message) from None


def line_of(key: str, text: str) -> int:
    """Return the line on which a key or table of a TOML file begins, as near as can be told."""
    found = re.search(rf"^[ \t\[]*[\"']?{re.escape(key)}", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _not_utf8(name: str, error: UnicodeDecodeError) -> str:
    line = error.object.count(b"\n", 0, error.start) + 1
    found = error.object[error.start]
    return f"{name}:{line}: expected UTF-8, found the byte 0x{found:02x}; save the file as UTF-8"


def parse(text: str, *, site: Path) -> Config:
    """Read the text of a `site.toml`. Raises ConfigError with the line of what is wrong."""
    document = tables(text, FILE)
    known = {setting.key: setting for setting in SETTINGS}
    topics = document.pop(_TOPICS, [])
    values: dict[str, object] = {"site": site, "topics": _topics(topics, text)}
    for key, value in _flat(document):
        if key not in known:
            raise ConfigError(_unknown(key, text))
        setting = known[key]
        values[setting.field] = _value(setting, value, text)
    for field, default in (("content", "content"), ("output", "public")):
        values[field] = (site / str(values.get(field, default))).resolve()
    return Config(**values)  # type: ignore[arg-type]


def _topics(given: object, text: str) -> tuple[Topic, ...]:
    """Check the keeper's topics."""
    lines = [text.count("\n", 0, one.start()) + 1 for one in _TOPIC_HEAD.finditer(text)]
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        message = (
            f"{_where(_TOPICS, text)}: topics: expected tables headed [[topics]], found {given!r}"
        )
        raise ConfigError(message)
    if len(lines) != len(given):  # written in some other way, which says no lines
        lines = [1] * len(given)
    found = tuple(_topic(one, line) for one, line in zip(given, lines, strict=True))
    for place, one in enumerate(found):
        if one.slug in {other.slug for other in found[:place]}:
            raise ConfigError(
                f"{FILE}:{one.line}: expected an address that no other topic has, found "
                f'{one.slug!r} again; give one of them an address = "..." of its own'
            )
    return found


def _topic(given: Mapping[str, object], line: int) -> Topic:
    where = f"{FILE}:{line}"
    title = given.get("title")
    if not isinstance(title, str) or not title.strip():
        raise ConfigError(f'{where}: expected a topic with a title = "...", found {title!r}')
    address = given.get("address", "-".join(_SLUG_WORD.findall(title.lower())))
    if not isinstance(address, str) or not _SLUG.match(address):
        raise ConfigError(
            f'{where}: {title}: expected an address = "..." of lower-case letters, figures and '
            f"hyphens, found {address!r}"
        )
    lists: dict[str, tuple[str, ...]] = {}
    for key, value in given.items():
        if key in {"title", "address"}:
            continue
        if key not in _TOPIC_LISTS:
            near = difflib.get_close_matches(key, (*_TOPIC_LISTS, "title", "address"), n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(_TOPIC_LISTS)}"
            raise ConfigError(f"{where}: {title}: unknown key {key!r}; {hint}")
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise ConfigError(f'{where}: {title}: {key}: expected a list, ["..."], found {value!r}')
        lists[key] = tuple(value)
    if not any(lists.get(key) for key in _TOPIC_LISTS if key != "none"):
        raise ConfigError(
            f"{where}: {title}: expected at least one of "
            f"{', '.join(key for key in _TOPIC_LISTS if key != 'none')}, found none; say what "
            "belongs to the topic"
        )
    return Topic(title.strip(), address, line, **lists)


def base_url(value: str, *, where: str) -> str:
    """Check a base URL and give it its closing slash; the empty string stays empty."""
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        host = (parts.hostname or "").encode("idna").decode()  # the name's form in addresses
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # a port that is none, a name that cannot be
        parts, host, port = urlsplit(""), "", ""
    path = f"{parts.path.rstrip('/')}/" if host else ""
    if (
        parts.scheme not in {"http", "https"}
        or not _HOST.match(host)
        or parts.username is not None
        or parts[3:] != ("", "")
        or quote(path, safe="/%~") != path  # 404.html prints it without quotes
        or "//" in path
    ):
        message = f"{where}: expected an address like https://user.github.io/repo/, found {value!r}"
        raise ConfigError(message)
    return f"{parts.scheme}://{host}{port}{path}"


def _flat(document: Mapping[str, object]) -> list[tuple[str, object]]:
    """List a document's keys with those of its tables, `authors.minimum`."""
    pairs: list[tuple[str, object]] = []
    for key, value in document.items():
        if isinstance(value, dict) and key in _TABLES:
            pairs += [(f"{key}.{inner}", found) for inner, found in value.items()]
        else:
            pairs.append((key, value))
    return pairs


def _value(setting: Setting, value: object, text: str) -> object:
    """Check one value against its setting."""
    where = _where(setting.key, text)
    if setting.kind is int and value == AUTO and AUTO in setting.choices:
        return 0
    wanted = str if setting.kind is Path else setting.kind
    if type(value) is not wanted:
        kind = {int: "a whole number", bool: "true or false"}.get(wanted, "text in quotes")
        kind += f' or "{AUTO}"' * (AUTO in setting.choices)
        message = f"{where}: {setting.key}: expected {kind}, found {value!r}"
        raise ConfigError(message)
    if setting.choices and setting.kind is str and value not in setting.choices:
        message = (
            f"{where}: {setting.key}: expected one of {', '.join(setting.choices)}, found {value!r}"
        )
        raise ConfigError(message)
    if setting.field == "language" and not _LANGUAGE.match(str(value)):
        message = f"{where}: language: expected a BCP 47 tag such as 'en', found {value!r}"
        raise ConfigError(message)
    if setting.field == "base_url":
        return base_url(str(value), where=f"{where}: base_url")
    if setting.kind is int and int(str(value)) < 1:
        message = f"{where}: {setting.key}: expected 1 or more, found {value!r}"
        raise ConfigError(message)
    return value


def _unknown(key: str, text: str) -> str:
    near = difflib.get_close_matches(key, [s.key for s in SETTINGS], n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(s.key for s in SETTINGS)}"
    return f"{_where(key, text)}: unknown setting {key!r}; {hint}"


def _where(key: str, text: str) -> str:
    """Return `site.toml:3`, the line that a key stands on, as near as can be told."""
    last = re.escape(key.rpartition(".")[2])
    match = re.search(rf"^[ \t]*(?:\[?{re.escape(key)}|\"?{last}\"?[ \t]*=)", text, re.MULTILINE)
    return f"{FILE}:{text.count(chr(10), 0, match.start()) + 1}" if match else FILE
