"""The commands that compare: diff, git-setup."""

from __future__ import annotations
