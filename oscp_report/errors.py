"""Errors the user can put right, each with its exit code. They know nothing of the command line."""

from __future__ import annotations

CLEAN, FINDINGS, COULD_NOT_RUN = 0, 1, 2


class ReportError(Exception):
    """The program could not run, and the user can put it right. Shown as one line, no traceback.

    ``fix`` is the sentence that says what to do.
    """

    exit_code = COULD_NOT_RUN

    def __init__(self, message: str, *, fix: str = "") -> None:
        super().__init__(message)
        self.fix = fix
