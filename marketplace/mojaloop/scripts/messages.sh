# shellcheck shell=bash
# What the scripts tell the person who reads the deployment's log. Sourced by the others.

say() {
  printf '%s  %s\n' "$(date -u +%H:%M:%S)" "$*"
}

# fail MESSAGE [FIX]: ends the script; the message is the last line of the log, where the portal shows it.
fail() {
  printf 'ERROR: %s\n' "$1" >&2
  if [[ -n "${2:-}" ]]; then
    printf '       %s\n' "$2" >&2
  fi
  exit 1
}

# require_settings NAME...: the environment variables that the template sets.
require_settings() {
  local name
  for name in "$@"; do
    [[ -n "${!name:-}" ]] || fail "setting $name is empty" "The deployment script of the template passes it; do not run this script without it."
  done
}

# is_on VALUE: templates write True, people true.
is_on() {
  [[ "${1,,}" == true ]]
}

lower() {
  printf '%s' "${1,,}"
}

# retry TIMES PAUSE COMMAND...: for what needs a moment, as role assignments and new DNS names do.
retry() {
  local times="$1" pause="${RETRY_PAUSE:-$2}" turn
  shift 2
  for ((turn = 1; turn < times; turn++)); do
    if "$@"; then
      return 0
    fi
    say "  not yet ($turn of $times); trying again in $pause s"
    sleep "$pause"
  done
  "$@"
}

# Every secret that the script has read or made, so that redact knows them.
known_secrets=()

# redact: standard input without the secrets. Line by line, in the shell itself: sed would carry them in its arguments.
redact() {
  local line value
  while IFS= read -r line || [[ -n "$line" ]]; do
    for value in "${known_secrets[@]}"; do
      line="${line//"$value"/[secret]}"
    done
    printf '%s\n' "$line"
  done
}

# remember_secret VALUE: of a value with several lines, as a private key is, each line counts.
remember_secret() {
  local line
  while IFS= read -r line; do
    if [[ ${#line} -ge 8 && "$line" != -----* ]]; then
      known_secrets+=("$line")
    fi
  done < <(printf '%s\n' "$1")
}
