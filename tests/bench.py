"""How long the commands take, side by side in one run, on the report for 2018-19.

    make bench                 medians and ratios of 15 rounds
    make bench ROUNDS=30

Each round runs every command once, in turn, so that a busy machine slows all of them alike. What
counts is the ratio to the bare `weasyprint` command on the same HTML, and to Python doing nothing.
All of them have their bytecode, which the first round makes and which is as good as installed.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
YEAR = "2018-19"
PYTHON = [sys.executable]
PROGRAM = [*PYTHON, "-m", "oscp_report", "-C", str(ROOT)]

# What is measured against what, and the ratio that is aimed for.
AIMS = (
    ("cold build", "bare weasyprint", 0.94),  # 0.74, and 0.2 for the mending and the proof
    ("unchanged build", "bare weasyprint", 0.2),
    ("check", "bare weasyprint", 0.25),
    ("--help", "python -c pass", 6.0),
    ("diff", "check of one", 1.5),
    ("six years, charts", "one year, none", 1.5),
)
CHARTS = 12
FIRST = 2013  # of six years, the last of which is the real one


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = f"{folder}/bytecode"
        run([*PROGRAM, "build", YEAR, "--output", f"{folder}/kept"])
        page = next((folder / "kept" / YEAR).glob("*.html"))
        weasyprint = shutil.which("weasyprint", path=str(Path(sys.executable).parent))
        if weasyprint is None:
            raise SystemExit("bench: the weasyprint command is not beside this Python")
        commands = {
            "bare weasyprint": [weasyprint, str(page), f"{folder}/bare.pdf"],
            "cold build": [*PROGRAM, "build", YEAR, "--output", f"{folder}/cold"],
            "unchanged build": [*PROGRAM, "build", YEAR, "--output", f"{folder}/kept"],
            "check": [*PROGRAM, "check", YEAR],
            "--help": [*PROGRAM, "--help"],
            "python -c pass": [*PYTHON, "-c", "pass"],
            **of_several_years(folder),
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds + 1):
            for name, command in commands.items():
                shutil.rmtree(folder / "cold", ignore_errors=True)
                taken[name].append(run(command))
    show({name: times[1:] for name, times in taken.items()})  # the first round warms the disk


def of_several_years(folder: Path) -> dict[str, list[str]]:
    """The commands that look at other years, on copies of the real file."""
    real = (ROOT / "data" / f"{YEAR}.yaml").read_text(encoding="utf-8")
    more = "".join(
        f"  more-{n}:\n    label: Label {n}\n    value: {n}\n"
        for n in range(CHARTS - real.count("value:"))
    )
    real = real.replace("status: final", "status: draft").replace("figures:\n", f"figures:\n{more}")
    assert real.count("value:") == CHARTS
    listed = 'appendices: [{title: "Appendix 1: Figures", figures: all}]'
    for name, years in (("one", 1), ("six", 6)):
        data = folder / name / "data"
        data.mkdir(parents=True)
        shutil.copy(ROOT / "data" / "partnership.yaml", data)
        for start in range(FIRST + 6 - years, FIRST + 6):
            year = f"{start}-{start + 1 - 2000}"
            text = real.replace(f"year: {YEAR}", f"year: {year}")
            if (name, year) == ("six", YEAR):
                text = text.replace("appendices: None", listed)
            (data / f"{year}.yaml").write_text(text, encoding="utf-8")
    run([*PYTHON, "-m", "oscp_report", "init", "--example", f"{folder}/example"])
    there = {
        name: [*PYTHON, "-m", "oscp_report", "-C", f"{folder}/{name}"]
        for name in ("one", "six", "example")
    }
    fresh = ["build", YEAR, "--output", f"{folder}/cold"]
    return {
        "check of one": [*there["example"], "check", "2023-24"],
        "diff": [*there["example"], "diff", "2022-23", "2023-24"],
        "one year, none": [*there["one"], *fresh],
        "six years, charts": [*there["six"], *fresh],
    }


def run(command: list[str]) -> float:
    """Seconds that a command takes, which has to succeed."""
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - started
    if done.returncode and "diff" not in command:  # which exits with 1 where two years differ
        raise SystemExit(f"bench: {' '.join(command)} failed:\n{done.stderr}")
    return taken


def show(taken: dict[str, list[float]]) -> None:
    medians = {name: statistics.median(times) for name, times in taken.items()}
    rounds = len(next(iter(taken.values())))
    print(f"{rounds} rounds, Python {sys.version.split()[0]}, {os.cpu_count()} cores\n")
    for name, median in medians.items():
        low, high = min(taken[name]), max(taken[name])
        print(f"{name:17} median {median:6.3f} s   from {low:.3f} to {high:.3f}")
    print()
    for name, base, aim in AIMS:
        pairs = zip(taken[name], taken[base], strict=True)
        by_round = statistics.median(mine / theirs for mine, theirs in pairs)
        ratio = medians[name] / medians[base]
        verdict = "met" if ratio <= aim else "MISSED"
        print(
            f"{name:17} {ratio:5.2f} of {base}"
            f" (median of each round's ratio {by_round:.2f}); aim {aim}: {verdict}"
        )


if __name__ == "__main__":
    main(int(os.environ.get("ROUNDS", "15")))
