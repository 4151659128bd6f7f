"""A rule of packager failed, so its findings are missing from the report.

This is a defect of packager, or of a rule that another distribution brings. The other rules were run all the same; the
exit code is 3, so that nobody takes the report for a clean one.

Please report the message together with the file. Until it is mended, `--ignore` the rule that the message names.
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="run", severity=Severity.ERROR)
