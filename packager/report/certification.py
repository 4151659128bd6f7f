"""What certification, which runs arm-ttk, would say of the same files."""

from packager.checks.config import WARN_ONLY
from packager.checks.engine import Report
from packager.checks.finding import Basis


def certification(report: Report) -> dict[str, list[str]]:
    """The arm-ttk tests that fail: those that block a submission, and those that only warn."""
    every = (*report.findings, *report.hidden)  # certification reads no comments and no baselines
    failing = {one.arm_ttk for one in every if one.arm_ttk and one.basis is not Basis.PACKAGER}
    return {"blocking": sorted(failing - WARN_ONLY), "warning": sorted(failing & WARN_ONLY)}
