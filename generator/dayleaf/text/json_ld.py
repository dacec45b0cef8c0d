"""Data for search engines (JSON-LD) within HTML, where no text may end the block it stands in."""

from __future__ import annotations

import json

from markupsafe import Markup

# `</script` ends a block and `<!--` begins a comment within, whatever the quotes around; browsers
# read the others as text, but what copies the block out of the page may not.
_UNSAFE = str.maketrans(
    {sign: f"\\u{ord(sign):04x}" for sign in ("<", ">", "&", "\u2028", "\u2029")}
)


def data_block(value: object) -> Markup:
    """Return a value as JSON that may stand in `<script type="application/ld+json">`."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(written.translate(_UNSAFE))  # noqa: S704 - no sign of HTML is left
