"""``python -m oscp_report`` and the ``oscp-report`` command."""

from __future__ import annotations

from oscp_report.cli import main

if __name__ == "__main__":
    main()
