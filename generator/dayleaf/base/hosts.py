"""What hosts of static sites accept, each as it counts: the one table of their limits.

docs/hosting.md names the source of every figure, and says what each host makes of headers, missing
pages and addresses that end in a slash.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SPARE: Final = 0.95
"""The share of a limit that a site may fill by its own choice: a twentieth is to spare."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a host accepts; None where it sets no limit."""

    size: int | None = None
    """Bytes of the whole site."""
    files: int | None = None
    quick_files: int | None = None
    """Files that a site has at most by its own choice, so that to deploy it takes minutes."""
    entries: int | None = None
    """Files and folders together."""
    folder: int | None = None
    """Entries of one folder."""
    file_size: int | None = None
    links: bool = True
    """Whether symbolic links are accepted."""
    modes: bool = False
    """Whether files must be readable, and folders open, to everybody."""
    headers: str = ""
    """The file at the root that names the headers to send, `_headers`."""
    shared_pages: int = 16_384
    """The pages that authors with few papers share, where there are any; a power of two."""
    refuses: str = ""
    """Why a site of ours cannot work there; empty where it does."""


HOSTS: Final[dict[str, Limits]] = {
    # A gigabyte is taken as 10^9 bytes: who passes so passes by either way of counting.
    "github-pages": Limits(size=10**9, quick_files=130_000, links=False, modes=True),
    "cloudflare-pages": Limits(
        files=20_000, file_size=25 * 2**20, headers="_headers", shared_pages=1_024
    ),
    "cloudflare-pages-paid": Limits(
        files=100_000, file_size=25 * 2**20, headers="_headers", shared_pages=8_192
    ),
    "netlify": Limits(folder=54_000, headers="_headers"),
    "gitlab-pages": Limits(size=10**9, entries=200_000),
    "vercel": Limits(size=10**8),
    "firebase": Limits(size=10**10, file_size=2 * 2**30),
    "s3": Limits(),
    "r2": Limits(),
    "huggingface": Limits(
        files=100_000,
        folder=10_000,
        refuses="it answers no address that ends in a slash, and all days are such",
    ),
    "none": Limits(),
}
"""By the names that the setting `host` takes."""
