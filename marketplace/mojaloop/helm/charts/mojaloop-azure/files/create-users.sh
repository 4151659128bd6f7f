#!/bin/sh
# Creates the user of each database, or gives an existing one the password that it has now. It can run any number of times.
#
# MYSQL_HOST, MYSQL_ADMIN: the server and its administrator; MYSQL_PWD: the administrator's password, which the client
# reads by itself. /users/list holds a line `<name> <database> <password key> [<table>]` a user, /passwords a file a key.
set -eu

# A right on one table can be given only when the table exists, which is after the services have run for the first time.
read_one_table() {
  cat <<SQL
SET @statement = IF((SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '$2' AND table_name = '$3') > 0,
  'GRANT SELECT ON \`$2\`.\`$3\` TO ''$1''@''%''', 'DO 0');
PREPARE given FROM @statement;
EXECUTE given;
SQL
}

statements() {
  while read -r name database key table; do
    password="$(cat "${PASSWORDS:-/passwords}/$key")"
    # Passwords are letters and digits; anything else could end the quoted text and go on as SQL.
    case "$password" in
      "" | *[!A-Za-z0-9]*) echo "password '$key' is empty or has other characters than letters and digits" >&2; return 1 ;;
    esac
    cat <<SQL
CREATE USER IF NOT EXISTS '$name'@'%' IDENTIFIED BY '$password';
ALTER USER '$name'@'%' IDENTIFIED BY '$password';
SQL
    if [ -n "$table" ]; then
      read_one_table "$name" "$database" "$table"
    else
      echo "GRANT ALL PRIVILEGES ON \`$database\`.* TO '$name'@'%';"
    fi
  done < "${USERS:-/users/list}"
}

# Made before it is sent: a pipe would run half of it when a password turns out to be wrong.
sql="$(statements)"
printf '%s\n' "$sql" | mysql --host="$MYSQL_HOST" --user="$MYSQL_ADMIN" --ssl-mode=REQUIRED --connect-timeout=20
echo "users are ready"
