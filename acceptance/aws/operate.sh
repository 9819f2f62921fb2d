#!/usr/bin/env bash
# operate.sh STACK REGION PATH: what `narthex status`, `why`, `wait`, `revoke` and `redrive` do with --stack, a step each, on a stack whose
# cache serves PATH. It takes the caller's AWS credentials, and any endpoint by AWS_ENDPOINT_URL. It revokes PATH and takes that back.
#
#   OPERATE_VERIFIES=no   nobody looks at anything there: what follows from a revocation is not waited for
#   OPERATE_MOVES=no      the endpoint has no StartMessageMoveTask (moto): the dead letters stay
set -euo pipefail
# shellcheck source=../lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../lib.sh"
[ $# = 3 ] || fail "usage: operate.sh STACK REGION PATH"
stack=$1 region=$2 path=$3
verifies=${OPERATE_VERIFIES:-yes}
moves=${OPERATE_MOVES:-yes}
hash=${path##*/}
hash=${hash:0:32}
absent=00000000000000000000000000000000

operator() { "$repository/narthex" "$@" --stack "$stack" --region "$region"; }
aws() { "$tools/venv/bin/aws" --region "$region" "$@"; }
output() { aws cloudformation describe-stacks --stack-name "$stack" --output text --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue"; }

# exits CODE COMMAND ARG...: the command ends with that code.
exits() {
    local expected=$1 actual=0
    shift
    "$@" || actual=$?
    assert_equal "exit code of $*" "$expected" "$actual"
}

counts() {
    local status
    status=$(operator status --json)
    echo "$status"
    [ "$(field verified <<< "$status")" -ge 1 ]
    assert_equal "dead letters" 0 "$(field deadLetters <<< "$status")"
    operator status --wait=120
}

reports() {
    operator wait --timeout 60 "$path"
    operator why "$path"
    assert_equal "the verdict" verified "$(operator why --json "$hash" | field verdict)"
    exits 2 operator why "$absent"
    exits 1 operator wait --timeout 1 "$absent"
}

is_revoked() { operator why "$hash" | grep "acceptance of revoke" > /dev/null; }

revocations() {
    local object
    object=s3://$(output StateBucketName)/revocations/paths/$hash.json
    assert_equal "revoking a path" revoked "$(operator revoke "$path" --reason "acceptance of revoke")"
    assert_equal "the reason" "acceptance of revoke" "$(aws s3 cp "$object" - | field reason)"
    assert_equal "again" '{"changed":false}' "$(operator revoke "$path" --reason again --json)"
    if [ "$verifies" = yes ]; then
        wait_for "the revocation" 120 is_revoked
        exits 1 operator wait --timeout 1 "$path"
    fi
    operator revoke "$path" --undo
    exits 1 aws s3 ls "$object"
    # Until its event has come, the report says what it said.
    wait_for "the path again" 120 operator wait --timeout 1 "$path"
}

key_revocations() {
    local key
    key=$(operator_key)
    operator revoke "$key" --reason "acceptance of revoke"
    assert_equal "again" "was revoked already" "$(operator revoke "$key" --reason again)"
    assert_equal "taken back" '{"changed":true}' "$(operator revoke "$key" --undo --json)"
}

# Nobody has ever signed with it.
operator_key() { "$repository/narthex" key generate acceptance-1 "$run/key.sec"; }

dead_letters_are() { [ "$1" = "$(operator status --reports 1 --json | field deadLetters)" ]; }

dead_letters() {
    # Of SQS the command line does not take it from AWS_ENDPOINT_URL.
    aws sqs send-message ${AWS_ENDPOINT_URL:+--endpoint-url "$AWS_ENDPOINT_URL"} --queue-url "$(output DeadLetterQueueUrl)" --message-body "{\"lookAt\":\"$hash.narinfo\"}"
    wait_for "the dead letter" 90 dead_letters_are 1
    if [ "$moves" = yes ]; then
        operator redrive
        wait_for "none" 90 dead_letters_are 0
    fi
}

no_such_stack() {
    local said
    said=$("$repository/narthex" status --stack no-such-stack --region "$region" 2>&1) && fail "there is one"
    grep -q "does not exist" <<< "$said"
}

step "the AWS command line" install_awscli
step "status" counts
step "why and wait" reports
step "revoke a path, and take it back" revocations
step "revoke a key, and take it back" key_revocations
step "dead letters" dead_letters
step "no such stack" no_such_stack
echo "all passed"
