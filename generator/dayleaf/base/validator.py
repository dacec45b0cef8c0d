"""The one validator of the site's TOML files: keys, types and ranges, with the line of a mistake.

`site.toml`, `authors.toml`, `venues.toml` and `names.toml` each say by Rules what their tables may
hold. It knows no key of any of them.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dayleaf.base.errors import ConfigError, Finding, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEAD = re.compile(r"[ \t]*\[")
_AT_LINE = re.compile(r"\(at line (\d+)")
_KINDS: dict[type, str] = {
    str: "text in quotes",
    int: "a whole number",
    bool: "true or false",
    list: 'a list, ["..."]',
    dict: "a table",
}
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
"""What names a table or a page."""
ADDRESS = re.compile(r"https?://")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a key may hold."""

    kind: type[str | int | bool | list[str] | dict[str, object]] = str
    """A number is 1 or more; a list holds text, none of it blank."""
    choices: tuple[str, ...] = ()
    """The only values, if there are any."""
    pattern: re.Pattern[str] | None = None
    """What a text that is not empty has to match from its beginning."""
    like: str = ""
    """What is expected, in words, where the pattern or the kind alone says too little."""
    instead: str = ""
    """A word that may stand in place of a number."""

    def expected(self, value: object) -> str:
        """Return the expected value in place of a wrong one; the empty string if it is right."""
        if self.instead and value == self.instead:
            return ""
        if type(value) is not self.kind:
            kind = (self.like if self.kind is list else "") or _KINDS[self.kind]
            return f'{kind} or "{self.instead}"' if self.instead else kind
        if isinstance(value, list):
            sound = all(isinstance(entry, str) and entry.strip() for entry in value)
            return "" if sound else self.like or _KINDS[list]
        if self.choices and value not in self.choices:
            return f"one of {', '.join(self.choices)}"
        if self.kind is int and int(str(value)) < 1:
            return "1 or more"
        if self.pattern and value and not self.pattern.match(str(value)):
            return self.like
        return ""


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a TOML file; it finds the lines of what stands there, as near as can be told."""

    file: str
    text: str

    def tables(self) -> dict[str, object]:
        """Return the parsed text. Raises ConfigError if it is not TOML."""
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            line = _AT_LINE.search(str(error))
            raise self.fault(
                f"a mistake: {error}", expected="TOML", line=int(line[1]) if line else None
            ) from None

    def head(self, name: str) -> int | None:
        """Return the line on which a table begins; None if it is not found."""
        name = rf"[\"']?{re.escape(name)}[\"']?"
        head = re.search(
            rf"^[ \t]*(?:\[\[?[ \t]*{name}[ \t]*\]|{name}[ \t]*[=.])", self.text, re.MULTILINE
        )
        return self.text.count("\n", 0, head.start()) + 1 if head else None

    def array(self, name: str, tables: object) -> list[tuple[dict[str, object], int]]:
        """Return the tables headed `[[name]]`, each with its line.

        `tables` is what TOML makes of them. Raises ConfigError where that is no array of tables.
        """
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            wanted = f"tables headed [[{name}]]"
            raise self.fault(repr(tables), expected=wanted, about=name, line=self.head(name))
        heads = re.compile(rf"^[ \t]*\[\[[ \t]*{re.escape(name)}[ \t]*\]\]", re.MULTILINE)
        lines = [self.text.count("\n", 0, head.start()) + 1 for head in heads.finditer(self.text)]
        if len(lines) != len(tables):  # written in some other way, which says no lines
            lines = [1] * len(tables)
        return list(zip(tables, lines, strict=True))

    def line(self, key: str, *, below: int = 0) -> int | None:
        """Return the line of a key in the table that begins on line `below`, 0 for the first.

        If it is not found there, that is the table's own line, or that of a table of that name.
        """
        sets = re.compile(rf"[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=")
        for number, line in enumerate(self.text.split("\n")[below:], below + 1):
            if sets.match(line):
                return number
            if _HEAD.match(line):
                break
        return below or self.head(key)

    def fault(
        self, found: str, *, expected: str = "", advice: str = "", about: str = "", line: int | None
    ) -> ConfigError:
        """Return the error for something that is wrong on a line."""
        return ConfigError(Finding(found, expected, advice, about, self.file, line))

    def check(
        self,
        table: Mapping[str, object],
        rules: Mapping[str, Rule],
        *,
        about: str = "",
        below: int | None = None,
    ) -> None:
        """Look at the keys and values of a table, `about`; without a name, of the whole document.

        `below` is the line on which it begins, looked for only if it is None and needed. Raises
        ConfigError for the first key or value that is not as the rules say.
        """
        for key, value in table.items():
            known = key in rules
            expected = rules[key].expected(value) if known else ""
            if known and not expected:
                continue
            start = self.head(about) if below is None and about else below
            line = self.line(key, below=start or 0)
            if not known:
                fault, advice = f"unknown key {key!r}", nearest(key, rules)
                raise self.fault(fault, advice=advice, about=about, line=line)
            name = f"{about}.{key}" if about else key
            raise self.fault(repr(value), expected=expected, about=name, line=line)
