"""The parts of README.md that the program itself knows: its commands and its rules.

Run as a program (``make docs``) it writes them anew; a test compares.
"""

from __future__ import annotations

from pathlib import Path

import click

from oscp_report.catalogue import rules
from oscp_report.cli import cli

README = Path(__file__).resolve().parent.parent / "README.md"


def commands() -> str:
    """The help of every command, as the program prints it on a terminal of 100 columns."""
    parts = []
    whole = cli.context_class(cli, info_name="oscp-report", **cli.context_settings)
    for name in sorted(cli.commands):
        command = cli.commands[name]
        if command.hidden:
            continue
        context = click.Context(command, parent=whole, info_name=name, terminal_width=100)
        parts.append(f"```text\n{command.get_help(context)}\n```")
    return "\n\n".join(parts)


def rule_table() -> str:
    """Every rule with its severity and the first line of its explanation."""
    rows = [f"| {r.code} | {r.severity} | {r.summary} |" for r in rules().values()]
    return "\n".join(["| code | severity | what it finds |", "| --- | --- | --- |", *rows])


def with_parts(text: str) -> str:
    """The README with its generated parts as they should be."""
    for name, part in {"commands": commands(), "rules": rule_table()}.items():
        before, start, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- /{name} -->")
        if not (start and end):
            raise ValueError(f"README.md has no place for its {name}")
        text = f"{before}{start}{part}\n{end}{after}"
    return text


if __name__ == "__main__":
    README.write_text(with_parts(README.read_text(encoding="utf-8")), encoding="utf-8")
