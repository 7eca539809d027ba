"""Views to pages, with the templates kept ready for as long as none of them changes."""

from __future__ import annotations

from oscp_report.document.rendering import Templates, render_report
from oscp_report.document.views import ReportView
from oscp_report.workspace import Workspace


class Pages:
    """Renders the pages of a workspace. May be used by several threads."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._ready: Templates | None = None
        self._edition = 0

    def forget(self) -> None:
        """Read every template anew at the next page: one has changed, or come, or gone."""
        self._edition += 1
        self._ready = None

    def render(self, view: ReportView) -> str:
        """The page of a view.

        Raises:
            BrokenTemplate: as ``render_report``.
        """
        return render_report(view, self._ready or self._make_ready())

    def _make_ready(self) -> Templates:
        edition = self._edition
        ready = Templates(self._workspace.templates)
        if edition == self._edition:  # else what was read may be old already
            self._ready = ready
        return ready
