"""The headers that a host is to send, in a file, if the host takes one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from dayleaf.base.hosts import HOSTS
from dayleaf.site import statics
from dayleaf.site.pages.kind import Context, Kind, PublishStage
from dayleaf.site.products import DataFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.site.products import Product

FILE = "_headers"
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'"
)
"""What pages need, and no more. The layouts say the same for hosts that send no headers of ours."""
_TEXT = f"""/*
  Content-Security-Policy: {POLICY}; frame-ancestors 'self'
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
"""


@dataclass(frozen=True)
class HeadersKind(Kind):
    """One file (Cloudflare's and Netlify's `_headers`); a site may bring its own."""

    name: ClassVar[str] = "headers"
    pattern: ClassVar[re.Pattern[str]] = re.compile(re.escape(FILE))
    stage: ClassVar[PublishStage] = PublishStage.LEAVES

    def inputs(self, context: Context) -> object:
        """Return whether the file is wanted of us."""
        takes = HOSTS[context.config.host].headers == FILE
        return takes and FILE not in statics.files(context.config.site)

    def gives_way(self, path: str) -> bool:
        """Tell whether the site may bring the file itself."""
        return path == FILE

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the file."""
        if self.inputs(context):
            yield DataFile(FILE, _TEXT.encode())


HEADERS = HeadersKind()
