"""Summaries beside a paper's own data: AI's fields, translations, notes, each with its language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dayleaf.archive.model import SHORT, SummarySection
from dayleaf.readers import values
from dayleaf.readers.json_papers.shapes import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BRIEFS = ("tldr", "tl;dr", "tl_dr", "one_sentence_summary", "one_line_summary", "ai_summary",
          "ai_tldr", "one_liner", "short_summary")  # fmt: skip
HEADINGS = {
    "motivation": "Motivation", "method": "Method", "methods": "Method", "result": "Result",
    "results": "Results", "conclusion": "Conclusion", "evidence": "Evidence",
    "contribution": "Contribution", "contributions": "Contributions", "problem": "Problem",
    "background": "Background", "approach": "Approach", "innovation": "Innovation",
    "limitations": "Limitations", "limitation": "Limitation", "key_points": "Key points",
    "keypoints": "Key points", "highlights": "Highlights", "insight": "Insight",
    "insights": "Insights", "takeaway": "Takeaway", "takeaways": "Takeaways",
    "key_findings": "Key findings", "findings": "Findings", "significance": "Significance",
    "impact": "Impact", "why_it_matters": "Why it matters", "reason": "Reason",
    "recommendation_reason": "Reason", "headline": "Headline", "analysis": "Analysis",
    "review": "Review", "notes": "Notes", "explanation": "Explanation",
    "experiments": "Experiments", "introduction": "Introduction", "ai_abstract": "AI abstract",
    "ai_review": "AI review", "ai_analysis": "AI analysis", "ai_notes": "AI notes",
}  # fmt: skip
"""Sections of a summary -> their headings."""
_TRANSLATED = {
    "title": "Title", "abstract": "Abstract", "summary": "Summary", "tags": "Tags",
    "keywords": "Keywords", "topics": "Topics", "translation": "Translation",
}  # fmt: skip
_LANGUAGES = {
    "zh": "zh", "cn": "zh", "zh_cn": "zh", "zh-cn": "zh", "chinese": "zh", "zh_hans": "zh",
    "ja": "ja", "jp": "ja", "japanese": "ja", "ko": "ko", "kr": "ko", "korean": "ko",
    "de": "de", "german": "de", "fr": "fr", "french": "fr", "es": "es", "spanish": "es",
    "pt": "pt", "it": "it", "ru": "ru", "en": "en", "english": "en", "vi": "vi", "ar": "ar",
    "tr": "tr", "zh_tw": "zh-TW", "tw": "zh-TW",
}  # fmt: skip
_SUFFIX = re.compile(
    rf"(?P<base>.+?)_(?P<tag>{'|'.join(sorted(_LANGUAGES, key=len, reverse=True))})\Z"
)
_PREFIX = re.compile(r"(?P<tag>zh|cn|ja|jp|ko|kr|de|fr|es)_(?P<base>.+)\Z")
_GROUPS = ("ai", "translations", "translation", "i18n", "llm", "ai_enhanced", "analysis", "summary",
           "enhanced", "gpt", "digest")  # fmt: skip
"""Fields whose object is a summary in parts."""
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MOST = 40
_CUT = (".", "…", "。")


def sections(
    fields: Mapping[str, object], abstract: str | None, language: str
) -> Iterator[SummarySection]:
    """Yield the summaries of an object, the short one first; `language` is the file's."""
    summaries = list(_all(fields, abstract, language))
    seen: set[tuple[str, str]] = set()
    for section in sorted(summaries, key=lambda section: section.heading != SHORT):
        key = (section.heading, section.language)
        if key not in seen and len(seen) < _MOST:
            seen.add(key)
            yield section


def _all(
    fields: Mapping[str, object], abstract: str | None, language: str
) -> Iterator[SummarySection]:
    own = fields.get("summary")
    if abstract and isinstance(own, str) and "abstract" in fields and not _is_part(own, abstract):
        yield from _section("Summary", own, language)
    for key in BRIEFS:
        yield from _section(SHORT, fields.get(key), language)
    for key, heading in HEADINGS.items():
        if key in fields:
            yield from _section(heading, fields[key], language)
    if "ai_comment" in fields:
        yield from _section("Comment", fields["ai_comment"], language)
    for key in _GROUPS:
        inner = fields.get(key)
        if isinstance(inner, dict):
            small = {str(name).lower(): entry for name, entry in inner.items()}
            yield from _parts(small, language, top=False)
    yield from _parts(fields, language, top=True)


def _parts(fields: Mapping[str, object], language: str, *, top: bool) -> Iterator[SummarySection]:
    """Yield the translations among some fields, and within a summary everything that is text."""
    for key, value in fields.items():
        if key in _LANGUAGES and isinstance(value, dict):
            inner = {str(name).lower(): text for name, text in value.items()}
            yield from _parts(inner, _LANGUAGES[key], top=False)
        elif key in _LANGUAGES and isinstance(value, str) and not top:
            yield from _section("Summary", value, _LANGUAGES[key])
        elif match := _SUFFIX.match(key) or _PREFIX.match(key):
            tag = _LANGUAGES[match["tag"]]
            base = match["base"]
            if tag == "en" and base in {"title", "abstract"}:
                continue
            if (heading := _heading(base, top=top)) is not None:
                yield from _section(heading, value, tag)
        elif not top and (heading := _heading(key, top=False)) is not None:
            yield from _section(heading, value, language)
        elif top and _IDEOGRAPH.search(key):
            yield from _section(key, value, "")


def _heading(key: str, *, top: bool) -> str | None:
    """Return the heading of a field; None for one that means nothing to a reader."""
    if key in BRIEFS:
        return SHORT
    known = HEADINGS.get(key) or _TRANSLATED.get(key)
    if known or top:
        return known
    if key.startswith("_") or key.endswith(
        ("_id", "_at", "_url", "model", "time", "date", "tokens")
    ):
        return None
    words = re.sub(r"[_-]+", " ", key)
    return words[:1].upper() + words[1:]


def _section(heading: str, value: object, language: str) -> Iterator[SummarySection]:
    value = text_of(value)
    if isinstance(value, list):
        value = ", ".join(filter(None, (values.text(text_of(entry)) for entry in value)))
    if isinstance(value, str) and (words := values.text(value)):
        yield SummarySection(heading, words, language or values.language_of(words))


def _is_part(text: str, abstract: str) -> bool:
    """Tell whether a text is the abstract again, or its beginning."""
    plain = " ".join(text.split()).rstrip("".join(_CUT)).rstrip()
    return abstract.startswith(plain)
