"""The project's pictures, by Chromium: those of the documents, of the sample site as it is, and
icons and the card that shared links show, drawn from the mark.

`make pictures` makes them anew. Icons are light only: who shows them chooses the ground.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.hosting import serve
from tests.sites import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
ASSETS = ROOT / "layouts/assets"
_MARK = (
    '<path fill="#fcfcfb" stroke="#1b1f24" stroke-width="2" d="M5 3h22v19l-7 7H5z"/>'
    '<path fill="#b3261e" d="M5 3h22v6H5z"/>'
    '<path fill="#1b1f24" d="M9 13h14v2H9zm0 4.5h14v2H9zM9 22h8v2H9z"/>'
)
"""As in favicon.svg, with its light colours."""
_GROUND = "#fcfcfa"
_LINES = "#cbd5db"


def _icon(size: int, *, margin: float, ground: str = _GROUND) -> str:
    """Draw the mark on a square, with a margin as a share of the side."""
    scale = size * (1 - 2 * margin) / 32
    place = size * margin
    return _picture(
        size,
        size,
        f'<rect width="{size}" height="{size}" fill="{ground}"/>'
        f'<g transform="translate({place} {place}) scale({scale})">{_MARK}</g>',
    )


def _card() -> str:
    """Draw the mark beside a digest: titles, some marked, and lines of text below them."""
    lines = "".join(
        f'<rect x="560" y="{y}" width="{width}" height="26" rx="3" fill="{colour}"/>'
        f'<rect x="560" y="{y + 46}" width="{width + 90}" height="12" rx="3" fill="{_LINES}"/>'
        f'<rect x="560" y="{y + 70}" width="{width - 60}" height="12" rx="3" fill="{_LINES}"/>'
        for y, width, colour in (
            (118, 380, "#b3261e"),
            (270, 430, "#1b1f24"),
            (422, 340, "#1b1f24"),
        )
    )
    return _picture(
        1200,
        630,
        f'<rect width="1200" height="630" fill="{_GROUND}"/>'
        f'<rect y="614" width="1200" height="16" fill="#b3261e"/>'
        f'<g transform="translate(90 120) scale(12.2)">{_MARK}</g>{lines}',
    )


def _picture(width: int, height: int, drawn: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{drawn}</svg>'
    )


PICTURES = {
    "apple-touch-icon.png": (180, 180, _icon(180, margin=0.1)),
    "icon-192.png": (192, 192, _icon(192, margin=0.04)),
    "icon-512.png": (512, 512, _icon(512, margin=0.04)),
    # A mask may leave no more than a circle of four fifths of the side.
    "icon-maskable-512.png": (512, 512, _icon(512, margin=0.2)),
    "card.png": (1200, 630, _card()),
}
"""Width, height and drawing of each file."""
_FOLLOWED = """localStorage.setItem("interests",
    '[{"sort":"category","value":"cs.RO","label":"Robotics","hide":false}]')"""
SCENES: dict[str, tuple[str, int, str, str]] = {
    "day.png": ("{day}", 1440, "light", "localStorage.clear()"),
    "titles.png": ("{day}", 1440, "light", "localStorage.setItem('skim', 'titles')"),
    "phone.png": ("{day}", 390, "dark", f"localStorage.clear(); {_FOLLOWED}"),
}
"""Page, width, colours, and what the reader has done before, of each picture in docs/."""


def main() -> None:
    """Make every picture."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        for name, (width, height, drawing) in PICTURES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.set_content(f'<body style="margin:0;font-size:0">{drawing}')
            page.screenshot(path=ASSETS / name)
        with tempfile.TemporaryDirectory() as folder:
            for name, shot in _scenes(browser, Path(folder)):
                (ROOT / "docs" / name).write_bytes(shot)
        browser.close()


def _scenes(browser: Any, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield a picture of each scene, of the sample site."""
    made = Site(folder)
    shutil.copy(ROOT / "site.toml", folder)
    shutil.copytree(ROOT / "content", folder / "content")
    made.build(search=True)
    days = sorted(made.public.glob("2*/*/*/index.html"), key=lambda file: file.stat().st_size)
    day = days[-1].parent.relative_to(made.public).as_posix()
    with serve(made.public) as host:
        for name, (path, width, colours, before) in SCENES.items():
            page = browser.new_page(
                viewport={"width": width, "height": 900}, color_scheme=colours, bypass_csp=True
            )
            page.goto(host.url)
            page.evaluate(before)
            page.goto(host.url + path.format(day=f"{day}/"))
            page.wait_for_timeout(1000)
            yield name, page.screenshot()
            page.close()


if __name__ == "__main__":
    main()
