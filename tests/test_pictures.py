"""The pictures in layouts/assets."""

from __future__ import annotations

import struct

import pytest

from tests.pictures import ASSETS, PICTURES


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_as_large_as_it_is_said_to_be(name: str) -> None:
    """In pixels; and light in bytes, for a page may be shared from a phone."""
    data = (ASSETS / name).read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", data[16:24]) == PICTURES[name][:2]
    assert len(data) < 40_000


def test_the_pictures_show_the_mark_of_the_favicon() -> None:
    favicon = (ASSETS / "favicon.svg").read_text(encoding="utf-8")
    for _, _, drawing in PICTURES.values():
        parts = drawing.split(' d="')[1:]
        assert parts
        for part in parts:
            assert f'd="{part.partition(chr(34))[0]}"' in favicon
