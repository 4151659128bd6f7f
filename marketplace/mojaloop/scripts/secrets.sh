# shellcheck shell=bash disable=SC2154 # here, work, namespace and the settings belong to install.sh
# Secrets go from the Key Vault to Kubernetes. Sourced by install.sh.
#
# A secret lives in a shell variable that is not exported, and moves through pipes: it is never an argument of a program,
# never in an environment, never in a file, never in the log.

# Names of what is in the vault; filled by list_vault.
vault_names=""

# list_vault: also the first thing that needs the role on the vault, which may take minutes to arrive.
list_vault() {
  vault_names="$(az keyvault secret list --vault-name "$KEY_VAULT_NAME" --query '[].name' --output tsv)"
}

# make_vault_secret NAME COMMAND...: what the command prints, unless the vault has it from an earlier installation.
make_vault_secret() {
  local name="$1"
  shift
  if [[ $'\n'"$vault_names"$'\n' == *$'\n'"$name"$'\n'* ]]; then
    return 0
  fi
  say "  making $name"
  "$@" | az keyvault secret set --vault-name "$KEY_VAULT_NAME" --name "$name" --file /dev/stdin --encoding utf-8 --output none
}

# Letters and digits only, so that it needs no escaping in SQL; 128 bits.
random_password() {
  openssl rand -hex 16 | tr -d '\n'
}

# read_vault_secret NAME: into the variable `secret`; a command substitution could not remember it.
read_vault_secret() {
  secret="$(az keyvault secret show --vault-name "$KEY_VAULT_NAME" --name "$1" --query value --output tsv)"
  [[ -n "$secret" ]] || fail "Key Vault $KEY_VAULT_NAME has an empty secret '$1'" "Give it a value and run the deployment again."
  remember_secret "$secret"
}

# apply_secret NAME [KEY VALUE]...: a Kubernetes Secret. Server-side, because the client's way keeps a copy in an annotation.
# The arguments of a function are no arguments of a program: nobody else on the machine sees them.
apply_secret() {
  local name="$1"
  shift
  # Values have line breaks and any printable character; a unit separator (0x1f) cannot be typed.
  printf '%s\t%s\x1f' "$@" |
    jq --raw-input --slurp --arg name "$name" --arg namespace "$namespace" '{
      apiVersion: "v1", kind: "Secret", type: "Opaque",
      metadata: {name: $name, namespace: $namespace},
      data: (split("\u001f")[:-1] | map(index("\t") as $tab | {key: .[:$tab], value: (.[$tab + 1:] | @base64)}) | from_entries)
    }' |
    kubectl apply --server-side --force-conflicts --filename -
}

# make_database_secrets: the administrator's password for the job that creates the users, and the users' own.
make_database_secrets() {
  local secret
  read_vault_secret mysql-admin-password
  apply_secret mysql-admin password "$secret"
  make_user_passwords
}

# make_user_passwords: of those with whom the services sign in at the database.
make_user_passwords() {
  local secret user key name entries=()
  while IFS=$'\t' read -r user key; do
    name="mysql-${user//_/-}-password" # the Key Vault takes no underscores
    make_vault_secret "$name" random_password
    read_vault_secret "$name"
    entries+=("$key" "$secret")
  done < "$here/database-users.tsv"
  apply_secret mysqldb "${entries[@]}"
}

# make_signing_key: the key with which the switch signs messages to participants.
make_signing_key() {
  local secret
  make_vault_secret switch-jws-key openssl genrsa 4096
  read_vault_secret switch-jws-key
  apply_secret switch-jws tls.key "$secret"$'\n'
}

# make_kafka_secrets: a Secret for each family of services, its keys being the names of environment variables.
# Brokers that ask for no sign-in need none.
make_kafka_secrets() {
  local secret broker family name variable value entries
  if speaks_plaintext; then return 0; fi
  local -A connections=()
  for broker in core quotes; do
    read_vault_secret "kafka-connection-$broker"
    connections[$broker]="$secret"
  done
  for family in $(cut -f 1 "$here/kafka-variables.tsv" | uniq); do
    entries=()
    while IFS=$'\t' read -r name broker variable value; do
      if [[ "$name" == "$family" ]]; then
        entries+=("$variable" "${value/@kafkaConnection@/"${connections[$broker]}"}")
      fi
    done < "$here/kafka-variables.tsv"
    apply_secret "$family" "${entries[@]}"
  done
}

# make_mongodb_secret: for what bulk transfers and the Testing Toolkit keep. One password, because there is one user each.
make_mongodb_secret() {
  local secret
  if ! is_on "$ENABLE_BULK" && ! is_on "$ENABLE_TTK"; then return 0; fi
  make_vault_secret mongodb-password random_password
  read_vault_secret mongodb-password
  apply_secret mongodb mongodb-passwords "$secret" mongodb-root-password "$secret"
}
