"""What services wrap around a paper: the shapes of their JSON, each brought to plain fields.

OpenReview's values in objects, DBLP's hits, Crossref's lists of one title, Hugging Face's daily
papers around papers, Semantic Scholar's identifiers, dates in parts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dayleaf.readers import values

if TYPE_CHECKING:
    from collections.abc import Mapping

WRAPPERS = ("paper", "info", "content", "_source", "node", "attributes", "entry", "article", "work")
"""Fields that hold the paper itself, in an object that says something of it."""
_WRAPPED = frozenset(
    (*WRAPPERS, "externalids", "date-parts", "container-title", "submittedondailyat")
)
_LISTED = ("title", "container-title", "abstract", "subtitle")
"""Fields that Crossref writes as lists of one text."""
_DATES = ("published", "published-online", "published-print", "posted", "issued", "created")
_TEXTS = ("text", "value", "name", "#text", "_", "content")
_JATS = re.compile(
    r"<jats:title>[^<>]{0,80}</jats:title>|</?(?:jats|mml|title|sec)[^<>]{0,200}>|</?p>"
)
_NO_VENUES = frozenset({"corr", "arxiv", "arxiv.org", "arxiv preprint"})
_DBLP = re.compile(r"(?:journals|conf|books|series|phd)/")


def plain(fields: dict[str, object]) -> dict[str, object]:
    """Return the fields of an object, in small letters, without what a service wraps around them.

    Most objects wrap nothing and are returned as they are.
    """
    if _WRAPPED.isdisjoint(fields) and not _is_listed(fields):
        return fields
    unwrapped = _unwrapped(dict(fields))
    ids = unwrapped.get("externalids")
    if isinstance(ids, dict):
        unwrapped = _identified(unwrapped, {str(key).lower(): ids[key] for key in ids})
    for key in _LISTED:
        value = unwrapped.get(key)
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
            unwrapped[key] = value[0]
    if "container-title" in unwrapped:
        unwrapped.setdefault("venue", unwrapped.pop("container-title"))
    for key in _DATES:
        if (date := _of_parts(unwrapped.get(key))) is not None:
            unwrapped[key] = date
    return _tidied(unwrapped)


def _tidied(fields: dict[str, object]) -> dict[str, object]:
    """Return fields without the marks that services leave in texts."""
    if isinstance(fields.get("abstract"), str):
        fields["abstract"] = _JATS.sub(" ", str(fields["abstract"]))
    if _DBLP.match(str(fields.get("key") or "")) and isinstance(fields.get("title"), str):
        fields["title"] = str(fields["title"]).removesuffix(".")
        fields.pop("key")
    if str(fields.get("venue")).casefold() in _NO_VENUES:
        fields.pop("venue")
    if isinstance(fields.get("journal"), dict):
        fields.pop("journal")
    return fields


def _unwrapped(fields: dict[str, object]) -> dict[str, object]:
    """Return the fields of what an object is wrapped around, and its own that are not there."""
    for key in WRAPPERS:
        inner = fields.get(key)
        if not isinstance(inner, dict) or not _has_title(inner):
            continue
        del fields[key]
        if key == "content":  # OpenReview: the note around it has its id and dates
            fields = _of_openreview(fields)
        small = {str(name).lower(): _value(entry) for name, entry in inner.items()}
        fields |= {name: entry for name, entry in small.items() if entry not in (None, "")}
    return fields


def text_of(value: object) -> object:
    """Return the text of an object that is one: `{"value": "…"}`, `{"model": …, "text": "…"}`."""
    if not isinstance(value, dict):
        return value
    return next((value[key] for key in _TEXTS if isinstance(value.get(key), str)), value)


def _is_listed(fields: Mapping[str, object]) -> bool:
    return isinstance(fields.get("title"), list)


def _has_title(inner: dict[object, object]) -> bool:
    return any(str(key).lower() in {"title", "paper_title"} for key in inner)


def _value(entry: object) -> object:
    """Return OpenReview's `{"value": x}` as x."""
    return (
        entry["value"]
        if isinstance(entry, dict) and set(entry) <= {"value", "readers"} and "value" in entry
        else entry
    )


def _of_openreview(note: Mapping[str, object]) -> dict[str, object]:
    """Return the address and date in the note around a submission."""
    forum = note.get("forum") or note.get("id")
    date = next((note[key] for key in ("pdate", "odate", "cdate", "tcdate") if note.get(key)), None)
    fields: dict[str, object] = {}
    if isinstance(forum, str):
        fields["url"] = f"https://openreview.net/forum?id={forum}"
    if (moment := values.of_epoch(date)) is not None:
        fields["published"] = moment
    return fields


def _identified(fields: dict[str, object], ids: dict[str, object]) -> dict[str, object]:
    """Add the identifiers that Semantic Scholar lists; its own name nothing elsewhere."""
    theirs = {"externalids", "paperid", "corpusid"}
    known = {key: fields[key] for key in fields if key not in theirs}
    if ids.get("arxiv"):
        known["arxiv_id"] = ids["arxiv"]
    if ids.get("doi"):
        known.setdefault("doi", ids["doi"])
    if ids.get("acl"):
        known.setdefault("link", f"https://aclanthology.org/{ids['acl']}/")
    return known


def _of_parts(value: object) -> str | None:
    """Return Crossref's date: `{"date-parts": [[2026, 6, 1]]}`."""
    parts = value.get("date-parts") if isinstance(value, dict) else None
    if not isinstance(parts, list) or not parts or not isinstance(parts[0], list):
        return None
    numbers = [number for number in parts[0] if isinstance(number, int)]
    return "-".join(f"{number:02}" for number in numbers) if len(numbers) > 1 else None
