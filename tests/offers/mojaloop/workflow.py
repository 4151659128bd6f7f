"""Runs the workflows of the offer beside an Azure of two resources: just the actions and expressions that they use."""

import contextlib
import re
from dataclasses import dataclass, field

CALL = re.compile(r"@(?:\{)?body\('(\w+)'\)((?:\?\['\w+'\])+)")
SERVER, CLUSTER, GATEWAY = "flexibleServers/", "managedClusters/", "namedValues/maintenance"


class Ended(Exception):
    """The workflow ended itself."""


@dataclass
class Azure:
    """What the workflows look at and change, and the calls in their order."""

    server: str = "Ready"
    cluster: str = "Running"
    standby: str = "Disabled"
    maintenance: str = "false"
    calls: list[str] = field(default_factory=list)

    def ask(self, inputs):
        path = inputs["uri"].partition("?")[0]
        verb = f"{inputs['method']} {path.rpartition('/')[2]}"
        if GATEWAY in path:
            self.maintenance = inputs["body"]["properties"]["value"]
            self.calls.append(f"maintenance {self.maintenance}")
        elif inputs["method"] == "POST":
            self._change(path)
        return self._shown(path, verb)

    def _change(self, path):
        """Starting what runs and stopping what stands still are mistakes, as they are in Azure."""
        verb = path.rpartition("/")[2]
        name = "server" if SERVER in path else "cluster"
        running = {"server": "Ready", "cluster": "Running"}[name]
        self.calls.append(f"{verb} {name}")
        if verb == "runCommand":
            assert (self.cluster, self.server) == ("Running", "Ready")
            return
        assert verb in ("start", "stop"), verb
        assert getattr(self, name) == ("Stopped" if verb == "start" else running), f"{verb} {name}"
        setattr(self, name, running if verb == "start" else "Stopped")

    def _shown(self, path, verb):
        if verb.startswith("GET"):
            if SERVER in path:
                return {"properties": {"state": self.server, "highAvailability": {"mode": self.standby}}}
            assert CLUSTER in path
            return {"properties": {"powerState": {"code": self.cluster}}}
        return {}


def run(definition, azure):
    """The answer of the workflow, after all of its actions."""
    state = {"answer": None, "bodies": {}}
    with contextlib.suppress(Ended):
        _actions(definition["actions"], azure, state)
    return state["answer"]


def _actions(actions, azure, state):
    done = set()
    while len(done) < len(actions):
        [name] = [name for name, one in actions.items() if name not in done and set(one["runAfter"]) <= done]
        assert all(statuses == ["Succeeded"] for statuses in actions[name]["runAfter"].values())
        _action(name, actions[name], azure, state)
        done.add(name)


def _action(name, action, azure, state):
    match action["type"]:
        case "Response":
            assert state["answer"] is None, "two answers"
            state["answer"] = (action["inputs"]["statusCode"], action["inputs"]["body"]["status"])
        case "Http":
            state["bodies"][name] = azure.ask(action["inputs"])
        case "If":
            chosen = (
                action["actions"]
                if _holds(action["expression"], state)
                else action.get("else", {"actions": {}})["actions"]
            )
            _actions(chosen, azure, state)
        case "Until":
            turns = 0
            while turns == 0 or not _until(action["expression"], state):
                turns += 1
                assert turns < 5, "it never ends"
                _actions(action["actions"], azure, state)
        case "Terminate":
            raise Ended
        case "Wait":
            pass
        case kind:
            raise AssertionError(f"no workflow of the offer has actions of type {kind}")


def _value(text, state):
    found = CALL.fullmatch(text)
    if found is None:
        assert not text.startswith("@"), text
        return text
    value = state["bodies"][found[1]]
    for key in re.findall(r"'(\w+)'", found[2]):
        value = value[key]
    return value


def _holds(expression, state):
    [(kind, operands)] = expression.items()
    if kind == "and":
        return all(_holds(one, state) for one in operands)
    if kind == "not":
        return not _holds(operands, state)
    assert kind == "equals"
    first, second = (_value(one, state) for one in operands)
    return first == second


def _until(text, state):
    found = re.fullmatch(r"@equals\((.*), '(\w+)'\)", text)
    return _value(f"@{found[1]}", state) == found[2]
