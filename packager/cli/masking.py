"""Which values of a simulated form are secrets: what password boxes hold, and what goes to secure parameters."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from packager.dryrun.parameters import secure_parameters
from packager.ui.simulation.state import Output, Simulation
from packager.ui.values import json_form

MASK = "********"
_TYPED = frozenset({"PasswordBox", "SecureString"})
_COMPOSED = frozenset({"CredentialsCombo", "ServicePrincipalSelector"})
# Shorter ones stand in too many texts by chance.
_LEAST_INSIDE = 4


class Secrets(NamedTuple):
    """Secret texts, and the names of the outputs that are secret as a whole."""

    texts: frozenset[str] = frozenset()
    outputs: frozenset[str] = frozenset()

    def masked(self, value: Any) -> Any:
        """A value in its JSON form, with stars for the texts that are secret or hold a secret."""
        if isinstance(value, dict):
            return {name: self.masked(item) for name, item in value.items()}
        if isinstance(value, list):
            return [self.masked(item) for item in value]
        return MASK if isinstance(value, str) and self._is_secret(value) else value

    def hidden_in(self, line: str) -> str:
        """A line with stars in the place of secrets."""
        for text in sorted(self.texts, key=len, reverse=True):
            line = line.replace(text, MASK) if len(text) >= _LEAST_INSIDE else line
        return line

    def _is_secret(self, text: str) -> bool:
        return text in self.texts or any(len(one) >= _LEAST_INSIDE and one in text for one in self.texts)


def secrets_of(simulation: Simulation, template: Any = None) -> Secrets:
    """The secrets of a form; `template` is the content of the one that takes its outputs, None where it is unknown."""
    secure = secure_parameters(template)
    names = {name for name, output in _filled(simulation.outputs) if name.lower() in secure}
    texts = {text for name in names for text in _texts(json_form(simulation.outputs[name].value))}
    typed = set()
    for state in simulation.states:
        if state.control.kind in _TYPED and state.output:
            typed.add(state.control.index)
            texts.update(_texts(json_form(state.output)))
        elif state.control.kind in _COMPOSED:
            texts.update(_passwords(json_form(state.output)))
    for name, _ in (*_filled(simulation.outputs), *_filled(simulation.application)):
        if any(site.needs & typed for site in simulation.form.plan.outputs[name]):
            names.add(name)
    return Secrets(frozenset(texts), frozenset(names))


def _filled(outputs: Mapping[str, Output]) -> Iterator[tuple[str, Output]]:
    return ((name, output) for name, output in outputs.items() if output.value)


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value that is not empty."""
    if isinstance(value, str) and value:
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def _passwords(value: Any) -> Iterator[str]:
    """What stands under `password` in what an element with several fields puts out."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _texts(item) if name == "password" else _passwords(item)
