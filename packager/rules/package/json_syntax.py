"""A JSON file of the package cannot be read.

Azure reads every template, form and parameter file of a package; one that is no JSON stops the deployment or the
portal form, and arm-ttk's JSONFiles-Should-Be-Valid blocks the submission.

Some things are JSON to the letter and still refused by the readers of arm-ttk and Azure: an empty property name, two
names of one object that differ only in case, an integer of hundreds of digits. The sub-id names them.

Fix the place that the message names. Typical causes are a missing comma, a placeholder of another build tool
(`${...}`), or a page of HTML saved in place of the file.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import EVERY_PROFILE, Hit, rule
from packager.source.armttk import REFUSED_DEVIATIONS
from packager.source.document import Document
from packager.source.spot import Spot


@rule(on="file", severity=Severity.ERROR, profiles=EVERY_PROFILE, arm_ttk="JSONFiles-Should-Be-Valid")
def check(document: Document, _: Package) -> Iterator[Hit]:
    """Report the first syntax problem of the document, or what strict readers refuse in spite of the syntax."""
    problem = document.problem
    if problem is not None:
        message = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
        yield Hit(Spot(document, span=problem.span), message)
    for deviation in document.deviations if problem is None else ():
        if deviation.kind in REFUSED_DEVIATIONS:
            yield Hit(Spot(document, span=deviation.span), deviation.message, sub=deviation.kind)
