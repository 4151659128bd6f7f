import json
import pathlib

import pytest
from jsonschema import Draft202012Validator

import packager.offer

SCHEMAS = sorted(pathlib.Path(packager.offer.__file__).parent.glob("*.schema.json"))


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_shipped_schemas_are_sound(path: pathlib.Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert schema["additionalProperties"] is False
