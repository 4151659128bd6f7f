"""Writes the table of api-versions anew: `python -m packager.data.renew TABLE.json ORIGIN DATE`.

`TABLE.json` is `{"Namespace/type": ["2024-01-01", ...]}`, made for example from the published resource schemas or from
`az provider list`; ORIGIN says in words where it comes from, DATE (YYYY-MM-DD) how old it is.
"""

import hashlib
import json
import sys
from pathlib import Path

from packager.data.api_versions import TABLE, packed


def main(arguments: list[str]) -> int:
    """Read the table named first, write the shipped one."""
    if len(arguments) != 3:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    source, origin, date = arguments
    data = Path(source).read_bytes()
    TABLE.write_bytes(packed(json.loads(data), origin, date, hashlib.sha256(data).hexdigest()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
