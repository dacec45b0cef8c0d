"""Who is the same person, as far as a spelling can tell: splitting, folding, slugs.

A page stands for a folded name. Folding and slug are pure functions of one spelling, so an address
never depends on who else is in the archive or in which order names arrived.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse
from typing import NamedTuple

from dayleaf.archive import urls
from dayleaf.archive.name_parts import BODY, COMPANY

# Letters that decompose into no base letter, so that stripping marks alone would lose them.
LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe",
    "þ": "th", "ŋ": "n", "ŧ": "t", "ĸ": "k", "ə": "e", "ſ": "s",
    "ς": "σ",  # for scripts, which have no casefold()
}  # fmt: skip
_LETTERS = str.maketrans(LETTERS)
# What stands between words; every other sign (apostrophes, braces, asterisks) is dropped in place,
# so that `Mari{ñ}o` and `O'Brien` keep their words whole.
GAP = r"[\s\-\u2010-\u2015\u2212.,~_/\\&:;|+]+"
_GAP = re.compile(GAP)
_NOT_WORD = re.compile(r"[^\w ]|_")
_LATIN = re.compile(r"[a-z0-9]+")
_PLAIN = re.compile(r"[A-Za-z]+(?:[ -][A-Za-z]+)*\Z")
SUFFIX = r"(?:jr|sr|ii|iii|iv|2nd|3rd|4th|esq|ph\.?d|m\.?d)\.?"
"""What may stand behind a name after a comma, in letters of either case."""
_SUFFIX = re.compile(rf"{SUFFIX}\Z", re.IGNORECASE)
# Stands for people who are not named.
_OTHERS = re.compile(
    r"(?:\A|(?<![\s,;])[\s,;]+)(?:and\s+)?(?:(?:\d+\s+|many\s+)?others|et\.?\s*al\.?)\W*\Z",
    re.IGNORECASE,
)
_ON_BEHALF = re.compile(
    r"[(\[]?\s*(?:(?:on behalf of|representing)(?:\s+the)?|for\s+the)\s+(?P<name>.+?)\s*[)\]]?\Z",
    re.IGNORECASE,
)
_GROUP = re.compile(r"\b(?:collaborations?|consortium|team|group|project)\W*\Z", re.IGNORECASE)
_BODY = re.compile(BODY, re.IGNORECASE)
_COMPANY = re.compile(rf"{COMPANY}\Z")
_MEMBERS = re.compile(r"(?P<body>[^:：]*?)\s*[:：]\s*(?P<rest>.*)\Z")
_BYLINE = re.compile(r"(?:authors?|by|contributors?|members?)\Z", re.IGNORECASE)
_NAMED_APART = re.compile(
    r"\s(?:for|of)\s.*\s(?:and|&)\s+(?:\S+|(?:its|the|their)\s.*)\Z"
    r"|\s&\s+(?:Co\b|Sons\b|Daughters\b|Brothers\b|Associates\b|Company\b|Partners\b)"
    r"|\A(\S+) & \1\Z",
    re.IGNORECASE,
)
"""A body whose name holds `and` or `&`: `Centre for Lamps and Tides`, `Quill & Sons`."""
_MAIL = r"(?:mailto:)?[^\s<>()\[\],;@]{1,64}@[^\s<>()\[\],;@]{1,120}\.[a-zA-Z]{2,20}"
_ORCID = r"(?:https?://orcid\.org/)?\d{4}-\d{4}-\d{4}-\d{3}[\dX]"
_MAIL_FIRST = re.compile(rf"{_MAIL}\s*\((?P<name>[^()]+)\)\Z")
_BESIDE = re.compile(rf"[<(\[]?\s*(?:{_MAIL}|{_ORCID})\s*[>)\]]?")
"""An address or an ORCID beside a name."""
_MARK_OF_NOTE = (
    r"(?:\d{1,2}(?!\d)|[*#\u00a7\u00b2\u00b3\u00b6\u00b9\u2016\u2020\u2021\u204e\u2070\u2074-\u2079"
    r"\u2217\u22c6\u2605\u2709])"
)
_NOTES = re.compile(
    rf"(?<=[^\W\d_.])(\.?)(\s?{_MARK_OF_NOTE}(?:,?\s?{_MARK_OF_NOTE})*)(?=\s*(?:[,;]|and\s|&\s|\Z))"
)
"""Marks of footnotes behind a name, of which there may be several with commas between."""
_AND = re.compile(r"\s+(?:and|&)\s+|\A(?:and|&)\s+", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_LONGEST_SLUG = 96
_LONGEST_NAME = 300
"""Letters of a body's name."""
_MOST_PARTS = 2
"""Of one name, `Fenn, Bo`, between commas."""
# Whole fields that need no care, 99 % of the real archive's for splitting and 91 % for slugs: words
# that begin with a letter, one space between them, the names apart by `, ` or a line feed.
# No group is possessive: before 3.11.5 Python does not undo the last turn of one that fails.
# The rest of a word is whatever is no space, figure or sign but `.'-`, which takes less time to
# exclude than `\\w` takes to allow.
_REST = (
    r"[^\x00-&(-,/-@\[-`{-\xbf\xd7\xf7\u0600-\u060f\u1680\u2000-\u2bff\u3000-\u303f"
    r"\ufe00-\uffff]*+"
)
_TIDY = re.compile(rf"(?:[^\W\d_]{_REST},? )*[^\W\d_]{_REST}\Z")
_PLAIN_LINES = re.compile(r"(?:[A-Za-z]++\.?+[ \n-])*[A-Za-z]++\.?+\Z")
_SORTED = re.compile(r"[^\s,-]+")
_FOLDED_SUFFIXES = frozenset("jr sr ii iii iv 2nd 3rd 4th esq phd md".split())
_LONGEST_SUFFIX = len("ph.d.")
_CAREFUL = (" and ", ", and ", "et al", "et.al", "others", " for ", "on behalf")
"""What a tidy field may hold that wants care all the same."""
_MARK = re.compile(r"[()\[\],;]")
# Names that Windows reserves, and the one that the list of authors itself needs.
_TAKEN = urls.DEVICES | {"index"}


class AuthorsField(NamedTuple):
    """An Authors field, parsed."""

    names: tuple[str, ...]
    dropped: tuple[str, ...]
    """Parts between commas that hold no letter, such as `:`; nobody is called that."""


def split_tidy(field: str) -> tuple[str, ...] | None:
    """Return what `split` would, where a look at the field as a whole shows nothing to mend."""
    if not _TIDY.match(field) or field.startswith("and "):
        return None
    for word in _CAREFUL:  # not any(), which takes three times as long
        if word in field:
            return None
    parts = tuple(field.split(", "))
    return parts if min(map(len, parts)) > _LONGEST_SUFFIX else None


def split(field: str) -> AuthorsField:
    """Take an Authors field apart at its commas, or at its semicolons where it has any.

    `Jr.` and its like, split off by a comma, go back to the name before them. What stands in
    brackets is never split: behind a name it is an affiliation and no part of the name. `et al.`
    and `others` are nobody, ` and ` joins two people, and a collaboration stays whole. Marks of
    footnotes and addresses of mail are no part of a name.
    """
    if tidy := split_tidy(field):
        return AuthorsField(tidy, ())
    names: list[str] = []
    dropped: list[str] = []
    field = " ".join(_CONTROL.sub("", field).split())
    for part in _parts(unmarked(field)):
        for name in _people(part):
            if not any(map(str.isalpha, name)):
                if name:
                    dropped.append(name)
            elif names and (_SUFFIX.match(name) or _COMPANY.match(name)):
                names[-1] = f"{names[-1]}, {name}"
            else:
                names.append(name)
    return AuthorsField(tuple(names), tuple(dropped))


def of_entry(entry: str) -> tuple[str, ...]:
    """Return the names in an entry of a list of authors: mostly one person or body.

    A collaboration with a colon and members behind it are several, and so are names with several
    commas or with semicolons, which somebody has put into one entry. `Fenn, Bo` is turned.
    """
    entry = " ".join(_CONTROL.sub("", _OTHERS.sub("", entry)).split())
    entry = _without_affiliation(unmarked(entry))
    if match := _ON_BEHALF.match(entry):
        entry = match["name"]
    if (match := _MEMBERS.match(entry)) and _GROUP.search(match["body"]):
        return (match["body"], *split(match["rest"]).names)
    parts = [part for part in entry.split(", ") if not _SUFFIX.match(part)]
    if not is_body(entry) and (";" in entry or len(parts) > _MOST_PARTS):
        return split(entry).names
    return (_in_order(entry),) if any(map(str.isalpha, entry)) else ()


def _in_order(entry: str) -> str:
    """Return the name of an entry in spoken order: `Fenn, Bo` becomes `Bo Fenn`."""
    family, *rest = entry.split(", ")
    company = rest and _COMPANY.match(rest[-1])
    if not rest or company or _BODY.search(family) or _GROUP.search(entry):
        return entry
    people = [part for part in rest if not _BODY.search(part)]
    if len(people) < len(rest):  # where somebody works, or a body whose name holds commas
        if _AND.search(entry) or (not people and " " not in family):
            return entry
        rest = people
    suffix = "".join(f", {part}" for part in rest if _SUFFIX.match(part))
    given = "".join(f"{part} " for part in rest if not _SUFFIX.match(part))
    return f"{given}{family}{suffix}"


def is_body(name: str) -> bool:
    """Tell the name of an organization, a company or a collaboration from a person's."""
    last = name.rpartition(" ")[2]
    return _BODY.search(name) is not None or _COMPANY.match(last) is not None


def unmarked(field: str) -> str:
    """Return names without marks of footnotes, and without addresses of mail beside them.

    Figures are a mark where they follow on the last word of a person's name: `Ada Quill1`. `Team2`
    stays, and so do the four figures by which DBLP tells people apart.
    """
    if "@" in field and (match := _MAIL_FIRST.match(field)):
        return match["name"].strip()
    return " ".join(_NOTES.sub(_note, _BESIDE.sub("", field) or field).split())


def _note(match: re.Match[str]) -> str:
    text, start = match.string, match.start()
    name = text[max(text.rfind(",", 0, start), text.rfind(";", 0, start)) + 1 : start].strip()
    figures = match[2].replace(",", "").replace(" ", "").isdecimal()
    return match[0] if figures and (" " not in name or is_body(name)) else match[1]


def _parts(field: str) -> list[str]:
    """Split a field at the commas, or semicolons, that stand in no brackets."""
    marks = list(_MARK.finditer(field))
    # Brackets that do not match say nothing.
    opened = sum(mark[0] in "([" for mark in marks)
    plain = opened != sum(mark[0] in ")]" for mark in marks)
    parts: dict[str, list[str]] = {}
    for sign in ";,":
        depth = start = 0
        parts[sign] = []
        for mark in marks:
            if mark[0] in "([":
                depth += 1
            elif mark[0] in ")]":
                depth = max(depth - 1, 0)
            elif mark[0] == sign and (plain or not depth):
                parts[sign].append(field[start : mark.start()].strip())
                start = mark.end()
        parts[sign].append(field[start:].strip())
    if len(parts[";"]) > 1:
        return [_in_order(part) for part in parts[";"]]
    return parts[","]


def _people(part: str) -> list[str]:
    """Return the names of a part between commas: one, none, or two that `and` joins."""
    part = _OTHERS.sub("", part).strip()
    if match := _MEMBERS.match(part):  # `The Lantern Collaboration: Ada Quill`
        body, rest = match["body"], match["rest"]
        if _GROUP.search(body):
            return [body, *_people(rest)]
        if _BYLINE.match(body):
            part = rest
    if match := _ON_BEHALF.match(part):
        part = match["name"]
    part = _without_affiliation(part)
    head, joined, group = part.rpartition(" and the ")
    if joined and head and _GROUP.search(group):
        return [*_people(head), f"the {group}"]
    apart = len(part) < _LONGEST_NAME and _NAMED_APART.search(part)
    if _GROUP.search(part) or apart:
        return [part.removeprefix("and ")]
    return [name.strip() for name in _AND.split(part) if name.strip()]


def _without_affiliation(part: str) -> str:
    """Return a name without what stands in brackets behind it, if that leaves anything."""
    while part.endswith((")", "]")):
        depth = 0
        for place in range(len(part) - 1, -1, -1):
            depth += (part[place] in ")]") - (part[place] in "([")
            if not depth:
                break
        kept = part[:place].rstrip()
        if depth or not kept:
            return part
        part = kept
    return part


def fold(name: str) -> str:
    """Fold case, diacritics, hyphens and dots: `Jean-Luc É. Moreau` gives `jean luc e moreau`."""
    if _PLAIN.match(name):
        return name.lower().replace("-", " ")
    if name.isascii():
        base = name.lower()
    else:
        letters = unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS)
        # Once more, for what folding case has composed or left behind.
        letters = unicodedata.normalize("NFKD", letters)
        base = "".join(filterfalse(unicodedata.combining, letters))
    return " ".join(_NOT_WORD.sub("", _GAP.sub(" ", base)).split())


def slugs(names: tuple[str, ...]) -> list[str]:
    """Return the slug of each name; most papers' names need no folding and go through together."""
    lines = "\n".join(names)
    if _PLAIN_LINES.match(lines):
        folded = lines.lower().replace(".", "").replace(" ", "-").split("\n")
        if _TAKEN.isdisjoint(folded) and max(map(len, folded)) <= _LONGEST_SLUG:
            return folded
    return list(map(slug, names))


@lru_cache(maxsize=1 << 14)
def slug(name: str) -> str:
    """Return the file name, without its ending, of the page that a spelling belongs to.

    Equal folds give equal slugs and different folds different ones: where the fold holds letters
    outside `a-z0-9`, is too long, or is a name that file systems reserve, a hash of it is added.
    """
    folded = fold(name)
    plain = folded.replace(" ", "-")
    if plain.isascii() and 0 < len(plain) <= _LONGEST_SLUG and plain not in _TAKEN:
        return plain
    digest = hashlib.blake2b(folded.encode(), digest_size=5).hexdigest()
    kept = "-".join(_LATIN.findall(plain))[:_LONGEST_SLUG]
    return f"{kept}-{digest}" if kept else f"name-{digest}"


def sort_key(folded: str) -> str:
    """Return what lists of names go by, a folded name with its family name first: `gool-luc-van`.

    The last word is taken as the family name, suffixes aside, which is right more often than any
    other simple rule. Letters of other scripts are left out, and with them, at times, everything.
    """
    first, _, family = folded.rpartition(" ")
    ordered = f"{family} {first}" if first else family
    if family in _FOLDED_SUFFIXES:
        words = folded.split()
        last = len(words) - 1
        while last > 0 and words[last] in _FOLDED_SUFFIXES:
            last -= 1
        ordered = " ".join([words[last], *words[:last], *words[last + 1 :]])
    return ordered.replace(" ", "-") if ordered.isascii() else "-".join(_LATIN.findall(ordered))


def parted(name: str) -> tuple[str, str, str]:
    """Divide a name as written: what stands before the family name that lists go by, it, the rest.

    >>> parted("Jean-Luc Moreau, Jr.")
    ('Jean-Luc ', 'Moreau', ', Jr.')
    """
    given, space, family = name.rpartition(" ")
    if family.isalpha() and family.lower() not in _FOLDED_SUFFIXES:  # nearly all
        return given + space, family, ""
    spans = [match for match in _SORTED.finditer(name) if fold(match[0])]
    while len(spans) > 1 and fold(spans[-1][0]) in _FOLDED_SUFFIXES:
        spans.pop()
    if not spans:
        return "", name, ""
    start, end = spans[-1].span()
    return name[:start], name[start:end], name[end:]


def words(slug: str) -> list[str] | None:
    """Return the words of the sort key that belongs to a slug, perhaps with one that is not.

    None where the slug is so long that it may not hold all of them.
    """
    return slug.split("-") if len(slug) < _LONGEST_SLUG else None


def is_plain(slug: str, key: str) -> bool:
    """Tell whether a slug is nothing but the folded name; `key` is the sort key that belongs to it.

    Else it carries a hash, which makes it longer than the key, if not too long to be plain.
    """
    return len(slug) == len(key) and len(slug) <= _LONGEST_SLUG


def byline(names: tuple[str, ...], *, most: int = 2, others: bool = False) -> str:
    """Return the authors for a line in a list: all, or the first where there are more than `most`.

    `A, B` with two, and `A et al.` with three, as papers cite one another; `others` says that there
    are more who are not named.
    """
    if names and (others or len(names) > most):
        return f"{names[0]} et al."
    return ", ".join(names)
