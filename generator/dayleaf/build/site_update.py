"""The changes between an existing site and the next: parts that stay, and parts to remake.

Files pass through the manifest one by one; only counts and short lists are held here.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dayleaf.build import output, producers
from dayleaf.build.manifest.relied import Remade
from dayleaf.build.work import Setup
from dayleaf.site.pages import planner

if TYPE_CHECKING:
    from dayleaf.build.manifest import Manifest, OutputState
    from dayleaf.build.work import TaskResult
    from dayleaf.site.pages import Context
    from dayleaf.site.pages.planner import Task


PHASES = ("pages", "search", "landmarks")
"""In their order: each needs what those before it have made."""


class SiteUpdate:
    """A site in the making."""

    def __init__(
        self, manifest: Manifest, *, state: OutputState, before: OutputState | None, setup: Setup
    ) -> None:
        """`before` is the state of a folder that nobody has been at since; None of any other."""
        self.state = state
        self.before = before
        self.since: int | None = None
        """The catalog's count of updates that the folder shows; None where all is made anew."""
        if before and before.epoch == state.epoch:
            self.since = before.generation
        self.setup = setup
        self.written: Counter[str] = Counter()
        """Files that were not there, or not the same, by producer."""
        self.sizes = manifest.sizes() if before else {}
        self._remade = Remade(set(), [])
        self._manifest = manifest
        manifest.start()

    def plan(self, context: Context) -> list[Task]:
        """List the tasks of what has changed, or of everything, the dearest first."""
        every = producers.of(self.setup.config)
        if self.before is None or self.since is None:
            return planner.plan(context, every)
        old, new = self.before.fingerprints, self.state.fingerprints
        current = [producer for producer in every if old.get(producer.name) == new[producer.name]]
        anew = [producer for producer in every if producer not in current]
        facts = context.catalog.changed(since=self.since, minimum=context.minimum)
        planned = planner.update(
            context,
            current,
            facts,
            stale=self._manifest.stale(facts),
            standing=self._manifest.keys,
        )
        gone = old.keys() - {producer.name for producer in current}
        self._remade = Remade(gone, planned.keys)
        return [*planned.tasks, *planner.plan(context, anew)]

    def add(self, producer: str, done: TaskResult) -> None:
        """Take in what a task has made."""
        self._manifest.add(done.files)
        self._manifest.rely(done.units)
        self.written[producer] += done.written

    def publish(self, folder: output.Folder) -> int:
        """Put the new site in the old one's place; return how many files are gone."""
        gone = self._gone(folder)
        nothing = not gone and not self.written.total() and not self._remade.keys
        if self.since is not None and nothing and self.state == self.before:
            output.discard(folder)
            return 0
        # First everything that may stand there, then what does: killed in between, we still know
        # what is ours.
        self._manifest.begin()
        deleted = output.commit(folder, gone)
        remade = None if self.since is None else self._remade
        self._manifest.finish(self.state, sizes=self.sizes, gone=gone, remade=remade)
        self.sizes = self._manifest.sizes()
        return deleted

    def _gone(self, folder: output.Folder) -> list[str]:
        """List the files of ours that nothing claims any more."""
        if self.before is None:  # the folder may be in any state
            claims = self._manifest.claims
            return sorted(name for name in output.files(folder.root) if not claims(name))
        return self._manifest.gone(None if self.since is None else self._remade)


def in_order(tasks: list[Task], *, whole: bool) -> list[tuple[str, list[Task], list[Task]]]:
    """Divide tasks into the phases of a build: a name, its tasks, and those that need the others'.

    The one shard of a new day takes as long as all its pages: in an update it begins beside them.
    """
    by_phase: dict[str, tuple[list[Task], list[Task]]] = {"pages": ([], [])}
    for task in tasks:
        producer = producers.named(task.producer)
        phase = producer.phase if whole or producer.last else "pages"
        by_phase.setdefault(phase, ([], []))[producer.last].append(task)
    return [(name, *by_phase[name]) for name in PHASES if name in by_phase]
