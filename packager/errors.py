"""What packager raises: one hierarchy, each class with the exit code that the command line answers with."""


class PackagerError(Exception):
    """A failure that a person can act on.

    `message` names the thing and the reason, `where` is `file`, `file:line` or `file:line:column`,
    `hint` says what to do next. `str()` joins the three as they are shown.
    """

    exit_code = 3

    def __init__(self, message: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        text = f"{self.where}: {self.message}" if self.where else self.message
        return f"{text}\n  hint: {self.hint}" if self.hint else text


class RefusedError(PackagerError):
    """Content that is refused: a template, form, expression, source or package that cannot be used as it is."""

    exit_code = 1


class UsageError(PackagerError):
    """The request itself is wrong: an option, a path, a configuration file."""

    exit_code = 2


class FactsError(PackagerError):
    """A file of facts that ships with the tool is missing or damaged."""


class CloudError(PackagerError):
    """A cloud service answered no."""

    exit_code = 4
