"""The names that papers have as lists of fields, in whatever syntax -> JSON's names."""

from __future__ import annotations

from dayleaf.readers.structure import vocabulary

_NAMES = {
    vocabulary.SUMMARY: "tldr", vocabulary.PUBLISHED: "published", vocabulary.ID: "arxiv_id",
    vocabulary.LINK: "link", vocabulary.CODE: "code_url", vocabulary.JOURNAL: "journal",
}  # fmt: skip
_MAYBE_ABSTRACT = "summary"


def named(fields: dict[str, object]) -> dict[str, object]:
    """Return fields with the names of JSON's beside their own, by what they mean."""
    known = {key.strip().lower().replace(" ", "_"): value for key, value in fields.items()}
    for key, value in list(known.items()):
        meaning = vocabulary.field(key.replace("_", "-"))
        name = key if key == _MAYBE_ABSTRACT else _NAMES.get(meaning or "", meaning)
        if name and name not in known:
            known[name] = value
    return known
