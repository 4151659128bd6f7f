"""A policy of API Management is not what the service can read.

API Management refuses a policy that it cannot read, and the deployment fails there. Looked at are the policies in
templates (`Microsoft.ApiManagement/service/.../policies` and `policyFragments`) and XML files of the package whose
outermost element is `<policies>` or `<fragment>`:

- without a sub-id: it is no well-formed XML, or has a document type;
- `[expression]`: the brackets and texts of a policy expression, `@(...)` or `@{...}`, do not match;
- `[section]`: the outermost element, or a section in it, is one that does not exist; a fragment has no sections and no
  `<base />`;
- `[named-value]`: `{{` in an attribute is not closed, or names nothing;
- `[unchecked]`: the policy is too large to be read here.

In format `xml`, which holds where a template says nothing else, the characters of an expression are escaped like all
others: `condition="@(a &lt; 3 &amp;&amp; b == &quot;x&quot;)"`. In format `rawxml` expressions stand as they are:
`condition="@(a < 3 && b == "x")"`. A file may be either. What a template links (`xml-link`, `rawxml-link`) or puts
together from what only the deployment knows is not looked at.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.policies import Policy
from packager.checks.rule import Hit, rule
from packager.code.policy import MOST_CHARACTERS, problems
from packager.code.xmltext import NOT_WELL_FORMED

RAW = "; in format 'rawxml' expressions need no escapes"


@rule(on="policy", severity=Severity.ERROR)
def check(policy: Policy, _: Package) -> Iterator[Hit]:
    """Report what is wrong in the format that is said."""
    if len(policy.text) > MOST_CHARACTERS:
        message = f"a policy of more than {MOST_CHARACTERS:,} characters is not read"
        yield Hit(policy.spot(0), message, "unchecked", severity=Severity.INFO)
        return
    for one in problems(policy.text, policy.written, policy.root):
        is_raw = one.kind == NOT_WELL_FORMED and policy.written == "xml" and not problems(policy.text, "rawxml")
        message = f"{one.message}{RAW if is_raw else ''}{policy.shown_place(one.offset)}"
        yield Hit(policy.spot(one.offset), message, None if one.kind == NOT_WELL_FORMED else one.kind)
