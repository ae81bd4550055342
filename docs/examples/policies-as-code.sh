#!/bin/sh
# The whole loop of policies as code, against a server of yours:
#
#   ROLEGATE_SERVER=http://localhost:3000 ROLEGATE_TOKEN=rga_… GATEWAY=http://127.0.0.1:4000 \
#     TENANT=demo sh docs/examples/policies-as-code.sh
#
# The token needs the role editor; the tenant needs a model that MODEL names (default sandbox/small).
# It works in a new folder, with a role `help-desk` that it makes and deletes again.
# A test runs this very file.
set -eu

rolegate() { ${ROLEGATE:-npx rolegate} "$@"; }
say() { printf '\n== %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
# Runs a command that is to end with a given code.
expect() {
  wanted=$1; shift
  code=0; "$@" || code=$?
  [ "$code" -eq "$wanted" ] || fail "$* ended with $code instead of $wanted"
}

file=policies/$TENANT/help-desk.yaml
api=$ROLEGATE_SERVER/api/tenants/$TENANT
text() { printf "%${1}s" '' | tr ' ' x; }

# Status of a chat request with a prompt of so many characters.
ask() {
  curl -s -o answer.json -w '%{http_code}' "$GATEWAY/v1/chat/completions" \
    -H "authorization: Bearer $KEY" -H 'content-type: application/json' \
    -d "{\"model\": \"${MODEL:-sandbox/small}\", \"messages\": [{\"role\": \"user\", \"content\": \"$(text "$1")\"}]}"
}
# A saved policy is in force within a second.
obeys() {
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    status=$(ask "$1")
    [ "$status" = "$2" ] && return 0
    sleep 0.2
  done
  fail "the gateway answered $status instead of $2 to $1 characters"
}

say 'Pull what the server has'
rolegate pull --tenant "$TENANT"

say 'Describe a new role'
mkdir -p "policies/$TENANT"
cat > "$file" <<YAML
# yaml-language-server: \$schema=../rolegate.schema.json
tenant: $TENANT
role: help-desk

promptPolicies:
  enabled: true
  # agreed with the help desk
  maxPromptChars: 200
YAML
rolegate validate
rolegate lint

say 'Plan and apply'
expect 2 rolegate plan
rolegate apply --yes --comment 'A role for the help desk'
expect 0 rolegate plan

say 'The gateway obeys'
KEY=$(rolegate keys create loop --tenant "$TENANT" --role help-desk)
obeys 100 200
obeys 250 400
grep -q prompt_too_long answer.json || fail 'the gateway gave another reason'

say 'Somebody changes the policy in the console'
curl -s -f -o answer.json -X PUT "$api/roles/help-desk/policy" \
  -H "authorization: Bearer $ROLEGATE_TOKEN" -H 'content-type: application/json' -H 'if-match: *' \
  -d '{"promptPolicies": {"enabled": true, "maxPromptChars": 200, "maxMessages": 3}}'

say 'Apply refuses what was made on the version before'
sed -i.before 's/maxPromptChars: 200/maxPromptChars: 300/' "$file" && rm "$file.before"
expect 3 rolegate apply --yes

say 'Pull merges, and comments stay'
rolegate pull
grep -q '# agreed with the help desk' "$file" || fail 'the comment is gone'
grep -q 'maxMessages: 3' "$file" || fail 'the change on the server did not arrive'
grep -q 'maxPromptChars: 300' "$file" || fail 'the change in the file is gone'

say 'Now it applies'
rolegate apply --yes
obeys 250 200
obeys 350 400

say 'Take the role away again'
rolegate keys revoke loop --tenant "$TENANT"
rm "$file"
rolegate apply --prune --yes
say 'Done.'
