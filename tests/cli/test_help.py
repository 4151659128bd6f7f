"""The help of every verb: its example runs, its options say what they take and what counts without them."""

import pathlib
import re
import shlex
import shutil

import click
import pytest

from packager.cli.main import VERBS, packager, run

ROOT = pathlib.Path(__file__).resolve().parents[2]
# These need a service, a browser or the helm program.
ELSEWHERE = {"publish", "preview", "helm"}
PARTS = ("marketplace", "createUiDefinition", "mainTemplates")


def commands():
    for verb in VERBS:
        command = packager.get_command(click.Context(packager), verb)
        inner = command.commands.items() if isinstance(command, click.Group) else ()
        yield from ((verb, command), *((f"{verb} {name}", one) for name, one in inner))


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("examples")
    for part in PARTS:
        shutil.copytree(ROOT / part / "starter", folder / part / "starter")
    (folder / "pyproject.toml").write_text("", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run(["build", "marketplace/starter/offer.yaml"]) == 0
    return folder


def example(command):
    return command.epilog.removeprefix("Example: packager ")


@pytest.mark.parametrize("verb", sorted(set(VERBS) - ELSEWHERE))
def test_the_example_of_a_verb_runs(verb, copy, monkeypatch, capsys):
    monkeypatch.chdir(copy)
    words = shlex.split(example(packager.get_command(click.Context(packager), verb)))
    assert words[0] == verb
    # A form has questions that only a customer can answer, and arm-ttk looks at the day.
    assert run(words) in ({0, 1} if verb in {"simulate", "prove", "arm-ttk"} else {0}), capsys.readouterr().err
    assert "usage:" not in capsys.readouterr().err.lower()


def test_every_example_is_one_of_its_command():
    for name, command in commands():
        assert example(command).startswith(name), name
        if not isinstance(command, click.Group):
            options = {one for parameter in command.params for one in parameter.opts}
            assert set(re.findall(r"--[a-z-]+", example(command))) <= options, name


def test_every_option_says_what_it_does():
    for name, command in commands():
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, f"{name} {option.name}"
                assert option.help[-1] in ".]", f"{name} {option.name}"
                is_given = isinstance(option.default, str | float) and not isinstance(option.default, bool)
                if is_given and option.default and option.name not in {"service", "resource", "publisher"}:
                    assert "[" in option.help, f"{name} {option.name}"
