"""What a build knows of the site that it makes: what holds from the last one, what is made anew.

Files pass through the manifest one by one; only counts and short lists are held here.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dayleaf import output
from dayleaf.manifest import Remade, State
from dayleaf.pages import planner, registry
from dayleaf.work import Share

if TYPE_CHECKING:
    from dayleaf import search
    from dayleaf.config import Config
    from dayleaf.manifest import Manifest
    from dayleaf.pages import Context
    from dayleaf.pages.planner import Task
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
        about: str | None,
    ) -> None:
        """`before` is the state of a folder that nobody has been at since; None of any other."""
        self.state = state
        self.before = before
        self.since: int | None = None
        """The catalog's count of updates that the folder shows; None where all is made anew."""
        if before and before.epoch == state.epoch:
            self.since = before.generation
        old = before.fingerprints if before and self.since is not None else {}
        names = registry.names()
        current = {kind for kind in names if old.get(kind) == state.fingerprints[kind]}
        self.share = Share(config, fresh, search, about, frozenset(current), self.since)
        self.written: Counter[str] = Counter()
        """Files that were not there, or not the same, by kind."""
        self.indexed = 0
        self.sizes = manifest.sizes() if before else {}
        # What becomes superfluous is looked for among the files of these.
        self._kinds = {"assets", "static", *old} - current
        self._keys = [("search", "")]
        if not search and "search" in self.sizes:
            self._kinds.add("search")
        self._manifest = manifest
        manifest.start()

    def plan(self, context: Context) -> list[Task]:
        """List the tasks of what has changed, or of everything."""
        anew = [kind for kind in registry.names() if kind not in self.share.current]
        self._kinds.update(anew)
        tasks = planner.plan(context, anew)
        if self.since is None:
            return tasks
        found = planner.update(context, self.share.current, since=self.since)
        self._kinds.update(found.kinds)
        self._keys += found.keys
        return [*found.tasks, *tasks]

    def missing(self, jobs: list[search.Job]) -> list[search.Job]:
        """List the shards of the search index whose files do not stand in the folder.

        The newest is also wanted in the cache, from where all shards' common files are taken.
        """
        standing = set(self._manifest.keys("search")) if self.since is not None else set()
        self._keys += [("search", key) for key in standing - {job.key for job in jobs}]
        standing.difference_update(job.key for job in jobs[:1] if not job.file.is_file())
        return [job for job in jobs if job.key not in standing]

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
        return self._manifest.gone(Remade(self._kinds, self._keys))

    def _claims(self, name: str) -> bool:
        return self._manifest.claims(name)
