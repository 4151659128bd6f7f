"""`packager` and `python -m packager`: what starts the command line, and is there before it can be interrupted."""

import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line and exit; an interrupt while it is still being imported ends as quietly as a later one."""
    try:
        from packager.cli.main import main as command  # the import is most of a short run, and may be interrupted

        command()
    except KeyboardInterrupt:
        sys.stderr.write("packager: interrupted\n")
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
