"""Compiled layouts, kept from one build to the next.

A new day makes a page of nearly every kind, and to compile a layout takes longer than to make some
hundred pages. What is kept holds for one fingerprint: of all layouts, the settings, the program,
Jinja and Python.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import shutil
from typing import TYPE_CHECKING, NamedTuple

import jinja2

if TYPE_CHECKING:
    from pathlib import Path
    from types import CodeType

_ENDING = ".code"


class Compiled(NamedTuple):
    """A flat layout."""

    code: CodeType
    macros: tuple[tuple[str, str, str], ...]
    """What it takes from others: the layout, the macro's name, and what it is called here."""


class CodeCache:
    """The compiled layouts of one fingerprint, a file each. Errors of the disk cost time alone."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self.folder = folder / fingerprint
        if not self.folder.is_dir():  # of another fingerprint, or none
            shutil.rmtree(folder, ignore_errors=True)
            with contextlib.suppress(OSError):
                self.folder.mkdir(parents=True)

    def is_used(self) -> bool:
        """Tell whether layouts were kept here, which this Jinja has compiled well before."""
        with contextlib.suppress(OSError):
            return any(self.folder.iterdir())
        return False

    def holds(self, name: str, root: str) -> bool:
        """Tell whether a layout is there."""
        return self._file(name, root).is_file()

    def read(self, name: str, root: str) -> Compiled | None:
        """Return a layout for pages with some way back to the site's root, if it is there."""
        try:
            code, macros = marshal.loads(self._file(name, root).read_bytes())  # noqa: S302 - ours
        except (OSError, ValueError, EOFError, TypeError):
            return None
        return Compiled(code, macros)

    def write(self, name: str, root: str, compiled: Compiled) -> None:
        """Keep a layout."""
        self.keep(self._file(name, root), marshal.dumps(tuple(compiled)))

    def keep(self, file: Path, data: bytes) -> None:
        """Write a file, which appears only when it is whole."""
        aside = file.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            aside.write_bytes(data)
            aside.replace(file)

    def macros(self) -> jinja2.BytecodeCache:
        """Return Jinja's cache of the layouts that macros come from."""
        return _MacroCache(self)

    def _file(self, name: str, root: str) -> Path:
        key = hashlib.blake2b(f"{name} {root}".encode(), digest_size=8).hexdigest()
        return self.folder / f"{key}{_ENDING}"


class _MacroCache(jinja2.BytecodeCache):
    def __init__(self, cache: CodeCache) -> None:
        self._cache = cache

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        with contextlib.suppress(OSError):
            bucket.bytecode_from_string(self._file(bucket).read_bytes())

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self._cache.keep(self._file(bucket), bucket.bytecode_to_string())

    def _file(self, bucket: jinja2.bccache.Bucket) -> Path:
        return self._cache.folder / f"{bucket.key}.macros"
