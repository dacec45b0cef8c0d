"""The resources of papers: addresses of code, project pages, models, data, demos and videos.

They stand in abstracts and comments, with or without `https://`. The host tells what an address
leads to; the first address of a sort counts.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LABELS = {
    "code": "Code",
    "project": "Project page",
    "model": "Model",
    "data": "Data",
    "demo": "Demo",
    "video": "Video",
}
"""The sorts, in the order in which they are shown, each with what a link says."""

_SEGMENT = r"[\w.~%+-]*[\w~%+-]"
_PATH = rf"(?:/(?:{_SEGMENT})?)*"
_SORTS = (
    ("data", rf"(?:huggingface\.co|hf\.co)/datasets/{_SEGMENT}(?:/{_SEGMENT})?"),
    ("data", rf"(?:zenodo\.org|kaggle\.com/datasets|figshare\.com|ieee-dataport\.org){_PATH}"),
    ("demo", rf"(?:huggingface\.co|hf\.co)/spaces/{_SEGMENT}/{_SEGMENT}"),
    ("demo", rf"{_SEGMENT}\.hf\.space{_PATH}|colab\.research\.google\.com{_PATH}"),
    (
        "model",
        rf"(?:huggingface\.co|hf\.co)/(?!papers/|blog/|collections/|docs/){_SEGMENT}/{_SEGMENT}",
    ),
    ("video", r"(?:youtube\.com/(?:watch\?v=|playlist\?list=|embed/|shorts/)|youtu\.be/)[\w-]+"),
    ("video", rf"(?:vimeo\.com/\d+|bilibili\.com/video/{_SEGMENT})"),
    ("project", rf"(?<![\w.-])[\w-]+\.(?:github|gitlab)\.io{_PATH}"),
    ("project", rf"sites\.google\.com/{_SEGMENT}{_PATH}"),
    ("code", rf"(?:github|gitlab|bitbucket|codeberg)\.(?:com|org)/{_SEGMENT}/{_SEGMENT}"),
)
_FOUND = re.compile(
    "|".join(f"(?P<{sort}{place}>{way})" for place, (sort, way) in enumerate(_SORTS)),
    re.IGNORECASE,
)
# Every host ends in one of these; most texts have none, which a look shows.
_ENDINGS = (".co", ".io", ".org", ".be", ".space")


class Resource(NamedTuple):
    """A resource of a paper: its address, and what it is."""

    sort: str
    """A key of LABELS."""
    address: str
    """Full, with https."""


def resources(*texts: str | None) -> tuple[Resource, ...]:
    """Return the first of each sort in some texts, in the order of the sorts.

    >>> resources("Code: github.com/ada/tides, see https://ada.github.io/tides/.")
    (Resource(sort='code', address='https://github.com/ada/tides'),
     Resource(sort='project', address='https://ada.github.io/tides/'))
    """
    addresses: dict[str, str] = {}
    for text in texts:
        if not text or not _may_hold(text.lower()):
            continue
        for word in text.replace("\\_", "_").replace("\\", " ").split():
            if "." not in word or not _may_hold(word.lower()):
                continue
            for match in _FOUND.finditer(word):
                sort = (match.lastgroup or "").rstrip("0123456789")
                addresses.setdefault(sort, f"https://{match[0]}")
    return tuple(Resource(sort, addresses[sort]) for sort in LABELS if sort in addresses)


def _may_hold(lower: str) -> bool:
    return any(ending in lower for ending in _ENDINGS)
