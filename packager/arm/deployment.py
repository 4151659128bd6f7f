"""One deployment being expanded: the main template or a nested one, in a world of its own or in its parent's."""

from collections.abc import Iterable, Sequence
from typing import Any

from packager.arm.declarations import Declared
from packager.arm.declared import Declaration, declarations
from packager.arm.dependencies import Written, circle, implied, in_order, serial, spare, written
from packager.arm.expansion import (
    CIRCULAR_DEPENDENCY,
    DUPLICATE_RESOURCE,
    UNDEFINED_DEPENDENCY,
    ExpandedResource,
    Outlet,
    Output,
    Skipped,
    Trouble,
)
from packager.arm.identity import text
from packager.arm.instances import Instance, instances
from packager.arm.outputs import evaluate_outputs
from packager.arm.registry import Registry
from packager.arm.run import Run
from packager.arm.template import SECURE_TYPES, key_of, member
from packager.arm.world import Resolver, TemplateWorld
from packager.expressions.errors import LIMIT, NOT_ALLOWED_HERE, TOO_DEEP, ExpressionError
from packager.expressions.kinds import OBJECT
from packager.expressions.limits import measure
from packager.expressions.residual import property_of, residual
from packager.expressions.scope import Facts, Scope
from packager.expressions.values import Unknown, Value
from packager.source.document import Document
from packager.source.span import Path
from packager.source.spot import Spot

# What a nested deployment deploys shows in its own resources.
_DEPLOYMENT_PARTS = frozenset({"template"})


class Deployment:
    """`template` stands at `base` of `document`; `world` is the parent's when `shared` (outer scope).

    `target` is where its resources go, `placed` whether that is certain, `id` that of the deployment resource (None for
    the main template).
    """

    def __init__(
        self,
        run: Run,
        document: Document,
        base: Path,
        world: TemplateWorld,
        target: Facts,
        *,
        scope: Scope | None = None,
        id_: Value = None,
        linked: bool = False,
        shared: bool = False,
        placed: bool = True,
        depth: int = 0,
    ) -> None:
        self.run = run
        self.document = document
        self.base = base
        self.template: dict[str, Any] = found if isinstance(found := document.at(base), dict) else {}
        self.world = world
        self.target = target
        self.scope = scope if scope is not None else Scope(world)
        self.id = id_
        self.linked = linked
        self.shared = shared
        self.placed = placed
        self.depth = depth
        self.outputs: dict[str, Output] = {}
        self.resources: list[ExpandedResource] = []
        self.skipped: list[Skipped] = []
        self._nested: dict[Instance, Deployment | None] = {}
        self._open: set[Instance] = set()
        self._current: list[Instance] = []
        self._declared: list[Declaration] = []
        self._failed = False
        self._instances: list[Instance] = []
        self._registry = Registry((), symbolic=False)
        self._around: Resolver | None = None

    def expand(self) -> None:
        """Evaluate everything; what is wrong is reported and left out."""
        declared = Declared(self.run, self.document, self.world, nested=self.id is not None)
        if not self.shared:
            declared.check_types()
            declared.check_parameters()
        self._around = outer = self.world.resolver
        self.world.resolver = self._resolve_outside if self.shared else self._resolve
        place, self.world.place = self.world.place, ""
        try:
            self._instances = list(self._declare())
            symbolic = isinstance(member(self.template, "resources"), dict)
            self._registry = Registry(self._instances, symbolic=symbolic, declarations=self._declared)
            self._check_twins()
            self._evaluate_all()
            self._evaluate_outputs()
            if not self.shared:
                declared.check_variables()
                declared.check_functions()
        finally:
            self.world.resolver, self.world.place = outer, place

    def _evaluate_outputs(self) -> None:
        for name, output, path in evaluate_outputs(self.template, self.base, self.scope, self._report, self.world):
            self.outputs[name] = output
            declaration, definitions = self.document.at(path[: len(self.base) + 2]), self.world.definitions()
            self.run.outlets.append(
                Outlet("output", name, output.value, self.document, path, declaration, definitions, self.shared)
            )

    def declared_outputs(self) -> list[str]:
        """The names of the outputs that a condition does not leave out for sure."""
        outputs = member(self.template, "outputs")
        items = outputs.items() if isinstance(outputs, dict) else ()
        return [name for name, value in items if not isinstance(value, dict) or member(value, "condition") is None]

    def _report(self, error: ExpressionError, path: Path, prefix: str = "") -> None:
        self.run.report(error, self.document, path, prefix)

    def _spot(self, path: Path, *, key: bool = False) -> Spot:
        return Spot(self.document, path, key)

    def _declare(self) -> Iterable[Instance]:
        """Instances in Azure's order: resources without a loop first, then the loops."""
        key = key_of(self.template, "resources")
        self._declared = list(declarations(self.template.get(key), (*self.base, key), None))
        if any(one.children for one in self._declared):
            from packager.arm.admission import loops_of_children  # few templates nest resources

            self.run.add_all(loops_of_children(self._declared, self.document))
        self.world.place = "name"
        for declaration in sorted(self._declared, key=lambda one: isinstance(one.raw("copy"), dict)):
            try:
                yield from list(instances(declaration, self.scope, self.target, self._failed_part))
            except ExpressionError as error:
                self._failed = True
                self._report(error, declaration.path)
        self.world.place = ""

    def _failed_part(self, error: ExpressionError, path: Path) -> None:
        """A name or condition that cannot be evaluated: what is meant by others may be this one."""
        self._failed = True
        self._report(error, path)

    def _check_twins(self) -> None:
        for twins in self._registry.twins():
            certain = [one for one in twins if one.condition is True]
            if len(certain) > 1:
                message = f"the resource '{text(certain[1].id)}' is defined {len(certain)} times"
                where = self._spot(certain[1].declaration.path_of("name"))
                self.run.add(Trouble(DUPLICATE_RESOURCE, message, where, "give each one a name of its own"))

    def _evaluate_all(self) -> None:
        bodies: list[tuple[Instance, dict[str, Value]]] = []
        for one in self._instances:
            if one.existing:
                continue
            if one.condition is False:
                self.skipped.append(Skipped(one.id, "its condition is false"))
                continue
            body = self._body(one)
            if body is not None:
                bodies.append((one, body))
        by_instance = dict(bodies)
        ids, targets = self._edges(list(by_instance))
        for one in in_order(list(by_instance), targets):
            self.resources.append(self._expanded(one, by_instance[one], ids.get(one, [])))
            nested = self._nested.get(one)
            if nested is not None:
                self.resources += nested.resources
                self.skipped += nested.skipped

    def _body(self, one: Instance) -> dict[str, Value] | None:
        """The evaluated resource; what fails in it is reported. None when nothing can be made of it."""
        self._current.append(one)
        parts = _DEPLOYMENT_PARTS if one.is_deployment else frozenset[str]()
        try:
            try:
                body = one.declaration.body(one.scope, parts)
            except ExpressionError as error:
                if error.code in (LIMIT, TOO_DEEP):
                    raise
                body = one.declaration.salvaged(one.scope, parts, self._report)
            measure(body)
            if one.is_deployment:
                self._nest(one)
        except ExpressionError as error:
            self._report(error, one.declaration.path)
            return None
        finally:
            self._current.pop()
        return body

    def _expanded(self, one: Instance, body: dict[str, Value], depends_on: Iterable[Value]) -> ExpandedResource:
        identity = {"type": one.type, "apiVersion": one.api_version, "name": one.name}
        return ExpandedResource(
            one.id,
            one.name,
            one.type,
            one.api_version,
            next((value for key, value in body.items() if key.lower() == "location"), None),
            one.extends,
            one.symbol,
            self.id,
            self.linked,
            one.condition,
            tuple(depends_on),
            {**{key: value for key, value in identity.items() if value is not None}, **body},
            self._spot(one.declaration.path),
            self.shared,
            self.target.level if self.placed else None,
        )

    def _edges(
        self, deployed: Sequence[Instance]
    ) -> tuple[dict[Instance, list[Value]], dict[Instance, Iterable[Instance]]]:
        """What each resource waits for, as ids and as resources; skipped and existing ones are no edges."""
        batches, present = serial(deployed), set(deployed)
        targets: dict[Instance, Iterable[Instance]] = {}
        edges: dict[Instance, list[Value]] = {}
        self.world.place = "dependsOn"
        for one in deployed:
            try:
                found = written(one, self._registry)
            except ExpressionError as error:
                self._report(error, one.declaration.path_of("dependson"))
                continue
            # What could not be evaluated may be what is named here.
            for name in () if self._failed else found.undefined:
                message = f"dependsOn names '{name}', which is not defined in the template"
                self.run.add(Trouble(UNDEFINED_DEPENDENCY, message, self._spot(one.declaration.path_of("dependson"))))
            uses = list(implied(one, self._registry))
            self._note_spare(one, found, uses)
            every = dict.fromkeys([*found.named, *uses, *batches.get(one, ())])
            targets[one] = [other for other in every if other in present and (other is not one or other in found.named)]
            edges[one] = [*(other.id for other in targets[one]), *found.unknown]
        self.world.place = ""
        loop = circle(targets)
        if loop:
            names = " -> ".join(text(one.name) for one in loop[:8])
            where = self._spot(loop[0].declaration.path_of("dependson"))
            self.run.add(Trouble(CIRCULAR_DEPENDENCY, f"resources wait for each other: {names}", where))
        return edges, targets

    def _note_spare(self, one: Instance, found: Written, uses: Iterable[Instance]) -> None:
        """Remember which entries are spare; in a loop all turns have to agree."""
        entries = dict.fromkeys(spare(found, uses))
        for number in found.entries:
            place = (*one.declaration.path_of("dependson"), number)
            self.run.spare[self.document, place] = (
                self.run.spare.get((self.document, place), True) and number in entries
            )

    def _nest(self, one: Instance) -> "Deployment | None":
        """The deployment of a deployment resource, expanded when it is first needed."""
        if one not in self._nested and one not in self._open:
            self._open.add(one)
            try:
                found: Deployment | None = self.run.nest(self, one)
                if found is not None:
                    found.expand()
                self._nested[one] = found
            except ExpressionError as error:
                if error.code in (LIMIT, TOO_DEEP):
                    raise
                self._report(error, one.declaration.path)
                self._nested[one] = None
            finally:
                self._open.discard(one)
        return self._nested.get(one)

    def _resolve(self, name: str, arguments: Sequence[Value]) -> Value | None:
        """What the template itself says of reference() and the like; notes which resource is meant."""
        wanted = arguments[0]
        if not (name in ("reference", "references") or name.startswith("list")):
            return None
        if self._current and isinstance(wanted, str) and self._registry.named(wanted):
            self._current[-1].uses[wanted] = None
        meant = self._meant(wanted)
        found = [one for one in meant if one.is_deployment and one.condition is not False]
        if len(found) != 1 or name not in ("reference", "listoutputswithsecurevalues") or found[0].existing:
            return _hinted(arguments, meant) if name == "reference" and meant else None
        nested = self._nest(found[0])
        return None if nested is None else _answer(name, arguments, nested, self.world)

    def _meant(self, wanted: Value) -> Sequence[Instance]:
        """The resources that the first argument of reference() stands for."""
        if type(wanted) is Unknown:
            return self._registry.find_unknown(wanted)[0]
        return self._registry.find(wanted) if isinstance(wanted, str) else ()

    def _resolve_outside(self, name: str, arguments: Sequence[Value]) -> Value | None:
        """The same in a template of outer scope: the one around it answers, before anything in this one is there."""
        assert self._around is not None, "a template of outer scope stands in another one"
        found = self._around(name, arguments)
        if found is None and any(not one.existing for one in self._meant(arguments[0])):
            message = f"{name}() asks for a resource of a template of outer scope, before that is deployed"
            hint = "set expressionEvaluationOptions.scope of the deployment to inner"
            raise ExpressionError(NOT_ALLOWED_HERE, message, None, hint)
        return found


def _answer(name: str, arguments: Sequence[Value], nested: Deployment, world: TemplateWorld) -> Value:
    """The known part of what Azure would answer about a nested deployment.

    Its outputs are all there are, unless one of them could not be evaluated. Those of secure types have no value for
    language version 1.0, and stay secret to whoever follows secrets.
    """
    given = list(arguments)
    while given and given[-1] is None:
        given.pop()
    complete = set(nested.outputs) == set(nested.declared_outputs())
    full = residual(name if name == "reference" else "listOutputsWithSecureValues", given, OBJECT)
    if name != "reference":
        values = {key: output.value for key, output in nested.outputs.items()}
        return full if world.open_secrets else full._replace(members=values, closed=complete)
    whole = len(given) > 2 and str(given[2]).lower() == "full"
    properties = property_of(full, "properties") if whole else full
    outputs = property_of(properties, "outputs")
    answers = {
        key: _output_of(property_of(outputs, key), output, modern=world.modern)
        for key, output in nested.outputs.items()
    }
    known = properties._replace(
        kinds=OBJECT, members={"outputs": outputs._replace(kinds=OBJECT, members=answers, closed=complete)}
    )
    return full._replace(members={"properties": known}) if whole else known


def _hinted(arguments: Sequence[Value], meant: Sequence[Instance]) -> Value | None:
    """What reference() answers about a resource of the template, with what is known of its type."""
    # Only a template that asks for its own resources pays for the facts about types.
    from packager.arm.bodies.hints import hint_of

    known = (one for one in meant if type(one.type) is str and not one.is_deployment)
    types = {(one.type, one.api_version if type(one.api_version) is str else None) for one in known}
    given = [*arguments, None, None][:3]
    if len(types) != 1:
        return None
    declared, own = types.pop()
    version = given[1] if isinstance(given[1], str) else own
    if not isinstance(version, str):
        return None
    hint = hint_of(declared, version, full=str(given[2]).lower() == "full")
    while given and given[-1] is None:
        given.pop()
    return residual("reference", given, OBJECT)._replace(hint=hint)


def _output_of(unknown: Unknown, output: Output, *, modern: bool) -> Unknown:
    secure = output.type.lower() in SECURE_TYPES
    members = {"type": output.type} if secure else {"type": output.type, "value": output.value}
    return unknown._replace(kinds=OBJECT, members=members, closed=not (secure and modern))
