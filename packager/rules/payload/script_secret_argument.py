"""A shell script hands a secret to a program as an argument.

The arguments of a process are no secret: every user of the machine can list them while it runs, and audit logs and
monitoring agents keep them. Reported are options for secrets whose value a script fills in (`--password "$value"`,
`mysql -p"$value"`), and variables with the names of secrets in the arguments of well-known programs
(`helm --set db.password="$DB_PASSWORD"`, `curl -H "Authorization: Bearer $TOKEN"`).

Hand the secret over where nobody sees it: through standard input (`kubectl create secret generic x
--from-file=key=/dev/stdin`, `docker login --password-stdin`, `curl --config -`), in a file that only its owner can read
(`mysql --defaults-extra-file=...`, `az keyvault secret set --file ...`, `helm --values ...`), or not at all: with a
managed identity, `az login --identity`.
"""

from collections.abc import Iterator

from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.code.script import Script, function_names
from packager.code.secretwords import shown_secrets
from packager.code.shellwords import commands

HOW = "hand it over through standard input or in a file"


@rule(on="script", severity=Severity.WARNING)
def check(script: Script, package: Package) -> Iterator[Hit]:
    """Report each argument once; what scripts define as a function is no program."""
    functions = function_names(package.scripts)
    for command in commands(script.text):
        for one in shown_secrets(command, functions):
            message = f"{one.secret} is an argument of '{one.program}', so whoever lists processes can read it; {HOW}"
            yield Hit(script.within(one.word.start, one.word.end), message)
