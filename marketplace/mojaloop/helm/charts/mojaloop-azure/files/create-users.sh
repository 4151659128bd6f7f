#!/bin/sh
# Creates the user of each database, or gives an existing one the password that it has now. It can run any number of times.
#
# MYSQL_HOST, MYSQL_ADMIN: the server and its administrator; MYSQL_PWD: the administrator's password, which the client
# reads by itself. /users/list holds a line `<name> <database> <password key>` a user, /passwords a file a key.
set -eu

statements() {
  while read -r name database key; do
    password="$(cat "${PASSWORDS:-/passwords}/$key")"
    # Passwords are letters and digits; anything else could end the quoted text and go on as SQL.
    case "$password" in
      "" | *[!A-Za-z0-9]*) echo "password '$key' is empty or has other characters than letters and digits" >&2; return 1 ;;
    esac
    cat <<SQL
CREATE USER IF NOT EXISTS '$name'@'%' IDENTIFIED BY '$password';
ALTER USER '$name'@'%' IDENTIFIED BY '$password';
GRANT ALL PRIVILEGES ON \`$database\`.* TO '$name'@'%';
SQL
  done < "${USERS:-/users/list}"
}

# Made before it is sent: a pipe would run half of it when a password turns out to be wrong.
sql="$(statements)"
printf '%s\n' "$sql" | mysql --host="$MYSQL_HOST" --user="$MYSQL_ADMIN" --ssl-mode=REQUIRED --connect-timeout=20
echo "users are ready"
