"""`site.toml` -> Config: every setting, validated, with its default.

It knows the settings' names and types, and never looks at the content that they speak of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from dayleaf.base import base_urls, own_formats, volumes
from dayleaf.base.errors import ConfigError, Finding
from dayleaf.base.hosts import HOSTS
from dayleaf.base.validator import SLUG, Document, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dayleaf.base.own_formats import OwnFormat
    from dayleaf.base.volumes import Volume

Granularity = Literal["paper", "day"]
AUTO = "auto"
"""`authors.minimum` where nobody chooses: as few as the host has room for."""

FILE = "site.toml"
OUTPUT = "public"
"""The folder that a build writes to, unless the settings name another."""
ABOUT = "about.md"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
CACHE = ".dayleaf"
_TOPICS = "topics"
_TOPIC_LISTS = ("all", "any", "none", "authors", "categories", "venues")
_TOPIC_ADDRESS = 'an address = "..." of lower-case letters, figures and hyphens'
_TOPIC_RULES = {name: Rule(list) for name in _TOPIC_LISTS} | {
    "title": Rule(),
    "address": Rule(pattern=SLUG, like=_TOPIC_ADDRESS),
}
_SLUG_WORD = re.compile(r"[a-z0-9]+")


class Topic(NamedTuple):
    """A standing search of the keeper's: its papers meet every condition that is set."""

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
    """The address of the published site, with a slash at its end; empty if not set."""
    host: str = "github-pages"
    """One of `hosts.HOSTS`."""
    minimum_papers: int = 0
    """`authors.minimum`: how many papers give an author a page of their own; 0 stands for `auto`,
    which `fit.resolved` puts a number in place of."""
    granularity: Granularity = "paper"
    """`search.granularity`: the unit of a search record."""
    summaries: bool = True
    """`search.summaries`: whether search covers summaries of papers."""
    shard: int = 12_000
    """`search.shard`: how many papers share an index, at most."""
    author_feed: int = 20
    """`authors.feed`: authors with more papers than that have a feed."""
    topics: tuple[Topic, ...] = ()
    """`[[topics]]`, in their order."""
    formats: tuple[OwnFormat, ...] = ()
    """`[[formats]]`, in their order."""
    volumes: tuple[Volume, ...] = ()
    """`[[volumes]]`, oldest first."""
    volume: Volume | None = None
    """The volume that is built; None for the site itself."""
    offline: bool = True
    """Whether readers may keep the site on their devices."""
    publish_to: str = ""
    """`publish.to`: where `dayleaf publish` sends the site, as rclone names it."""

    @property
    def cache(self) -> Path:
        """The folder of the catalog and the cached search shards."""
        return self.site / CACHE

    @property
    def address(self) -> str:
        """The base URL of what is built, the site or a volume."""
        return self.volume.base_url if self.volume else self.base_url

    def published(self, day: str) -> str:
        """Return the full address of a day, or of a paper there: `2021/12/19/#2112.10046`.

        It is that of the volume that has the day. Empty where no base URL is known.
        """
        volume = volumes.of(day, self.volumes)
        return f"{volume.base_url if volume else self.base_url}{day}" if self.base_url else ""

    def folder_of(self, volume: Volume) -> Path:
        """Return the folder in which a volume is built, unless a command names another."""
        return self.site / volumes.FOLDER / volume.name

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

    @property
    def rule(self) -> Rule:
        """Return what it may hold."""
        if self.kind is int:
            return Rule(int, instead=self.choices[0] if self.choices else "")
        if self.field == "language":
            return Rule(pattern=_LANGUAGE, like="a BCP 47 tag such as 'en'")
        return Rule(bool) if self.kind is bool else Rule(choices=self.choices)


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
_SETTINGS = {setting.key: setting for setting in SETTINGS}
_TABLES = frozenset(s.key.partition(".")[0] for s in SETTINGS if "." in s.key)


def load(site: Path, *, overrides: Mapping[str, str | Path | None] | None = None) -> Config:
    """Read the settings of the site in a folder; no `site.toml` means every default.

    `overrides` are fields of Config from the command line, None where not given: a path among them
    is relative to the current folder, one in `site.toml` to the site's.
    """
    site = site.resolve()
    config = parse(beside(site, FILE) or "", site=site)
    chosen = {field: value for field, value in (overrides or {}).items() if value is not None}
    if "base_url" in chosen:
        chosen["base_url"] = base_urls.checked(str(chosen["base_url"]), about="--base-url")
    for field in ("content", "output"):
        if field in chosen:
            chosen[field] = Path(chosen[field]).resolve()
    config = replace(config, **chosen)  # type: ignore[arg-type]
    volumes.check(config.volumes, config.base_url, file=FILE)
    return config


def of_volume(config: Config, name: str, *, output: Path | None = None) -> Config:
    """Return the settings by which a volume is built, into a folder or that of its name.

    Raises ConfigError where there is no such volume.
    """
    volume = volumes.named(name, config.volumes)
    return replace(config, volume=volume, output=output or config.folder_of(volume))


def parts(config: Config) -> dict[str, Path]:
    """Return the folders in which the site and its volumes are built, by base URL."""
    site = own_output(config.site) if config.volume else config.output
    folders = {volume.base_url: config.folder_of(volume) for volume in config.volumes}
    return {config.base_url: site, **folders}


def own_output(site: Path) -> Path:
    """Return the output folder that the settings of a site name, before any option of a command."""
    return parse(beside(site, FILE) or "", site=site).output


def undivided(config: Config) -> Config:
    """Return the settings of a site without volumes, which holds every day itself."""
    return replace(config, volumes=(), volume=None)


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


def _not_utf8(name: str, error: UnicodeDecodeError) -> Finding:
    line = error.object.count(b"\n", 0, error.start) + 1
    byte = f"the byte 0x{error.object[error.start]:02x}"
    return Finding(byte, "UTF-8", "save the file as UTF-8", file=name, line=line)


def parse(text: str, *, site: Path) -> Config:
    """Read the text of a `site.toml`. Raises ConfigError with the line of the fault."""
    document = Document(FILE, text)
    tables = document.tables()
    topics = _topics(tables.pop(_TOPICS, []), document)
    formats = own_formats.read(tables.pop(own_formats.FORMATS, []), document)
    divided = volumes.read(tables.pop(volumes.VOLUMES, []), document)
    values: dict[str, object] = {"site": site, "topics": topics, "formats": formats}
    values["volumes"] = divided
    alone = {key: s.rule for key, s in _SETTINGS.items() if "." not in key}
    document.check(tables, alone | dict.fromkeys(sorted(_TABLES), Rule(dict)))
    for key, value in tables.items():
        if isinstance(value, dict):
            _check_table(key, value, document)
    for key, value in _flat(tables).items():
        setting = _SETTINGS[key]
        values[setting.field] = 0 if setting.kind is int and value == AUTO else value
    if "base_url" in values:
        address, line = str(values["base_url"]), document.line("base_url")
        values["base_url"] = base_urls.checked(address, about="base_url", file=FILE, line=line)
    for field, default in (("content", "content"), ("output", OUTPUT)):
        values[field] = (site / str(values.get(field, default))).resolve()
    return Config(**values)  # type: ignore[arg-type]


def _check_table(name: str, table: Mapping[str, object], document: Document) -> None:
    """Check the settings of a table, `[authors]`."""
    start = f"{name}."
    rules = {
        key.removeprefix(start): setting.rule
        for key, setting in _SETTINGS.items()
        if key.startswith(start)
    }
    document.check(table, rules, about=name)


def _topics(tables: object, document: Document) -> tuple[Topic, ...]:
    """Check the keeper's topics."""
    topics = tuple(_topic(table, line, document) for table, line in document.array(_TOPICS, tables))
    for place, topic in enumerate(topics):
        if topic.slug in {other.slug for other in topics[:place]}:
            raise document.fault(
                f"{topic.slug!r} again",
                expected="an address that no other topic has",
                advice='give one of them an address = "..." of its own',
                line=topic.line,
            )
    return topics


def _topic(table: Mapping[str, object], line: int, document: Document) -> Topic:
    title = table.get("title")
    if not isinstance(title, str) or not title.strip():
        wanted = 'a topic with a title = "..."'
        raise document.fault(repr(title), expected=wanted, line=line)
    address = "-".join(_SLUG_WORD.findall(title.lower()))
    document.check({"address": address, **table}, _TOPIC_RULES, about=title, below=line)
    address = str(table.get("address", address))
    if not address:
        raise document.fault("none", expected=_TOPIC_ADDRESS, about=title, line=line)
    lists = {key: tuple(value) for key in _TOPIC_LISTS if isinstance(value := table.get(key), list)}
    asked = [key for key in _TOPIC_LISTS if key != "none"]
    if not any(lists.get(key) for key in asked):
        raise document.fault(
            "none",
            expected=f"at least one of {', '.join(asked)}",
            advice="name what belongs to the topic",
            about=title,
            line=line,
        )
    return Topic(title.strip(), address, line, **lists)


def _flat(tables: Mapping[str, object]) -> dict[str, object]:
    """Return settings by their keys, `authors.minimum` for one in a table."""
    flat: dict[str, object] = {}
    for key, value in tables.items():
        inner = value.items() if isinstance(value, dict) else None
        flat |= {key: value} if inner is None else {f"{key}.{name}": v for name, v in inner}
    return flat
