"""JSON that cannot be read."""


def test_json_that_cannot_be_read_is_reported_where_it_breaks(found):
    files = {"a.json": '{\n  "a": 1\n  "b": 2\n}', "b.json": "{}"}
    assert found("json-syntax", files) == [("a.json", 2, "json-syntax", "error")]
    (message,) = found("json-syntax", files, messages=True)
    assert "comma" in message
