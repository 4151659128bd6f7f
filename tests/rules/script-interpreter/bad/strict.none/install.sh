set -e
echo x
