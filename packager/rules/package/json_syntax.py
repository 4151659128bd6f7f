"""A JSON file of the package cannot be read.

Azure reads every template, form and parameter file of a package; one that is no JSON stops the deployment or the
portal form, and arm-ttk's JSONFiles-Should-Be-Valid blocks the submission.

Some things are JSON to the letter and still refused by the readers of arm-ttk and Azure: an empty property name, two
names of one object that differ only in case, an integer of hundreds of digits. The sub-id names them.

Fix the place that the message names. Typical causes are a missing comma, a placeholder of another build tool
(`${...}`), or a page of HTML saved in place of the file.

arm-ttk takes a file that holds only `[]`, `null`, `0`, `false` or `""` for unreadable, too, and reports every such file
once for each file without a `$schema`.
"""

from collections.abc import Iterator

from packager.checks.armttk.run import ArmTtkRun
from packager.checks.package import Package
from packager.checks.rule import Hit, arm_ttk_rule
from packager.source.armttk import REFUSED_DEVIATIONS
from packager.source.document import Document
from packager.source.spot import Spot

_EMPTY = "the file is valid JSON and holds nothing; put an object into it, or leave it out of the package"


@arm_ttk_rule("JSONFiles-Should-Be-Valid", on="file")
def predict(run: ArmTtkRun) -> Iterator[Hit]:
    """Every gathered file from which arm-ttk reads nothing, or something that counts as nothing."""
    for file in run.turn.invalid:
        hits = list(check(file.document, None))
        if not hits:
            hits = [Hit(file.spot(), "arm-ttk takes the file for no JSON", sub="empty", explanation=_EMPTY)]
        yield hits[0]


@predict.truth
def check(document: Document, _: Package | None) -> Iterator[Hit]:
    """Report the first syntax problem of the document, or what strict readers refuse in spite of the syntax."""
    problem = document.problem
    if problem is not None:
        message = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
        yield Hit(Spot(document, span=problem.span), message)
    for deviation in document.deviations if problem is None else ():
        if deviation.kind in REFUSED_DEVIATIONS:
            yield Hit(Spot(document, span=deviation.span), deviation.message, sub=deviation.kind)
