"""The turns that arm-ttk takes over a package, with what carries over from one file to the next."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from packager.bundle.model import Bundle
from packager.checks.armttk.gather import (
    FORM_NAME,
    MAIN_NAMES,
    chosen_name,
    gathered_names,
    groups_of,
    mentions,
    read_file,
)
from packager.checks.armttk.inner import Cut, Extraction, cut, extract, extract_main, inner_templates, paths_of, without
from packager.checks.armttk.powershell import get, members, truthy
from packager.checks.armttk.run import JsonFile, Settings, TemplateInput, Turn
from packager.checks.armttk.search import Found
from packager.checks.rule import Input
from packager.source.armttk import arm_ttk_readable

_PARAMETERS = ".parameters.json"
_NO_MAIN_INNER = ("parameters.", "prereq.", "createuidefinition.")


class _Start(NamedTuple):
    """What is known before the first file: the chosen file in one of its roles, and the gathered files."""

    files: tuple[JsonFile, ...]
    main: TemplateInput | None
    main_inner: tuple[Found, ...]
    cut: Cut | None
    extraction: Extraction | None
    form: JsonFile | None
    parameters: JsonFile | None
    main_parameters: dict[str, Any] | None
    metadata: Any
    is_main: bool


def plan(bundle: Bundle, settings: Settings, *, main_template_first: bool = False) -> list[Turn]:
    """arm-ttk's turns over a package, one a file that it tests; none where it finds no file to start from."""
    chosen = chosen_name(bundle, main_template_first=main_template_first)
    return list(_turns(_start(bundle, chosen), settings)) if chosen in bundle.entries and chosen else []


def plan_each(bundle: Bundle, settings: Settings) -> list[Turn]:
    """The turns that arm-ttk would take if it were started on every JSON file by itself."""
    from_each = (
        Bundle(bundle.root, "file", bundle.plan, bundle.entries, (), frozenset({name}))
        for name in bundle.entries
        if name.lower().endswith((".json", ".jsonc"))
    )
    return [turn for one in from_each for turn in plan(one, settings)]


def _start(bundle: Bundle, chosen: str) -> _Start:
    names = gathered_names(bundle, chosen)
    files = {name: read_file(bundle, name) for name in names}
    file = files.get(chosen) or read_file(bundle, chosen)
    name, value = file.name.lower(), file.value
    schema, metadata = get(value, "$schema"), get(value, "metadata")
    known = {} if metadata is None else metadata
    if mentions(schema, "createuidefinition"):
        return _Start((file,), None, (), None, None, file, None, None, known, is_main=False)
    if name.endswith(_PARAMETERS):
        return _Start((file,), None, (), None, None, None, file, None, known, is_main=False)
    form = _form_beside(bundle, files, chosen)
    inner = tuple(inner_templates(file))
    main = TemplateInput(file, value, file.text)
    is_main = name in MAIN_NAMES
    parameters = dict(members(get(value, "parameters"))) if is_main else None
    ordered, done = _ordered(files, form), cut(file, inner)
    main_extraction = extract_main(file, inner, done)
    return _Start(ordered, main, inner, done, main_extraction, form, None, parameters, known, is_main=is_main)


def _form_beside(bundle: Bundle, files: dict[str, JsonFile], chosen: str) -> JsonFile | None:
    folder = chosen.rpartition("/")[0]
    beside = f"{folder}/{FORM_NAME}" if folder else FORM_NAME
    found = next((name for name in bundle.entries if name.lower() == beside), None)
    if found is None:
        return None
    return files.get(found) or read_file(bundle, found)


def _ordered(files: dict[str, JsonFile], form: JsonFile | None) -> tuple[JsonFile, ...]:
    """The files with the form first; of several forms in the tree only the last one stays."""
    forms = [file for file in files.values() if file.name.lower() == FORM_NAME]
    if form is None:
        return tuple(files.values())
    return (*forms[-1:], *(file for file in files.values() if file.name.lower() != FORM_NAME))


def _turns(start: _Start, settings: Settings) -> Iterator[Turn]:
    extraction = start.extraction
    state = Turn(
        file="",
        groups=frozenset(),
        files=start.files,
        invalid=tuple(file for file in start.files if _is_invalid(file)),
        settings=settings,
        main=start.main,
        main_parameters=start.main_parameters,
        metadata=start.metadata,
        form=start.form,
        parameters=start.parameters,
        template=extraction.template if extraction else None,
        inner=extraction.inner if extraction else (),
        is_main=start.is_main,
    )
    first = True
    for file in start.files:
        schema = get(file.value, "$schema")
        groups = groups_of(file, is_first_with_schema=first)
        first = first and not truthy(schema)
        if not groups:
            continue
        # What a file does not set stays as the file before it left it.
        if mentions(schema, "deploymentparameters") or file.name.lower().endswith(_PARAMETERS):
            state = state._replace(parameters=file)
        if mentions(schema, "deploymenttemplate"):
            state = _with_template(state, file, start)
        yield state._replace(file=file.document.name, groups=groups, given=_given(state))


def _given(turn: Turn) -> frozenset[Input]:
    template = turn.template
    found: dict[Input, bool] = {
        "object": template is not None and truthy(template.value),
        "text": template is not None and template.text is not None and bool(template.text.value),
        "form": turn.form is not None and truthy(turn.form.value),
        "parameters": turn.parameters is not None and truthy(turn.parameters.value),
        "main-parameters": bool(turn.main_parameters),
    }
    return frozenset(name for name, given in found.items() if given)


def _is_invalid(file: JsonFile) -> bool:
    """Whether arm-ttk reads nothing from the file, or something that counts as nothing: `[]`, null, 0, false, ""."""
    if file.document.problem is not None:
        # The problem may be a limit of this tool, which arm-ttk does not have.
        return not arm_ttk_readable(file.document)
    value = file.value
    # What is read is handed on element by element.
    return not truthy(value[0] if isinstance(value, list) and len(value) == 1 else value)


def _with_template(state: Turn, file: JsonFile, start: _Start) -> Turn:
    is_main = file.name.lower() in MAIN_NAMES
    own = inner_templates(file)
    if own:
        known = start.cut if start.main is not None and file is start.main.file else None
        extraction = extract(file, own, known or cut(file, own))
    elif file.name.lower().startswith(_NO_MAIN_INNER) or start.extraction is None:
        extraction = Extraction(TemplateInput(file, file.value, file.text), ())
    else:
        # A file without inner templates of its own is given those of the main file.
        template = without(file, file.text, paths_of(start.main_inner))
        extraction = Extraction(template, start.extraction.inner)
    return state._replace(template=extraction.template, inner=extraction.inner, is_main=is_main)
