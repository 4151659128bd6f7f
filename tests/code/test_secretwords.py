"""Which arguments show secrets, and which only have to do with them."""

import pytest

from packager.code.secretwords import is_secret, shown_secrets
from packager.code.shellwords import commands


def shown(text, *functions):
    return [
        (one.program, one.secret) for command in commands(text) for one in shown_secrets(command, frozenset(functions))
    ]


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ('az login --password "$x"', "the value of '--password'"),
        ("az login --password=$x", "the value of '--password'"),
        ("az login -p $ARM_CLIENT_SECRET", "$ARM_CLIENT_SECRET"),
        ("az vm create --admin-password $(make)", "the value of '--admin-password'"),
        ("az storage blob list --account-key `key`", "the value of '--account-key'"),
        ("./tool.sh --sas-token $x", "the value of '--sas-token'"),
        ("/opt/x --client-secret $x", "the value of '--client-secret'"),
        ("mysql -p$x", "$x"),
        ('sshpass -p "$x" ssh host', "$x"),
        ("sqlcmd -P $x", "$x"),
        ('curl -u "me:$DB_PASSWORD" https://x', "$DB_PASSWORD"),
        ('sudo -u root env A=b helm install --set a="$API_KEY"', "$API_KEY"),
        ("openssl enc -pass pass:$KEY_PASS", None),
        ("openssl enc -pass pass:$ADMIN_PASS", "$ADMIN_PASS"),
        ("kubectl create secret generic x --from-literal=db-password=$x", "the value of 'db-password'"),
        ("az keyvault secret set -n x --value $x", "the value of '--value'"),
        ("jq --arg p $pw .", "$pw"),
    ],
)
def test_secrets(text, secret):
    assert [one[1] for one in shown(text)] == ([secret] if secret else [])


@pytest.mark.parametrize(
    "text",
    [
        "az login --password literal",
        "az login --password @$file",
        "az login --password '$x'",
        "kubectl exec x -- sh -c 'mysql -p\"$DB_PASSWORD\"'",
        "az login --password --identity $x",
        "az keyvault secret show --name $DB_PASSWORD",
        "az keyvault secret show --query value $SECRET",
        "kubectl get secret $secret",
        "kubectl get secret $DB_SECRET",
        "mysql -p",
        "mysql -h $host -u $user",
        "curl -u $user: https://x",
        "curl https://x?token=$NEXT_TOKEN",
        "curl https://x/$PWD/$OLDPWD",
        "echo $DB_PASSWORD",
        "printf '%s' $DB_PASSWORD",
        "export DB_PASSWORD=$x",
        "[ $DB_PASSWORD = x ]",
        "store --password $x",
        "az '$DB_PASSWORD'",
        "az ${#DB_PASSWORD}",
        "az $DB_PASSWORD_FILE",
        "sudo",
        "",
    ],
)
def test_no_secrets(text):
    assert shown(text) == []


def test_functions_are_no_programs():
    assert shown("az login --password $x", "az") == []
    assert shown("./call --password $x", "./call") == []


@pytest.mark.parametrize(
    "name", ["password", "DB_PASSWORD", "adminPassword", "pw", "CLIENT_SECRET", "MY_PWD", "SAS_TOKEN"]
)
def test_names_of_secrets(name):
    assert is_secret(name)


@pytest.mark.parametrize("name", ["PWD", "OLDPWD", "PASSWORD_FILE", "SECRET_NAME", "KEY", "passes", "x" * 1000])
def test_other_names(name):
    assert not is_secret(name)
