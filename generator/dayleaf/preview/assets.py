"""The assets of a site as the preview serves them: read for each request, so that none is stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf.assets import sources
from dayleaf.base.errors import LayoutError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dayleaf.base.config import Config


class Assets:
    """The assets of a site, and what they held when they were last compared."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}

    def changed(self, config: Config) -> tuple[str, ...]:
        """Return the addresses at which browsers get something else than at the last call.

        A page has loaded the script that carries a module, which changes with the module.
        """
        before, self._held = self._held, sources.published(config)
        addresses = before.keys() | self._held.keys()
        return tuple(sorted(at for at in addresses if before.get(at) != self._held.get(at)))

    def files(self, config: Config) -> Mapping[str, bytes]:
        """Return the assets by address; while they cannot be read, as they were before."""
        try:
            return sources.published(config)
        except (LayoutError, OSError):
            return self._held
