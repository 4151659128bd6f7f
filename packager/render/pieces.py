"""The entries of a package while they are being made: bytes, the document they hold, and the sources they came from."""

from collections.abc import Callable
from dataclasses import dataclass, field

from packager.errors import PackagerError
from packager.offer.model import SourceFile
from packager.offer.repository import Repository
from packager.render.bicep import compile_bicep
from packager.render.composed import ComposedMap, Layer
from packager.render.model import LEFT_TO_RULES, TOLERATED, RenderProblem
from packager.render.template import RenderedText, Renderer
from packager.render.traced import Traced, from_file, origin_at
from packager.source.document import Document
from packager.source.reading import Deviation, SyntaxProblem
from packager.source.sourcemap import SourceMap
from packager.source.writer import to_json


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry of the package; `document` is set where its text was rendered or written by us.

    Files that are only copied are read when their bytes are asked for: they may be large.
    """

    name: str
    size: int
    read: Callable[[], bytes] = field(repr=False)
    document: Document | None
    sources: tuple[str, ...]


def composed_document(name: str, text: str, layers: tuple[Layer, ...]) -> Document:
    """A document that was written anew from what was read in `layers`."""
    return Document.from_text(name, text, source_map=ComposedMap(layers, Document.from_text(name, text)))


def text_piece(name: str, document: Document, sources: tuple[str, ...]) -> Piece:
    """A piece whose bytes are the text of its document."""
    data = document.text.encode()
    return Piece(name, len(data), lambda: data, document, sources)


def data_piece(name: str, data: bytes, sources: tuple[str, ...]) -> Piece:
    """A piece of bytes that were made here."""
    return Piece(name, len(data), lambda: data, None, sources)


def copied_piece(name: str, source: str, repository: Repository) -> Piece:
    """A file of the repository as it is."""
    size = repository.file(source).stat().st_size
    return Piece(name, size, lambda: repository.data(source), None, (source,))


@dataclass(slots=True)
class Pieces:
    """What was made so far and what went wrong."""

    made: list[Piece] = field(default_factory=list)
    problems: list[RenderProblem] = field(default_factory=list)

    def add_text(self, name: str, rendered: RenderedText) -> None:
        """Take a rendered text as it is; its problem when it has none."""
        if rendered.problem is not None:
            self.problems.append(rendered.problem)
        if rendered.text is not None:
            document = Document.from_text(name, str(rendered.text), source_map=SourceMap(rendered.text.runs))
            self.made.append(text_piece(name, document, rendered.files))

    def add_json(self, name: str, source: SourceFile, rendered: RenderedText) -> None:
        """Read a rendered JSON or YAML source and take it as strict JSON."""
        if rendered.problem is not None:
            self.problems.append(rendered.problem)
        if rendered.text is None:
            return
        read = read_source(source, rendered.text)
        problems = syntax_problems(read, source.path, rendered.text)
        self.problems += problems
        if not problems:
            self._add_written(name, source, read, rendered)

    def _add_written(self, name: str, source: SourceFile, read: Document, rendered: RenderedText) -> None:
        try:
            written = to_json(read.value)
            written.encode()
        except PackagerError as error:
            self.problems.append(RenderProblem(str(error), source.path, 1, code="source-error"))
        except UnicodeEncodeError as error:
            message = f"half of a surrogate pair ({error.object[error.start]!a}) is no text; write the whole character"
            self.problems.append(RenderProblem(message, source.path, 1, code="source-error"))
        else:
            runs = rendered.text.runs if rendered.text is not None else ()
            document = composed_document(name, written, (Layer(read, runs),))
            self.made.append(text_piece(name, document, rendered.files))


def rendered_template(renderer: Renderer, source: SourceFile) -> tuple[RenderedText, list[RenderProblem]]:
    """The text of a template source; a Bicep file is compiled, and all of its template stands for its first line."""
    if not source.path.endswith(".bicep"):
        return renderer.render(source), []
    compiled = compile_bicep(renderer.repository.root, source.path)
    text = Traced(compiled.text, from_file("", source.path).runs) if compiled.text is not None else None
    return RenderedText(text, (source.path,)), list(compiled.problems)


def read_source(source: SourceFile, text: Traced) -> Document:
    """The rendered text as a document, of the kind that the source's name says."""
    name = source.path.removesuffix(".j2")
    return Document.from_text(source.path, str(text), kind="yaml" if name.endswith((".yaml", ".yml")) else "json")


def syntax_problems(read: Document, file: str, text: Traced) -> list[RenderProblem]:
    """Why the rendered text of `file` is not the JSON or YAML that it should be, at the lines that caused it."""
    if read.problem is not None:
        return [_source_problem(read, read.problem, file, text)]
    return [
        _source_problem(read, deviation, file, text)
        for deviation in read.deviations
        if deviation.kind not in TOLERATED | LEFT_TO_RULES
    ]


def _source_problem(read: Document, found: SyntaxProblem | Deviation, file: str, text: Traced) -> RenderProblem:
    place = read.place_of(found.span)
    origin = origin_at(text.runs, min(found.span.start, max(len(text) - 1, 0)))
    hint = found.hint if isinstance(found, SyntaxProblem) and found.hint else None
    message = f"{found.message}; {hint}" if hint else found.message
    if origin is None:
        return RenderProblem(message, file, place.line, code="source-error")
    same = not file.endswith(".j2")
    return RenderProblem(message, origin.file, origin.line, place.column if same else None, "source-error")
