"""Which files may be shell scripts, by their names. Nothing is loaded with it: every check asks that of every file."""

# How their names end, and the shell that an ending names.
ENDINGS = {".sh": None, ".bash": "bash", ".ksh": "ksh"}


def may_be_script(name: str) -> bool:
    """Whether a file of that name can be a shell script; its first line decides."""
    base = name.rpartition("/")[2].lower()
    return "." not in base or base.endswith(tuple(ENDINGS))
