"""Many years as a site: pages, data, search, feed. Pure: from models to bytes."""

from __future__ import annotations

from oscp_report.publishing.archive import Archive, File, PublishedYear, Superseded
from oscp_report.publishing.differences import made_from
from oscp_report.publishing.site import site_files

__all__ = ["Archive", "File", "PublishedYear", "Superseded", "made_from", "site_files"]
