"""llms.txt: what the site holds and where, in Markdown, for readers that are programs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from dayleaf.archive import urls
from dayleaf.site.pages.kind import Context, Kind, PublishStage
from dayleaf.site.products import DataFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.site.products import Product

_FILE = "llms.txt"


@dataclass(frozen=True)
class LLMsKind(Kind):
    """One file (https://llmstxt.org/)."""

    name: ClassVar[str] = "llms"
    pattern: ClassVar[re.Pattern[str]] = re.compile(re.escape(_FILE))
    stage: ClassVar[PublishStage] = PublishStage.ENTRANCES

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the file."""
        yield DataFile(_FILE, _text(context).encode())


def _text(context: Context) -> str:
    config, every, totals = context.config, context.catalog.days(), context.catalog.totals()
    newest = f"{config.base_url}{urls.day(every[-1][0])}"
    lines = [
        f"# {config.title}",
        "",
        f"> {config.description or 'An archive of daily digests of papers.'}",
        "",
        f"{totals.papers:,} papers on {totals.days:,} days, {every[0][0]} to {every[-1][0]}.",
        "",
        "## Addresses",
        "",
        f"- [Newest day]({newest}): days live at YYYY/MM/DD/, each paper at #<arXiv id>",
        f"- [Categories]({config.base_url}{urls.CATEGORIES}): categories/<code>/",
        f"- [Authors]({config.base_url}{urls.AUTHORS}): authors/<name>.html",
        f"- [Atom]({config.base_url}feed.xml)",
        f"- [JSON Feed]({config.base_url}feed.json)",
        f"- [Atom, an entry a day]({config.base_url}{urls.DAYS}feed.xml)",
        "",
    ]
    return "\n".join(lines)


LLMS = LLMsKind()
