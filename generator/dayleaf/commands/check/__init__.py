"""Verification of a built site on disk: links, anchors, ids, and what its host would refuse.

    audit.py      what a check finds, as values
    ledger.py     faults as they are met, with first place and count
    inventory.py  the files, and what their host would refuse
    markup.py     the links and ids of an HTML page
    feeds.py      the links of sitemaps and feeds
    address.py    from a link to a file
    scan.py       the pass over all documents, in processes
    verdict.py    the words of the messages

It reads a site and never writes. It knows nothing of the archive that the site was built from, nor
of the code that built it, so it can disagree with both.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from dayleaf.base.errors import ConfigError, Finding, OutputError
from dayleaf.base.hosts import HOSTS
from dayleaf.commands.check import inventory, scan, verdict
from dayleaf.commands.check.address import SiteAddress
from dayleaf.commands.check.audit import Audit, Fault, Violation
from dayleaf.commands.check.ledger import FaultLedger

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["HOSTS", "Audit", "Fault", "Violation", "check"]


def check(
    root: Path,
    *,
    jobs: int = 1,
    host: str = "github-pages",
    base_url: str = "",
    others: Mapping[str, Path] | None = None,
) -> Audit:
    """Verify the site in the folder `root`, in `jobs` processes.

    `base_url` is where the site will stand, `https://user.github.io/CVPapers/`: addresses that
    begin with it are links into the site. Without it, only links without a host are followed, and
    `/` is taken for the site's root. `others` are the folders of other
    parts of the same archive, a site and its volumes, by base URL: links to a part whose folder is
    not there are not followed.

    Raises OutputError where `root` is no folder, ConfigError for a host that is not in HOSTS. What
    is wrong with the site is never raised: it is in the report's findings.
    """
    if host not in HOSTS:
        known = ", ".join(HOSTS)
        raise ConfigError(Finding(repr(host), f"one of {known}", about="host"))
    if not root.is_dir():
        wanted = "the folder of a built site"
        raise OutputError(Finding("none", wanted, "build it first", file=str(root)))
    ledger = FaultLedger()
    stock = inventory.take(root, host=host, ledger=ledger)
    home = SiteAddress.parse(base_url)
    beside = {
        SiteAddress.parse(other).path: os.fsencode(folder) if folder.is_dir() else b""
        for other, folder in (others or {}).items()
    }
    sight = scan.look(scan.CheckedSite(os.fsencode(root), stock.files, home, beside), jobs=jobs)
    ledger.join(sight.ledger)
    ledger.join(scan.broken_anchors(sight, stock.files))
    return Audit(
        pages=sight.pages,
        links=sight.links,
        anchors=sight.anchors,
        external=sight.external,
        ids=sight.id_count,
        files=len(stock.files),
        bytes=stock.size,
        findings=verdict.findings(ledger, files=stock.files, ids=sight.ids, base=home.path),
    )


def guess_base_url(root: Path) -> str:
    """Return a base URL for a site built with one that nobody names now; else the empty string.

    Only its path is right: `404.html`, shown in place of any address, links from the base path.
    """
    try:
        text = (root / "404.html").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    match = re.search(r'href="?(/[^"\s>]*?)assets/style\.css', text)
    return f"http://localhost{match[1]}" if match and match[1] != "/" else ""
