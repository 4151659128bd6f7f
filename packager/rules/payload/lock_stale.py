"""The lock of the Helm releases, `releases.lock.yaml`, is not that of the offer.

The lock beside offer.yaml says which chart each release was resolved to: its version, its digest, what it depends on
and which images it brings. It is stale when offer.yaml has a release that the lock lacks, or another chart, version or
digest; when the files of a chart changed; or when it has entries for releases that are gone. What customers install is
then not what was tested.

Run `packager helm lock OFFER`, look at what changed, and commit both. In a pipeline, `packager helm lock --check` fails
when the lock is stale, in its images too.
"""

from packager.checks.finding import Severity
from packager.checks.rule import declared

RULE = declared(__name__, __doc__, on="payload", severity=Severity.WARNING)
