"""What readers of several formats share: dates, times, names and texts as files write them."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta

from dayleaf.archive import identifiers, names, taxonomy
from dayleaf.archive.model import Categories
from dayleaf.readers.days import day, is_ambiguous, month, of_epoch
from dayleaf.readers.days import of_path as day_of_path
from dayleaf.text import cleaned, to_plain

__all__ = [
    "LANGUAGES", "OTHERS", "categories", "day", "day_of_path", "is_ambiguous", "language_of",
    "link", "links", "month", "month_of", "of_epoch", "people", "plain", "spelled", "text", "time",
    "utc",
]  # fmt: skip

_TEX = re.compile(r"[\\{}$^]")
_SPACE = re.compile(r"\s+")
_TAG = re.compile(
    r"</?(?:a|b|i|em|strong|p|br|sub|sup|span|div|code|summary|details)\b[^<>]*+>", re.IGNORECASE
)
_LINK = re.compile(
    r"!?\[(?P<text>(?:[^\[\]]|\[[^\[\]]*+\])*+)\]"
    r"\((?P<address>[^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+)[^)]{0,300}+\)"
)
OTHERS = re.compile(
    r"(?<![,;，；、\s])[,;，；、\s]*(?:\b(?:and|&)\s+(?:\d+\s+)?(?:others|more)(?:\s+authors)?|\bet\.?\s*al\.?|"
    r"等(?:\s*\d+\s*(?:人|位\w*|名\w*))?|외\s*(?:\d+\s*)?[명인]?|(?:他|ほか|外)(?:\s*\d+\s*[名人])?|"
    r"\+\s*\d+(?:\s*(?:more|others|authors))?|[(（]\+?\d+\s+(?:more|others)[)）]|\.{3}|…)\W*\Z",
    re.IGNORECASE,
)
"""The end of a field that says that there are more authors than it names."""
_NOTE = re.compile(r"（[^（）]*）|[*†‡§¶⁰¹²³⁴⁵⁶⁷⁸⁹∗]+")
_WIDE = str.maketrans({"、": ", ", "，": ", ", "；": "; ", "·": ", ", "・": "・", "｜": ", "})
"""Signs between names that other scripts use."""
_JOINED = re.compile(r"\s+(?:und|et)\s+(?=[A-ZÀ-Þ])")
_INITIAL = re.compile(r"(?:[A-Z]{1,3}|(?:[A-Z]\.?[\s-]?){1,4})\.?\Z")
_INITIALS = re.compile(r"[^,;&]{2,40}, (?:[A-Z]\.?[ -]?){1,4}(?:,|;|\Z| and | & )")
_AND_INITIALS = re.compile(r"(?:and|&)\s")
_AND = re.compile(r"\s*(?:\band\b|&)\s+")
# Nothing in it that could part two names, or say that there are others.
_NAMESAKE = re.compile(r"\s+\d{4}\Z")
"""DBLP's number of a person among those of one name."""
_SINGLE = re.compile(r"(?:(?!\b(?:and|et|al|others|for|on)\b)[^\W\d_]|[ .'’-])+\Z", re.IGNORECASE)
# Marks of footnotes behind names, as HTML and TeX raise them.
_RAISED = re.compile(r"<sup>[^<>]{0,40}</sup>|\$?\^\{?[\d,*\\a-z\s]{1,30}\}?\$")
_EMPTY = frozenset(["", "none", "null", "nan", "n/a", "na", "-", "unknown"])
_LONGEST_EMPTY = max(map(len, _EMPTY))
_MILLENNIUM = 1_000
_NOTHING = timedelta()
_CJK = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
LANGUAGES = {
    "chinese": "zh", "english": "en", "japanese": "ja", "korean": "ko", "french": "fr",
    "german": "de", "spanish": "es", "portuguese": "pt", "italian": "it", "russian": "ru",
    "arabic": "ar", "vietnamese": "vi", "turkish": "tr", "dutch": "nl", "polish": "pl",
}  # fmt: skip
"""Languages as file names say them -> BCP 47 tags."""


def text(value: object) -> str | None:
    """Return a text on one line; None for what means absent, and for what is no text."""
    if value is None:
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    line = " ".join(cleaned(value).split())
    return None if len(line) <= _LONGEST_EMPTY and line.casefold() in _EMPTY else line


def time(value: object) -> str | None:
    """Return a time in UTC, `2021-12-19T02:50:23Z`, from ISO 8601 or RFC 822; None for others."""
    parsed = _parsed(value)
    return utc(parsed) if parsed else None


def written_day(value: object) -> str | None:
    """Return the day that a time names where it was written, `2021-12-19`, whatever day UTC has."""
    parsed = _parsed(value)
    return parsed.date().isoformat() if parsed and utc(parsed) else None


def _parsed(value: object) -> datetime | None:
    if not isinstance(value, str) or not value.strip():
        return None
    value = value.strip()
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        from email.utils import parsedate_to_datetime  # noqa: PLC0415 - 5 ms, in few formats

        try:
            return parsedate_to_datetime(value)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None


def utc(parsed: datetime) -> str | None:
    """Return a time in UTC; None for one that no paper has: before 1000 or out of range.

    Midnight elsewhere stands for a day, and keeps it.
    """
    if not (parsed.hour or parsed.minute or parsed.second) and (ahead := parsed.utcoffset()):
        parsed = parsed.replace(tzinfo=UTC) if ahead > _NOTHING else parsed
    try:
        parsed = parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    if parsed.year < _MILLENNIUM:
        return None
    return f"{parsed.replace(tzinfo=None, microsecond=0).isoformat()}Z"


def month_of(identifier: identifiers.Identifier) -> str | None:
    """Return the month in which arXiv gave an id out, `2021-12`; None for other identifiers."""
    if identifier.scheme != identifiers.ARXIV:
        return None
    digits = identifiers.bucket(identifier.value)
    year, month = int(digits[:2]), int(digits[2:])
    century = 1900 if year > 90 else 2000  # noqa: PLR2004 - arXiv began in 1991
    return f"{century + year}-{month:02}" if 1 <= month <= 12 else None  # noqa: PLR2004


def people(value: object) -> tuple[tuple[str, ...], bool]:
    """Return the names of a list or a field of authors, and whether there are others."""
    if isinstance(value, dict):
        inner = value.get("author") or value.get("authors")
        value = inner if isinstance(inner, list) else [inner or value]
    if isinstance(value, str):
        return _split(value)
    if not isinstance(value, list):
        return (), False
    named: list[str] = []
    others = False
    for entry in value:
        name, more = _person(entry)
        named += name
        others = others or more
    return tuple(named), others


def categories(value: object, primary: object = None) -> Categories:
    """Return the categories of a list or a field; the first is the primary one if none is named."""
    if isinstance(value, list):
        value = ", ".join(filter(None, map(text, value)))
    field = text(value) or ""
    if " " in field and not re.search(r"[,;()]", field):
        field = field.replace(" ", ", ")  # as arXiv's metadata have them
    first = text(primary)
    if first and first in re.split(r"[\s,;]+", field):
        field = f"**{first}**, {field}"
    elif first:
        field = f"**{first}**, {field}" if field else first
    return taxonomy.classify(field)


def language_of(words: str) -> str:
    """Return the language of a text as far as its script tells; empty where it does not."""
    if _KANA.search(words):
        return "ja"
    if _HANGUL.search(words):
        return "ko"
    return "zh" if _CJK.search(words) else ""


def link(cell: str) -> tuple[str, str] | None:
    """Return text and address of the first Markdown link; None where there is none."""
    match = _LINK.search(cell)
    return (plain(match["text"]), match["address"]) if match else None


def links(line: str) -> list[tuple[str, str]]:
    """List text and address of every Markdown link of a line."""
    return [(plain(match["text"]), match["address"]) for match in _LINK.finditer(line)]


def plain(markup: str) -> str:
    """Return the plain text of Markdown or HTML: links by their text, no tags, no stars."""
    words = _LINK.sub(lambda match: match["text"], markup)
    words = html.unescape(_TAG.sub(" ", words))
    return _SPACE.sub(" ", words.replace("**", "")).strip()


def _split(field: str) -> tuple[tuple[str, ...], bool]:
    words = _SPACE.sub(" ", plain(_RAISED.sub("", field))).strip().rstrip("。")
    named = OTHERS.sub("", words)
    others = named != words
    named = _JOINED.sub(", ", named)
    if not named.isascii():
        named = _NOTE.sub("", named).translate(_WIDE)
    if _INITIALS.match(named):
        named = _joined(named)
    return names.split(spelled(named)).names, others


def _joined(field: str) -> str:
    """Return `Quill, A., Fenn, B.` as `A. Quill, B. Fenn`; a field of another form as it is."""
    parts = [part.strip() for part in field.rstrip(", ").split(",")]
    last = parts[-1]
    if _AND_INITIALS.match(last) or len(parts) % 2:
        parts = [piece for part in parts for piece in _AND.split(part) if piece]
    if len(parts) % 2 or not all(map(_INITIAL.match, parts[1::2])):
        return field
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return ", ".join(f"{given} {family}" for family, given in pairs)


def spelled(field: str) -> str:
    """Return a field of authors with the TeX of each name in Unicode, without braces."""
    if not _TEX.search(field):
        return field
    return ",".join(map(_spell, _RAISED.sub("", field).split(",")))


def _spell(name: str) -> str:
    return to_plain(name).translate({ord("{"): None, ord("}"): None}) if _TEX.search(name) else name


def _person(entry: object) -> tuple[list[str], bool]:
    """Return an entry of a list of authors: a name, an object, or family and given name."""
    if isinstance(entry, dict):
        parts = (text(entry.get(key)) for key in ("given", "first", "family", "last"))
        called = (entry.get(key) for key in ("name", "full_name", "fullname", "author", "text"))
        entry = next(filter(None, called), None) or " ".join(filter(None, parts))
    if isinstance(entry, list):  # authors_parsed: family name, given name, suffix
        parts = (" ".join(str(part or "").split()) for part in entry)
        family, given, suffix, *_ = *parts, "", "", ""
        entry = f"{given} {family}{f', {suffix}' if suffix else ''}"
    if not isinstance(entry, str) or not entry.strip():
        return [], False
    name = _spell(" ".join(cleaned(entry).split()))
    if _SINGLE.match(name) and (whole := names.split_tidy(name)):
        return list(whole), False
    named = OTHERS.sub("", name)
    return list(names.of_entry(_NAMESAKE.sub("", named))), named != name
