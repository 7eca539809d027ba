"""How long a save takes to be seen, and how much memory the preview needs, on 2018-19.

    python -m tests.bench_preview
    python -m tests.bench_preview 100 2000     saves that are timed, saves for the memory

A save is seen when Chromium has drawn the new words. The PDF is timed from the save to the moment
that the page is told of it, beside the bare `weasyprint` command on the same page, in turn.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.preview.running import CHECKOUT, Running, running

YEAR = "2018-19"
AIM_SEEN, AIM_PDF, AIM_MEMORY = 0.15, 0.6, 0.1
SETTLING = 30
"""Saves before the memory is first weighed."""
WORDS = "was established in 1998"

_WATCH = """words => {
  window.seen = new Promise(done => {
    const look = () => {
      const body = document.querySelector('#stage iframe').contentDocument.body;
      if (!body.textContent.includes(words)) return;
      watcher.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(Date.now() / 1000)));
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document.querySelector('#stage iframe').contentDocument,
      { subtree: true, childList: true, characterData: true });
    look();
  });
}"""


def main(timed: int, saves: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "workspace"
        shutil.copytree(CHECKOUT / "data", root / "data")
        with running(root, year=YEAR) as preview:
            preview.wait(lambda state: state["pdf"]["state"] == "ready")
            seen = time_saves(preview, timed)
        with running(root, year=YEAR) as preview:
            drawn, bare = time_pdfs(preview, timed // 2, Path(name))
            before, after = weigh(preview, saves)
    ratio = statistics.median(a / b for a, b in zip(drawn, bare, strict=True))
    tell("a save is seen", seen, f"aim {AIM_SEEN} s")
    tell("a save is a PDF", drawn, f"ratio {ratio:.2f}, aim {AIM_PDF}")
    tell("bare weasyprint", bare, "")
    for which, old, new in zip(("preview", "renderer"), before, after, strict=True):
        grown = new / old - 1
        print(
            f"memory of the {which:8} {old / 1024:6.1f} MiB, after {saves} saves "
            f"{new / 1024:6.1f} MiB: {grown:+.1%}, aim below {AIM_MEMORY:+.0%}"
        )


def save(preview: Running, number: int) -> str:
    """Save the year's file with words of its own; returns the words."""
    words = f"was established in {20000 + number}"
    path = preview.root / "data" / f"{YEAR}.yaml"
    original = (CHECKOUT / "data" / f"{YEAR}.yaml").read_text("utf-8")
    assert original.count(WORDS) == 1
    path.write_text(original.replace(WORDS, words), "utf-8")
    return words


def time_saves(preview: Running, timed: int) -> list[float]:
    """Seconds from a save to its being seen, while nothing is drawn."""
    from playwright.sync_api import sync_playwright

    taken = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.goto(preview.address)
        page.wait_for_selector("body[data-page]")
        for number in range(timed + 2):
            words = f"was established in {20000 + number}"
            page.evaluate(_WATCH, words)
            started = time.time()
            save(preview, number)
            taken.append(float(page.evaluate("window.seen")) - started)
            page.wait_for_timeout(700)  # an officer's next save comes later than its PDF
        browser.close()
    return taken[2:]


def time_pdfs(preview: Running, timed: int, folder: Path) -> tuple[list[float], list[float]]:
    """Seconds from a save to its PDF, and those of the bare command, in turn."""
    weasyprint = Path(sys.executable).parent / "weasyprint"
    page = folder / "page.html"
    page.write_text(preview.html(), "utf-8")
    drawn, bare = [], []
    for number in range(timed + 1):
        old = preview.wait(lambda state: state["pdf"]["state"] == "ready")["pdf"]["name"]
        with preview.states() as states:
            next(states)
            started = time.perf_counter()
            save(preview, 1000 + number)
            next(state for state in states if state["pdf"]["name"] != old)
            drawn.append(time.perf_counter() - started)
        started = time.perf_counter()
        subprocess.run([weasyprint, page, folder / "bare.pdf"], capture_output=True, check=True)
        bare.append(time.perf_counter() - started)
    return drawn[1:], bare[1:]


def weigh(preview: Running, saves: int) -> tuple[list[int], list[int]]:
    """KiB of the preview's process and of its renderer's, before and after so many saves."""
    before: list[int] = []
    with preview.states() as states:
        page = next(states)["page"]
        for number in range(SETTLING + saves):
            if number == SETTLING:
                before = weights(preview.process.pid)
            save(preview, 5000 + number)
            page = next(state["page"] for state in states if state["page"] != page)
    preview.wait(lambda state: state["pdf"]["state"] == "ready")
    return before, weights(preview.process.pid)


def weights(pid: int) -> list[int]:
    """The resident sizes of a process and its children, in KiB (Linux)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    children += [
        child
        for task in Path(f"/proc/{pid}/task").iterdir()
        if task.name != str(pid)
        for child in (task / "children").read_text().split()
    ]
    return [weight(each) for each in (pid, *map(int, children))]


def weight(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))


def tell(what: str, taken: list[Any], more: str) -> None:
    print(
        f"{what:16} median {statistics.median(taken):.3f} s   "
        f"from {min(taken):.3f} to {max(taken):.3f}   {more}"
    )


if __name__ == "__main__":
    main(*(map(int, sys.argv[1:3] if len(sys.argv) > 2 else (30, 500))))
