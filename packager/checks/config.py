"""Which rules run, and how severe their findings are: decided by pure functions, so that tables can test them."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple, get_args

from packager.checks.finding import Basis, Severity
from packager.checks.rule import Profile, Rule
from packager.checks.skip import Skip
from packager.data.api_versions import VersionTable
from packager.data.kubernetes import KubernetesVersion
from packager.errors import UsageError
from packager.source.nearest import did_you_mean

PROFILES: tuple[Profile, ...] = get_args(Profile)

# `Test-AzMarketplacePackage` of arm-ttk 0.27 turns the errors of these tests into warnings; all others block.
WARN_ONLY = frozenset(
    {
        "CreateUIDefinition-Must-Not-Have-Blanks",
        "apiVersions-Should-Be-Recent-In-Reference-Functions",
        "apiVersions-Should-Be-Recent",
        "DependsOn-Best-Practices",
        "DeploymentTemplate-Schema-Is-Correct",
        "Dynamic-Variable-References-Should-Not-Use-Concat",
        "IDs-Should-Be-Derived-From-ResourceIDs",
        "ManagedIdentityExtension-must-not-be-used",
        "Parameters-Must-Be-Referenced",
        "providers_apiVersions-Is-Not-Permitted",
        "ResourceIds-should-not-contain",
        "Template-Should-Not-Contain-Blanks",
        "VM-Images-Should-Use-Latest-Version",
        "Variables-Must-Be-Referenced",
        "URIs-Should-Be-Properly-Constructed",
    }
)


# Shared and never written to: mappings that processes can hand to each other.
NO_SEVERITIES: Mapping[str, Severity] = {}
NO_PARAMETERS: Mapping[str, str] = {}


class Config(NamedTuple):
    """What the user asked for; `select` and `ignore` hold rule ids and arm-ttk names in lower case.

    `baseline` is the file of accepted findings, `test_parameters` are the values of arm-ttk's check parameters by name
    in lower case, `api_versions` is the table to use instead of the shipped one, `kubernetes` the version that payloads
    are for, `skips` says what is not wanted where.
    """

    profile: Profile = "marketplace"
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = NO_SEVERITIES
    fail_on: Severity | None = Severity.ERROR
    baseline: str | None = None
    test_parameters: Mapping[str, str] = NO_PARAMETERS
    api_versions: VersionTable | None = None
    kubernetes: KubernetesVersion | None = None
    skips: tuple[Skip, ...] = ()


def problem_severity(code: str, severity: Severity, config: Config) -> Severity | None:
    """How severe a problem is that no rule reports; None where it is left out.

    An error means that something could not be checked, so nothing but `never` in --fail-on takes it away.
    """
    if severity is Severity.ERROR:
        return severity
    chosen = not config.select or code in config.select
    if config.profile == "arm-ttk" or code in config.ignore or not chosen:
        return None
    if code in config.severities:
        return config.severities[code]
    return Severity.ERROR if config.profile == "strict" and severity is Severity.WARNING else severity


def enabled(rule: Rule, config: Config) -> bool:
    """Whether the rule runs."""
    return config.profile in rule.profiles and _is_asked_for(rule, config)


def only_certified(rule: Rule, config: Config) -> bool:
    """Whether certification runs a rule that the profile leaves out, so that nothing but its verdict is told."""
    return rule.arm_ttk is not None and config.profile not in rule.profiles and _is_asked_for(rule, config)


def _is_asked_for(rule: Rule, config: Config) -> bool:
    if not config.select and not config.ignore:
        return True
    names = names_of(rule)
    return not names & config.ignore and (not config.select or bool(names & config.select))


@lru_cache(maxsize=1024)
def names_of(rule: Rule) -> frozenset[str]:
    """Every name that chooses the rule, in lower case."""
    return frozenset(name.lower() for name in (rule.id, rule.arm_ttk or rule.id, *rule.aliases))


def severity_of(rule: Rule, basis: Basis, written: Severity | None, config: Config) -> Severity | None:
    """How severe a finding is in the chosen profile; None where the profile leaves it out.

    `written` is the severity that the rule gave this finding, where it gave one.
    """
    if config.profile == "arm-ttk":
        return None if basis is Basis.PACKAGER else written or Severity.ERROR
    if rule.id in config.severities:
        return config.severities[rule.id]
    severity = _marketplace(rule, basis, written)
    return Severity.ERROR if config.profile == "strict" and severity is Severity.WARNING else severity


def _marketplace(rule: Rule, basis: Basis, written: Severity | None) -> Severity:
    if basis is Basis.PACKAGER:
        return written or rule.severity
    blocks = rule.arm_ttk not in WARN_ONLY and written is not Severity.WARNING
    if blocks:
        return Severity.ERROR
    return Severity.WARNING if basis is Basis.BOTH else Severity.INFO


def refuse_unknown(names: frozenset[str], rules: tuple[Rule, ...], option: str, where: str | None = None) -> None:
    """Raise UsageError for a name that chooses nothing."""
    known = {name for rule in rules for name in names_of(rule)}
    for name in sorted(names - known):
        message = f"{option} {name}: there is no such rule{did_you_mean(name, known)}"
        raise UsageError(message, where=where, hint="packager rules lists them all")
