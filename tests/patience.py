"""How long a test waits for what must end: so long that no slow or busy machine comes near it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 60
"""Seconds. What these tests guard against takes hours, or has no end."""


@contextmanager
def ends() -> Iterator[None]:
    """Fail where the block took longer than anybody waits: no measure of speed, as a bench is."""
    since = time.monotonic()
    yield
    taken = time.monotonic() - since
    assert taken < PATIENCE, f"took {taken:.0f} s: it stood still, or grows faster than its input"
