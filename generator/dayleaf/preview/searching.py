"""Search in the preview: the index of the last build, or else one of the newest papers.

An index of a large archive takes minutes, so the preview makes none of it: where no build has left
one in the output folder, the shards of the newest month are indexed when somebody wants to search.
"""

from __future__ import annotations

import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

from dayleaf import search
from dayleaf.base import dates, program
from dayleaf.catalog import Catalog
from dayleaf.search import pagefind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dayleaf.base.config import Config

FOLDER = "search/"
_LIST = "search/shards.json"


class Searching:
    """The files of the search index."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        """`tell` gets a sentence that names the index in use."""
        self._tell = tell
        self._lock = threading.Lock()
        self._files: dict[str, bytes] = {}
        self._made_of: tuple[Path, str, int] | None = None

    def describe(self, config: Config) -> None:
        """Say which index it will be."""
        built = config.output / _LIST
        if built.is_file():
            moment = time.localtime(built.stat().st_mtime)
            day = dates.day(time.strftime("%Y-%m-%d", moment))
            when = f"{day}, {time.strftime('%H:%M', moment)}"
            self._tell(f"This searches the index of the last build, of {when}.")
        else:
            self._tell("No build has left an index: this searches the newest papers only.")

    def read(self, path: str, config: Config, catalog: Path) -> bytes | None:
        """Return a file of the index; None where it has no such file.

        Waits where an index of the newest papers is being made. Raises SearchError.
        """
        try:
            if (config.output / _LIST).is_file():
                return (config.output / path).read_bytes()
        except OSError:
            return None
        with self._lock:
            if path == _LIST or not self._files:
                self._make(config, catalog)
            return self._files.get(path)

    def _make(self, config: Config, file: Path) -> None:
        """Index the shards of the newest month, unless that is done and nothing has changed."""
        with closing(Catalog(file, beside_writers=True)) as catalog:
            version = (file, *catalog.version())
            if version == self._made_of:
                return
            jobs = search.jobs(catalog, config, identity=program.fingerprint())
            month = jobs[0].shard.last[:7]
            jobs = [job for job in jobs if job.shard.last[:7] == month]
            self._files = {}
            for job in jobs:
                search.index(job, catalog)
                self._files.update(search.files(job))
            self._files.update(search.shared(jobs, catalog, version=pagefind.version()))
        self._made_of = version
        papers = f"{sum(job.shard.papers for job in jobs):,}"
        self._tell(
            f"No build has left an index: this searches the newest {papers} papers only, from"
            f" {dates.day(jobs[-1].shard.first)} on."
        )
