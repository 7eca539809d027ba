"""How long a site of 200 generated years takes: with one job and with two, and after one change.

    make bench                            the commands, then this
    python tests/bench_site.py [YEARS]    this alone

Each run is a process of its own, one after the other; what counts is the ratio of one to the other.
That both make the same bytes is looked at as well.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from oscp_report.outputs.stamp import digest_tree
from oscp_report.year import Year
from tests.small_reports import as_yaml

LAST = 2099  # a year begins in 1900 at the earliest
PARTNERSHIP = "name: Merrow Safer Together Partnership\nshort_name: MSTP\ncouncil: Merrow Council\n"
WORDS = (
    "officers visited homes schools shops parks and gave locks lights talks to people who had "
    "asked for help after a burglary while wardens walked through streets where residents often "
    "felt less safe at night than during their day"
).split()
AT_ONCE = 1.6  # times as fast with two jobs as with one
CHANGED = 0.1  # of the whole, after one year's text was changed


def main(years: int) -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as name:
        workspace = Path(name)
        os.environ["PYTHONPYCACHEPREFIX"] = f"{workspace}/bytecode"
        write_years(workspace, years)
        run(workspace, "check", str(Year(LAST)))  # makes the bytecode of most
        site = workspace / "build" / "site"
        one = run(workspace, "site", "--drafts", "--jobs", "1")
        first = digest_tree(site)
        assert (site / str(Year(LAST - years + 1))).is_dir(), "not every year is in the site"
        shutil.rmtree(workspace / "build")
        two = run(workspace, "site", "--drafts", "--jobs", "2")
        second = digest_tree(site)
        edited = workspace / "data" / f"{Year(LAST - years // 2)}.yaml"
        edited.write_text(edited.read_text().replace("We met", "We met, and spoke,"))
        again = run(workspace, "site", "--drafts", "--jobs", "2")
        third = digest_tree(site)
    touched = sum(third.get(path) != found for path, found in second.items())
    print(f"{years} years, {len(second)} files, {os.cpu_count()} cores\n")
    print(f"one job   {one:7.1f} s\ntwo jobs  {two:7.1f} s\none change{again:7.1f} s\n")
    print(f"the same bytes with one job and with two: {'yes' if first == second else 'NO'}")
    print(f"files touched by one change: {touched}")
    for what, met in (
        (f"two jobs: {one / two:.2f} times as fast; aim {AT_ONCE}", one >= AT_ONCE * two),
        (f"one change: {again / two:.3f} of two jobs; aim {CHANGED}", again <= CHANGED * two),
    ):
        print(f"{what}: {'met' if met else 'MISSED'}")


def write_years(workspace: Path, count: int) -> None:
    """Years that differ from each other in every paragraph and figure."""
    chance = random.Random(2019)
    data = workspace / "data"
    data.mkdir()
    (data / "partnership.yaml").write_text(PARTNERSHIP)
    for start in range(LAST - count + 1, LAST + 1):
        said = [" ".join(chance.sample(WORDS, k=30)).capitalize() + "." for _ in range(20)]
        figures = {
            f"figure-{n}": {
                "label": f"Locks given in ward {n}",
                "value": chance.randint(50, 900),
                "source": "Merrow Council",
            }
            for n in range(10)
        }
        said += [f"In ward {n} it was {{figure-{n}}}." for n in range(10)]
        text = as_yaml(
            str(Year(start)),
            status="draft",
            cover=[{"To": "Council"}, {"Date": f"22 July {start + 1}"}],
            introduction={"heading": "Introduction", "paragraphs": ["We met every month.", *said]},
            figures=figures,
        )
        (data / f"{Year(start)}.yaml").write_text(text)


def run(workspace: Path, *words: str) -> float:
    """Seconds that a command takes; a check may find something."""
    command = [sys.executable, "-m", "oscp_report", "-C", str(workspace), *words]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - started
    if done.returncode and words[0] != "check":
        raise SystemExit(f"bench: {' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return taken


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
