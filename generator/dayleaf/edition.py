"""What a build knows of the site that it makes: what holds from the last one, what is made anew.

All of it goes through the memory of the output folder as it comes, file by file; what is held here
are counts and short lists.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dayleaf import output, pages
from dayleaf.manifest import Remade, State
from dayleaf.work import Share

if TYPE_CHECKING:
    from dayleaf import search
    from dayleaf.catalog import Catalog
    from dayleaf.config import Config
    from dayleaf.manifest import Manifest
    from dayleaf.pages import Task
    from dayleaf.work import Done


class Edition:
    """A site in the making."""

    def __init__(
        self,
        config: Config,
        manifest: Manifest,
        *,
        state: State,
        before: State | None,
        fresh: bool,
        search: bool,
    ) -> None:
        """`before` is the state of a folder that nobody has been at since; None of any other."""
        self.state = state
        self.before = before
        self.since: int | None = None
        """The catalog's count of updates that the folder shows; None where all is made anew."""
        if before and before.epoch == state.epoch:
            self.since = before.generation
        old = before.keys if before and self.since is not None else {}
        current = {kind for kind in pages.KINDS if old.get(kind) == state.keys[kind]}
        if config.minimum_papers > 1 and self.since not in {None, state.generation}:
            # Which authors are linked on a day then depends on papers of other days.
            current -= {"days", "authors"}
        self.share = Share(config, fresh, search, frozenset(current), self.since)
        self.written: Counter[str] = Counter()
        """Files that were not there, or not the same, by kind."""
        self.indexed = 0
        self.sizes = manifest.sizes() if before else {}
        # What becomes superfluous is looked for among these, and where a layout has changed among
        # all that it makes.
        self._kinds = {kind for kind in pages.KINDS if kind not in current}
        self._owners = {"assets", "search"}
        self._paths: list[str] = []
        if not search and "search" in self.sizes:
            self._kinds.add("search")
        self._manifest = manifest
        manifest.start()

    def plan(self, catalog: Catalog) -> list[Task]:
        """List the tasks of what has changed, or of everything."""
        tasks = pages.plan(catalog, [kind for kind in pages.KINDS if kind in self._kinds])
        if self.since is None:
            return tasks
        found = pages.changed(catalog, self.share.current, since=self.since)
        self._owners.update(found.owners)
        self._paths += found.paths
        return [*found.tasks, *tasks]

    def missing(self, jobs: list[search.Job]) -> list[search.Job]:
        """List the shards of the search index whose files do not stand in the folder.

        The newest is also wanted in the cache, from where all shards' common files are taken.
        """
        standing = set(self._manifest.owners("search")) if self.since is not None else set()
        self._owners.update(standing - {job.owner for job in jobs})
        standing.difference_update(job.owner for job in jobs[:1] if not job.file.is_file())
        return [job for job in jobs if job.owner not in standing]

    def add(self, kind: str, done: Done) -> None:
        """Take in what a share has written."""
        self._manifest.add(done.files)
        self.written[kind] += done.written
        self.indexed += done.indexed

    def publish(self, folder: output.Folder) -> int:
        """Put the new site in the old one's place; return how many files are gone."""
        whole = self.since is None
        gone = self._gone(folder)
        if not whole and not gone and not self.written.total() and self.state == self.before:
            output.discard(folder)
            return 0
        # First everything that may stand there, then what does: killed in between, we still know
        # what is ours.
        self._manifest.begin()
        deleted = output.commit(folder, gone)
        self._manifest.finish(self.state, sizes=self.sizes, gone=gone, whole=whole)
        self.sizes = self._manifest.sizes()
        return deleted

    def _gone(self, folder: output.Folder) -> list[str]:
        """List the files of ours that nothing claims any more."""
        if self.before is None:  # the folder may be in any state
            return sorted(name for name in output.files(folder.root) if not self._claims(name))
        if self.since is None:
            return self._manifest.gone(None)
        return self._manifest.gone(Remade(self._kinds, self._owners, self._paths))

    def _claims(self, name: str) -> bool:
        return self._manifest.claims(name)
