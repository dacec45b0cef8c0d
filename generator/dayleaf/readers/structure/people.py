"""Whether a bare line names people: what stands below a title without a label.

It owns that judgement. `names` parts them.
"""

from __future__ import annotations

import re

from dayleaf.archive import name_parts
from dayleaf.readers import values

_LONGEST = 4_000
_LONGEST_NAME = 45
_MOST_WORDS = 6
# `in` stands in many a title and in hardly a name.
_PARTICLES = frozenset((*name_parts.PARTICLES, *name_parts.JOINING)) - {"in"}
_NAME = re.compile(r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž\u0386-\u03ab\u0400-\u042f][\w.'’ʼ`-]*|[A-Z]\.)\Z")
_IDEOGRAMS = re.compile(
    r"[\u3400-\u9fff]{2,4}\Z|[\u3040-\u30ff\u3400-\u9fff・]{2,12}\Z|[\uac00-\ud7af]{2,5}\Z"
)
_PARTS = re.compile(r"\s*[,;，；、·]\s*(?:and\s+|&\s+)?|\s+(?:and|&|und|et|y)\s+")
_NOTES = re.compile(r"[\d*†‡§¶⁰¹²³⁴⁵⁶⁷⁸⁹∗♠♣]+|\([^()]*\)|\[[^\[\]]*\]")
_NO_NAMES = re.compile(
    r"\b(?:universit\w*|institut\w*|labs?|laborator\w*|inc|corp|college|department|school|cent(?:er|re)|"
    r"google|meta|microsoft|nvidia|openai|deepmind|amazon|alibaba|tencent|research|academy|conference|"
    r"learning|vision|models?|robotics|language|reasoning|processing|networks?|intelligence|science|"
    r"physics|mathematics|biology|generation|detection|segmentation|recognition|speech|video|image|"
    r"code|dataset|benchmark|survey|digest|daily|papers?|arxiv|accepted|published|submitted|version|"
    r"the|with|for|using|from|towards?|via|by|made|generated|powered|new|popular|updated|about|"
    r"agents?|systems?|data|theory|analysis|computer|machine|deep|neural|optimization|security)\b",
    re.IGNORECASE,
)


def are_people(text: str, *, alone: bool = True) -> bool:
    """Tell whether a line is names of people and nothing else.

    A single name counts only where it stands `alone`.
    """
    text = text.strip().strip("*_").strip()
    if not text or len(text) > _LONGEST or "://" in text or ":" in text:
        return False
    named = values.OTHERS.sub("", text)
    parts = [_NOTES.sub("", part).strip() for part in _PARTS.split(named)]
    parts = [part for part in parts if part]
    if not parts or _NO_NAMES.search(_NOTES.sub("", named)):
        return False
    good = sum(map(_is_name, parts))
    if len(parts) == 1:
        return (
            (alone or named != text)
            and good == 1
            and (" " in parts[0] or named != text)
            and not parts[0].endswith(".")
        )
    return good == len(parts) or (len(parts) > 4 and good >= 0.8 * len(parts))  # noqa: PLR2004


def _is_name(part: str) -> bool:
    if len(part) > _LONGEST_NAME:
        return False
    if _IDEOGRAMS.match(part):
        return True
    words = part.split()
    if not 1 <= len(words) <= _MOST_WORDS:
        return False
    return bool(_NAME.match(words[-1])) and all(
        _NAME.match(word) or word.casefold().strip("'’") in _PARTICLES for word in words
    )
