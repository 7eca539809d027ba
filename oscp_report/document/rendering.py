"""A view to finished HTML, through the templates. The one place where Jinja is used."""

from __future__ import annotations

import re
import traceback
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined
from jinja2.exceptions import TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from oscp_report.document.abbreviations import explained
from oscp_report.document.compiled import Compiled
from oscp_report.document.views import ReportView
from oscp_report.errors import ReportError

STYLES = tuple(f"css/{name}.css" for name in ("tokens", "components", "screen", "print"))
# Places that are filled in once the rest of the page, or of the build, is known. They are elements,
# so that no text of an author's can be taken for one.
_POLICY = '<meta http-equiv="Content-Security-Policy" content="">'
_PDF_SIZE = '<span class="pdf-size"></span>'
MOST_FRAMES = 60
"""Of a template that takes itself in without end, only the innermost calls are looked at."""


class BrokenTemplate(ReportError):
    """A template, the workspace's own as a rule, that cannot be rendered."""


class Templates:
    """The templates of a workspace, each read and compiled once: that is most of a page's time.

    ``folders`` are the folders to look in, the workspace's own first and the shipped one last. A
    template of the workspace extends the shipped one of its name as ``shipped/report.html``. May be
    used by several threads.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._environment = _environment(folders)
        self._styles: dict[str, Markup] = {}

    def page(self, name: str, styles: Sequence[str] = STYLES, **views: object) -> str:
        """A page with its style sheets in it, and its content security policy.

        ``styles`` are asked for in the template by the names of their files.

        Raises:
            BrokenTemplate: a template or a style sheet is missing, cannot be read, is no template,
                or fails: it asks for what is not there, or for what a template may not have.
        """
        sheets = {Path(style).stem: self.source(style) for style in styles}
        try:
            page = self._environment.get_template(name).render(styles=sheets, **views)
        # Everything that is printed was made before. What fails here is a template, and it can
        # fail in any way that Python can.
        except Exception as error:
            raise _broken(error, self._folders) from error
        return _with_policy(page.rstrip() + "\n")

    def source(self, name: str) -> Markup:
        """A style sheet or a script as it stands: no template, it goes into an element of its own.

        Raises:
            BrokenTemplate: it is missing, cannot be read, or would end its element.
        """
        if name not in self._styles:
            assert self._environment.loader is not None
            try:
                source, _, _ = self._environment.loader.get_source(self._environment, name)
            except Exception as error:  # as for a page
                raise _broken(error, self._folders) from error
            if end := re.search(r"</(?:style|script)", source, re.IGNORECASE):
                raise BrokenTemplate(
                    f"templates/{name} holds `{end[0].lower()}`", fix="take it out"
                )
            self._styles[name] = Markup(source)  # noqa: S704  # the program's or the workspace's own
        return self._styles[name]


def render_report(view: ReportView, templates: Templates | Sequence[Path]) -> str:
    """The report as one HTML page, from templates that are ready or from their folders.

    Raises:
        BrokenTemplate: as ``Templates.page``.
    """
    ready = templates if isinstance(templates, Templates) else Templates(templates)
    return ready.page("report.html", report=view)


def with_pdf_size(page: str, told: str) -> str:
    """The page, its link to the PDF ending in how many pages and bytes that has, as ``told``.

    The PDF is drawn from the page as it was before, which holds an empty place for it.
    """
    return page.replace(_PDF_SIZE, _PDF_SIZE.replace("><", f"> ({told})<"), 1)


def _with_policy(page: str) -> str:
    """The page with its content security policy: its own style sheets, `data:` pictures and fonts.

    A style element is allowed by the hash of its content (Content Security Policy level 3, 8.2).
    """
    hashes = (
        b64encode(sha256(style.encode()).digest()).decode()
        for style in re.findall(r"<style\b[^>]*>(.*?)</style", page, re.DOTALL)
    )
    styles = " ".join(f"'sha256-{found}'" for found in dict.fromkeys(hashes)) or "'none'"
    policy = f"default-src 'none'; style-src {styles}; img-src data:; font-src data:"
    if re.search(r"<[a-z][^<>]*\sstyle=", page):  # a workspace's own: the shipped have none
        policy += "; style-src-attr 'unsafe-inline'"
    policy += "; base-uri 'none'; form-action 'none'"
    return page.replace(_POLICY, _POLICY.replace('""', f'"{policy}"'), 1)


def _css_string(text: str) -> Markup:
    """A text as CSS writes it in quotes; what could end it, or the style element, by its number."""
    safe = re.sub(r"[^\w .,;:!?’'()/-]", lambda found: f"\\{ord(found[0]):x} ", text)
    return Markup(f'"{safe}"')  # noqa: S704  # no mark of HTML or CSS is left in it


def _broken(error: Exception, templates: Sequence[Path]) -> BrokenTemplate:
    """What a workspace's author is told: the template and its line, as far as they are known."""
    if isinstance(error, TemplateNotFound):
        fix = "correct its name where a template asks for it, or put it there"
        return BrokenTemplate(f"there is no template `{error.name}`", fix=fix)
    if isinstance(error, UnicodeDecodeError):
        fix = "save the files in templates/ as UTF-8"
        return BrokenTemplate("a template or a style sheet is not saved as UTF-8", fix=fix)
    what = error.message if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
    fix = "correct it, or compare it with the template shipped"
    return BrokenTemplate(f"{_place(error, templates)}: {what}", fix=fix)


def _place(error: Exception, templates: Sequence[Path]) -> str:
    """``templates/report.html:12``: where it failed; of a template that another took in, there."""
    if isinstance(error, TemplateSyntaxError):
        return f"templates/{error.name}:{error.lineno}"
    frames = traceback.extract_tb(error.__traceback__, limit=-MOST_FRAMES)
    for frame in reversed(frames):
        for folder in templates:
            if Path(frame.filename).is_relative_to(folder):
                name = Path(frame.filename).relative_to(folder).as_posix()
                return f"templates/{name}:{frame.lineno}"
    return "a template"


def _environment(templates: Sequence[Path]) -> ImmutableSandboxedEnvironment:
    # Sandboxed, since a workspace may come from somebody else.
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader(
            [
                PrefixLoader({"shipped": FileSystemLoader(templates[-1])}),
                FileSystemLoader(templates),
            ]
        ),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        bytecode_cache=Compiled(Path(__file__).read_text("utf-8")),
    )
    environment.filters |= {"explained": explained, "css_string": _css_string}
    return environment
