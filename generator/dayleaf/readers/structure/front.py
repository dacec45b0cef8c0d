"""Front matter: YAML between `---`, TOML between `+++`, or JSON, before a note."""

from __future__ import annotations

import json
import re
import tomllib
from typing import NamedTuple

_YAML = re.compile(
    r"\ufeff?\s*---[ \t]*\n(?P<inner>.*?)(?:\n|\A)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
_TOML = re.compile(r"\ufeff?\s*\+\+\+[ \t]*\n(?P<inner>.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_LONGEST = 200_000
_KEY = re.compile(r"(?P<key>[\w.-]+)\s*:\s*(?P<value>.*)\Z")


class FrontMatter(NamedTuple):
    """What stands before a note."""

    fields: dict[str, object]
    """By their names as written."""
    body: str
    """The rest of the text, with as many line feeds before it as front matter had."""
    fault: str = ""
    """What is wrong with it, if it could be read only line by line."""


def split(text: str) -> FrontMatter:
    """Take the front matter off a note; no fields where it has none."""
    head = text[:_LONGEST]
    for pattern, load in ((_YAML, _yaml), (_TOML, _toml)):
        if match := pattern.match(head):
            fields, fault = load(match["inner"])
            if fields:
                return FrontMatter(fields, "\n" * match[0].count("\n") + text[match.end() :], fault)
    return FrontMatter({}, text)


def load_yaml(text: str) -> object:
    """Load YAML. Raises ValueError where it is none."""
    import yaml  # noqa: PLC0415 - 20 ms that few archives need

    try:
        return yaml.load(text, Loader=_loader())  # noqa: S506 - a loader of plain values
    except (yaml.YAMLError, RecursionError, ValueError, TypeError, OverflowError) as error:
        fault = " ".join(str(error).split())
        raise ValueError(fault) from None


def _loader() -> type:
    """Return a safe loader that leaves dates, and numbers like `2606.01000`, as they are written.

    And without aliases, a few of which make a file of a kilobyte fill the memory.
    """
    import yaml  # noqa: PLC0415

    class PlainLoader(yaml.SafeLoader):
        """Loads text, true and false, null, lists and maps."""

        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            """Refuse an alias."""
            if self.check_event(yaml.events.AliasEvent):
                raise ValueError("an alias, which no digest needs")
            return super().compose_node(parent, index)

    PlainLoader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in known if tag.endswith((":bool", ":null"))]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return PlainLoader


def _yaml(inner: str) -> tuple[dict[str, object], str]:
    try:
        matter = load_yaml(inner)
    except ValueError as error:
        return _by_lines(inner), str(error)
    return (_keyed(matter), "") if isinstance(matter, dict) else ({}, "")


def _by_lines(inner: str) -> dict[str, object]:
    """Read almost-YAML line by line, such as a title with a colon in it."""
    fields: dict[str, object] = {}
    for line in inner.split("\n"):
        if match := _KEY.match(line):
            value = match["value"].strip()
            if value[:1] == value[-1:] and value[:1] in {"'", '"'} and len(value) > 1:
                value = value[1:-1]
            if value.startswith("[") and value.endswith("]"):
                fields[match["key"]] = [
                    entry.strip().strip("\"'") for entry in value[1:-1].split(",") if entry.strip()
                ]
            elif value:
                fields[match["key"]] = value
    return fields


def _toml(inner: str) -> tuple[dict[str, object], str]:
    try:
        table = tomllib.loads(inner)
    except tomllib.TOMLDecodeError as error:
        return {}, str(error)
    plain = json.loads(json.dumps(table, default=str))
    return _keyed(plain), ""


def _keyed(matter: dict[object, object]) -> dict[str, object]:
    return {str(key): value for key, value in matter.items() if value is not None}
