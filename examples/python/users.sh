#!/usr/bin/env bash
# The same with curl: starts org-mock, seeds a user, makes a request fail, and checks the journal.
set -euo pipefail

port=${PORT:-4011}
mock=http://127.0.0.1:$port
node_modules/.bin/org-mock --port "$port" --data users=3 --log none 2>/dev/null &
trap 'kill $!' EXIT
curl --silent --fail --retry 50 --retry-delay 1 --retry-connrefused "$mock/_mock/health" >/dev/null

json=(-H 'content-type: application/json')
curl --silent --fail "${json[@]}" -d '{"id":"user_ada","name":"Ada"}' "$mock/_mock/data/users" >/dev/null
curl --silent --fail "${json[@]}" -d '{"status":429,"retryAfter":1,"times":1}' "$mock/_mock/faults" >/dev/null

# curl waits as long as Retry-After says, and asks again.
curl --silent --fail --retry 2 -H 'authorization: Bearer any-key' "$mock/v1/organization/users/user_ada" |
  grep -q '"name":"Ada"'

statuses=$(curl --silent --fail "$mock/_mock/requests" | grep -o '"status":[0-9]*' | tr '\n' ' ')
[ "$statuses" = '"status":429 "status":200 ' ] || { echo "Unexpected journal: $statuses" >&2; exit 1; }
echo 'curl: the fault and the retry are in the journal'
