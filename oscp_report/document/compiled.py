"""The shipped templates as Jinja compiles them, kept where Python keeps its own bytecode."""

from __future__ import annotations

import sys
from hashlib import sha256
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

_PROGRAM = Path(__file__).resolve().parents[2]
"""The folder in which the package and, in a checkout, the templates lie."""


class Compiled(FileSystemBytecodeCache):
    """Keeps what templates beside the program were compiled to, for the next run.

    Compiling takes longer than all else in a page. What cannot be kept or read again is compiled
    each time, and so is what a workspace has of its own: that may lie anywhere.

    ``made_by`` stands for what, beside a template's source, decides what it is compiled to.
    """

    def __init__(self, made_by: str) -> None:
        self._made_by = f"{made_by} {version('jinja2')}"
        super().__init__(str(Path(cache_from_source(__file__)).parent), "template-%s.cache")

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """What a template is kept under; empty for one that is not kept."""
        is_ours = filename is not None and Path(filename).is_relative_to(_PROGRAM)
        return super().get_cache_key(name, filename) if is_ours else ""

    def get_source_checksum(self, source: str) -> str:
        """What a kept template must have been compiled from."""
        return sha256(f"{self._made_by}\n{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was kept, if it is whole and made from the same."""
        if not bucket.key:
            return
        try:
            super().load_bytecode(bucket)
        except Exception:  # whatever a file holds, it can be compiled anew
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, where Python would keep a module's."""
        if not bucket.key or sys.dont_write_bytecode:
            return
        try:
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)
        except OSError:  # nothing may be written there, as where somebody else installed it
            return
