"""Where a shell script hands secrets to programs as arguments, told by the names of options and variables."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from packager.code.shellwords import Command, Word
from packager.source.lazy import lazy_pattern

# At the end of a name without underscores: what only belongs to a secret (its name, id, file) ends otherwise.
_VALUE = (
    r"password|passwd|passphrase|clientsecret|appsecret|sharedsecret|secretkey|secretvalue|accountkey|accesskey"
    r"|storagekey|apikey|privatekey|saskey|sastoken|accesstoken|bearertoken|connectionstring|dbpass|adminpass|rootpass"
)
_SECRET = lazy_pattern(rf".*(?:{_VALUE}|secret|token|(?<=.)pwd)|pass|pw")
_CERTAIN = lazy_pattern(rf".*(?:{_VALUE}|(?<!next)(?<!page)token|(?<=.)(?<!old)pwd)|pass|pw")
_OPTION = lazy_pattern(
    r"--?(?:[\w-]{0,60}-)?(?:password|passwd|passphrase|client-secret|account-key|access-key|secret-key|sas-token"
    r"|connection-string|storepass|keypass)(?P<value>=.*)?",
    16,
)
_LITERAL = lazy_pattern(r"--from-literal=(?P<name>[\w.-]{1,80})=(?P<value>.*)", 16)
_OPTION_OF_NAME = lazy_pattern(
    r"-n|-f|-o|-g|--(?:[\w-]{1,60}-)?(?:names?|ids?|file|from-file|query|output|namespace|group)"
)
_WRAPPERS = frozenset({"sudo", "exec", "command", "nohup", "env", "time", "timeout", "retry", "eval", "xargs"})
_ATTACHED = {"mysql": "-p", "mysqladmin": "-p", "mysqldump": "-p", "mariadb": "-p", "sshpass": "-p", "7z": "-p"}
_SEPARATE = {"sshpass": "-p", "sqlcmd": "-P", "redis-cli": "-a", "ldapsearch": "-w", "curl": "-u"}
# Whose `login` takes a password or the secret of a service principal as `-p`.
_LOGIN = frozenset({"az", "buildah", "docker", "helm", "oras", "podman"})
# Programs that are no part of a shell, whose arguments are therefore those of a process.
_PROGRAMS = frozenset(
    (
        *("ansible-playbook", "awk", "az", "azcopy", "curl", "docker", "helm", "htpasswd", "java", "jq", "keytool"),
        *("kubectl", "mariadb", "mongo", "mongosh", "mysql", "mysqladmin", "mysqldump", "oc", "openssl", "perl"),
        *("podman", "psql", "python", "python3", "redis-cli", "sed", "sqlcmd", "ssh", "sshpass", "su", "terraform"),
        "wget",
    )
)


class Shown(NamedTuple):
    """An argument that shows a secret to whoever lists processes: the program, and what the secret is called."""

    program: str
    secret: str
    word: Word


def is_secret(name: str) -> bool:
    """Whether a variable of that name holds a secret, or perhaps the name of one."""
    return _SECRET.fullmatch(_plain(name)) is not None and name not in {"PWD", "OLDPWD"}


def shown_secrets(command: Command, functions: frozenset[str]) -> Iterator[Shown]:
    """The arguments of a command that show secrets; `functions` are names that are no programs."""
    words = _unwrapped(command.words)
    program = words[0].plain.rpartition("/")[2] if words else ""
    if not program or program in functions or words[0].text in functions:
        return
    stores = program == "az" and [word.plain for word in words[1:4]] == ["keyvault", "secret", "set"]
    is_program = program in _PROGRAMS or "/" in words[0].plain
    logs_in = program in _LOGIN and any(word.plain == "login" for word in words[1:3])
    for before, word in pairwise(words):
        secret = _given(program, before, word) if is_program else None
        if secret is None and stores and before.plain == "--value" and word.is_expanded:
            secret = f"the value of '{before.plain}'"
        if secret is None and program in _PROGRAMS and _OPTION_OF_NAME.fullmatch(before.plain) is None:
            secret = next((f"${name}" for name in word.values() if _CERTAIN.fullmatch(_plain(name))), None)
        if secret is None and logs_in and before.plain == "-p" and word.is_expanded:
            secret = f"the value of '{before.plain}'"
        if secret is not None:
            yield Shown(program, secret, word)


def _plain(name: str) -> str:
    return name[-80:].replace("_", "").lower()


def _unwrapped(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words from the program on, behind `sudo -u root env A=b` and the like."""
    if not words or words[0].plain not in _WRAPPERS:
        return words
    found = next((at for at, word in enumerate(words[:10]) if word.plain.rpartition("/")[2] in _PROGRAMS), None)
    return () if found is None else words[found:]


def _given(program: str, before: Word, word: Word) -> str | None:
    """What is given to an option for secrets, in the same word or the one behind it."""
    option = _OPTION.fullmatch(word.plain)
    name = next(word.values(), None)
    if option is not None and option["value"] and _is_filled_in(word, option["value"]):
        return f"the value of '{word.plain.partition('=')[0]}'"
    literal = _LITERAL.fullmatch(word.plain)
    if literal is not None and is_secret(literal["name"].replace("-", "_")) and word.is_expanded:
        return f"the value of '{literal['name']}'"
    attached = _ATTACHED.get(program)
    if attached is not None and word.plain.startswith(attached) and name is not None and word.plain != attached:
        return f"${name}"
    is_option = _OPTION.fullmatch(before.plain) is not None and "=" not in before.plain
    if is_option and not word.plain.startswith("-") and _is_filled_in(word, word.plain):
        return f"the value of '{before.plain}'"
    if before.plain == _SEPARATE.get(program) and name is not None and (program != "curl" or is_secret(name)):
        return f"${name}"
    return None


def _is_filled_in(word: Word, value: str) -> bool:
    """Whether a script makes a value while it runs, and it is not the name of a file (`@file`)."""
    return word.is_expanded and not value.lstrip("=").startswith("@")
