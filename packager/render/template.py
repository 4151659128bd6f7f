"""One source file -> its rendered text, or the problem at the line that caused it."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from packager.errors import PackagerError
from packager.offer.model import Delimiters, SourceFile
from packager.offer.repository import Repository
from packager.render.environment import TracingEnvironment, Usage, read_text
from packager.render.failure import FAILURES, render_problem
from packager.render.model import RenderProblem
from packager.render.traced import Traced, from_file


@dataclass(frozen=True, slots=True)
class RenderedText:
    """A rendered source: its text with origins (None when it failed) and the files that went into it."""

    text: Traced | None
    files: tuple[str, ...]
    problem: RenderProblem | None = None


# What was compiled, by the delimiters of the sources.
Environments = dict[Delimiters, TracingEnvironment]


class Renderer:
    """Renders sources of one repository with one set of variables.

    What it compiles is kept in `environments`, which renderers of the same repository may share.
    """

    __slots__ = ("_environments", "asked", "repository", "variables")

    def __init__(
        self, repository: Repository, variables: Mapping[str, Any], environments: Environments | None = None
    ) -> None:
        self.repository = repository
        self.variables = variables
        self.asked: set[str] = set()
        self._environments: Environments = {} if environments is None else environments

    def render(self, source: SourceFile) -> RenderedText:
        """The text of `source`, which is rendered when its name ends in `.j2`."""
        if source.path.endswith(".j2"):
            return self._render_template(source)
        try:
            text = from_file(read_text(self.repository, source.path), source.path)
        except PackagerError as error:
            problem = RenderProblem(error.message, source.path, 1, code="source-error")
            return RenderedText(None, (source.path,), problem)
        return RenderedText(text, (source.path,))

    def _render_template(self, source: SourceFile) -> RenderedText:
        environment = self._environment(source.delimiters)
        usage = environment.usage = Usage()
        text, problem = None, None
        try:
            template = environment.get_template(source.path)
            # A template may change lists and mappings that it is given; the next one must not see that.
            context = template.new_context(copy.deepcopy(dict(self.variables)))
            text = environment.concat(template.root_render_func(context))
            text.encode()  # refuses half of a surrogate pair, which a template can write and no file can hold
        except FAILURES as error:
            problem = render_problem(error, source.path)
        self.asked |= usage.names
        used = (source.path, *sorted(usage.files - {source.path}))
        return RenderedText(text, used, problem)

    def _environment(self, delimiters: Delimiters) -> TracingEnvironment:
        if delimiters not in self._environments:
            self._environments[delimiters] = TracingEnvironment(self.repository, delimiters)
        return self._environments[delimiters]
