#!/usr/bin/env bash
# AWS without an account, in LocalStack:
#
#   localstack.sh [tests | stack]...        both without an argument
#
#   tests   the Maven profile `containers`: the contracts of the ports, and S3's notifications that drive the functions
#   stack   `sam deploy` of the template, its functions as Java 25 containers behind its queues and state machines, `sam local` for the API and the files of
#           events/, stock Nix on both sides, the commands with --stack
#
# Nothing here says anything about who may do what: LocalStack enforces no policy. Needs root and Debian; makes every image from packages.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
# shellcheck source=sam-cli.sh
. "$acceptance/sam-cli.sh"
# shellcheck source=aws/engine.sh
. "$acceptance/aws/engine.sh"
# shellcheck source=aws/images.sh
. "$acceptance/aws/images.sh"
# shellcheck source=../.mvn/jdk25.sh
. "$repository/.mvn/jdk25.sh"
JAVA_HOME=$(find_jdk_25) || fail "needs a JDK 25; ./narthex says how to get one"
export JAVA_HOME

closure=$run/closure
region=eu-west-2
case $(uname -m) in aarch64) architecture=arm64 ;; *) architecture=x86_64 ;; esac

# --- tests ---

# Without Testcontainers' own helper images, which it would pull: the tests stop what they start, and the engine is on this machine.
containers() {
    touch "$run/began"
    NARTHEX_LOCALSTACK_IMAGE=$localstack_image DOCKER_HOST=unix://$docker_socket TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1 \
        TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_CHECKS_DISABLE=true \
        "$repository/mvnw" -B -f "$repository/pom.xml" test -Pcontainers -pl functions/local -am -Dspotless.check.skip \
        -Dtest='io.narthex.local.localstack.*Test' -Dsurefire.failIfNoSpecifiedTests=false > "$run/tests.log" 2>&1 \
        || { cat "$run/tests.log"; return 1; }
    # A build that found no tests would pass too.
    assert_equal "test classes that ran" 5 "$(find "$repository/functions/local/target/surefire-reports" \
        -name 'TEST-io.narthex.local.localstack.*.xml' -newer "$run/began" | wc -l)"
}

# --- what goes up ---

# One path is spoilt: nothing refers to it, so all others can be verified.
make_closure() {
    "$acceptance/closure/build.sh" "$closure"
    public_key=$(cat "$closure/key.pub")
    "$acceptance/tamper.py" "$closure/cache" "$run/tampered" --ways nar-byte-flipped > "$run/tampered.json"
    tampered_hash=$(field hash < "$run/tampered.json")
    store_paths_of "$closure/cache" | grep -v "/$tampered_hash-" > "$run/paths"
    mapfile -t paths < "$run/paths"
    count=${#paths[@]}
}

# For the processor of this machine; those of .ci/run's first build are for another.
build_zips() {
    "$repository/mvnw" -q -B -f "$repository/pom.xml" package -Dmaven.test.skip=true -Dspotless.check.skip -Dnarthex.architecture="$architecture" \
        -pl functions/validate,functions/serve,functions/index,functions/provision,functions/local -am
    zips_are_made
}

# --- the stack ---

# Its queue poller waits a second after each batch, and ten after finding nothing: here a batch is one message.
start_localstack() {
    container=narthex-localstack-$$
    at_end stop_localstack
    docker run -d --name "$container" -v "$docker_socket:/var/run/docker.sock" -e MAIN_CONTAINER_NAME="$container" \
        -e LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC=0.01 -e LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC=1 \
        -e LAMBDA_IGNORE_ARCHITECTURE=1 -e LAMBDA_RUNTIME_IMAGE_MAPPING="{\"java25\":\"$lambda_image\"}" "$localstack_image"
    s3_url=http://$(container_address "$container"):4566
    wait_for LocalStack 60 curl -sf "$s3_url/_localstack/health"
    # LocalStack takes the key's id for the account.
    export AWS_ENDPOINT_URL=$s3_url AWS_ACCESS_KEY_ID=000000000000 AWS_SECRET_ACCESS_KEY=none AWS_DEFAULT_REGION=$region
}

# The functions run in containers named after it.
stop_localstack() {
    docker logs "$container" > "$run/localstack.log" 2>&1
    docker ps -aq --filter "name=^/$container" | xargs -r docker rm -f -v > /dev/null
}

build_template() {
    "$sam_bin/python" "$acceptance/aws/for-localstack.py" "$repository/template.yaml" "$repository" > "$run/template.json"
    "$sam_bin/sam" build --template "$run/template.json" --build-dir "$run/build" > "$run/build.log" 2>&1 || { cat "$run/build.log"; return 1; }
}

# deploy PARAMETER=VALUE...
deploy() {
    # The SAM CLI waits for ever for a stack that failed to be updated, where no rollback follows.
    timeout 300 "$sam_bin/sam" deploy --template "$run/build/template.yaml" --config-file "$repository/samconfig.toml" --no-confirm-changeset \
        --no-progressbar --region "$region" --parameter-overrides "Architecture=$architecture" "$@"
}

deploy_first() {
    build_template
    deploy "TrustedPublicKeys=$public_key"
    bucket=$(output CacheBucketName)
    # As the template has it: LocalStack's CloudFormation passes over it, and its buckets begin with all of it on.
    aws s3api put-public-access-block --bucket "$bucket" --public-access-block-configuration \
        BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=false,RestrictPublicBuckets=false
    state_bucket=$(output StateBucketName)
    queue=$(output UploadQueueUrl)
    s3_store="s3://$bucket?endpoint=$s3_url&region=$region"
    make_uploader "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY"
}

aws() { "$tools/venv/bin/aws" "$@"; }

# output NAME: of the deployed stack.
output() {
    aws cloudformation describe-stacks --stack-name narthex --output text --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue"
}

trusted_keys() { aws s3 cp "s3://$state_bucket/settings.json" - | field trustedPublicKeys; }

# --- uploads ---

upload() {
    uploader_nix nix copy --no-check-sigs --from "file://$closure/cache" --to "$s3_store&profile=cache-upload&compression=zstd" "${paths[@]}"
}

# Nix itself would not copy it.
upload_tampered() {
    local key
    for key in $(python3 -c 'import json, sys; print(*reversed(json.load(sys.stdin)["keys"]))' < "$run/tampered.json"); do
        uploader_aws s3 cp --only-show-errors "$run/tampered/$key" "s3://$bucket/$key"
    done
}

settled() {
    "$("$acceptance/python.sh")" -B "$acceptance/aws/stack.py" --bucket "$bucket" --state-bucket "$state_bucket" --queue "$queue" \
        --dead-letters "$(output DeadLetterQueueUrl)" --paths "$count" --tampered "$run/tampered.json" \
        > "$run/verdicts" || { cat "$run/verdicts"; return 1; }
}

# --- reads ---

# For the functions that sam local starts, which does not know what refers to other resources of the template.
write_environment() {
    make_sam_image "$s3_url"
    printf '{"Parameters": {"NARTHEX_CACHE_BUCKET": "%s", "NARTHEX_STATE_BUCKET": "%s", "NARTHEX_QUEUE_URL": "%s",
        "NARTHEX_INDEX_QUEUE_URL": "%s", "NARTHEX_INDEX_REBUILD": "%s", "NARTHEX_ACCOUNT": "000000000000", "NARTHEX_PARTITION": "aws"}}\n' \
        "$bucket" "$state_bucket" "$queue" "$(output IndexQueueUrl)" "$(output IndexRebuild)" > "$run/environment.json"
}

start_api() {
    local port
    write_environment
    port=$(free_port)
    cache_url=http://127.0.0.1:$port
    (cd "$repository" && exec "$sam_bin/sam" local start-api --port "$port" --parameter-overrides "Architecture=$architecture" \
        --env-vars "$run/environment.json" --invoke-image "$sam_image" --skip-pull-image) > "$run/start-api.log" 2>&1 < /dev/null &
    api_pid=$!
    background_pids+=("$api_pid")
    wait_for "the API" 120 curl -sf "$cache_url/nix-cache-info"
}

# It takes its functions' containers with it.
stop_api() {
    kill "$api_pid"
    wait "$api_pid" || true
}

substitute_whole() {
    substitute "$cache_url" "${paths[@]}"
    assert_equal "paths in the new store" "$count" "$(find "$substituted/nix/store" -maxdepth 1 -name '*-*' | wc -l)"
}

tampered_is_refused() {
    local key
    for key in $(python3 -c 'import json, sys; print(*json.load(sys.stdin)["keys"])' < "$run/tampered.json"); do
        assert_equal "$key" 404 "$(curl -s -o /dev/null -w '%{http_code}' "$cache_url/$key")"
    done
}

sample_events() {
    "$("$acceptance/python.sh")" -B "$acceptance/aws/sam_local.py" "$sam_bin/sam" "$repository" --bucket "$bucket" --image "$sam_image" \
        --environment "$run/environment.json" --architecture "$architecture" > "$run/events" || { cat "$run/events"; return 1; }
}

events() { find "$repository/events" -name '*.json' | wc -l; }

# --- the index ---

sample=$repository/functions/testkit/src/main/resources/fixtures/narinfo/cache.nixos.org-sample.txt.zst
generated=200

# index_py PART OPTION...: its lines are shown.
index_py() {
    "$("$acceptance/python.sh")" -B "$acceptance/aws/index.py" "$@" > "$run/index.lines" || { cat "$run/index.lines"; return 1; }
    cat "$run/index.lines" >> "$run/index"
}

# The first message has it built, and those that follow are in it too.
first_index() { index_py holds --state-bucket "$state_bucket" --verified "$count" --rejected "$tampered_hash"; }

# From here on nobody is told of what happens in the bucket, and these get tags that nobody has judged.
fill_bucket() {
    aws s3api put-bucket-notification-configuration --bucket "$bucket" --notification-configuration '{}'
    index_py fill --bucket "$bucket" --sample "$sample" --generated "$generated"
}

# Of 256 shards, which is four pieces; 700 paths would be one.
rebuild_on_aws() {
    index_py execute --machine "$(output IndexRebuild)" --input '{"depth": 8}' --expect "{\"paths\": $((count + 1 + 489 + generated))}"
}

# The generation that is read.
generation() { aws s3 cp "s3://$state_bucket/index/manifest.json" - | python3 -c 'import json, sys; print(json.load(sys.stdin)["served"]["generation"])'; }

# From the same buckets into another one, by the command; it goes on with a rebuild of that depth, begun when the other one was, which the
# statistics tell.
rebuild_here() {
    local reports=$run/reports began
    began=$(aws s3 cp "s3://$state_bucket/index/$(generation)/statistics.json" - | field asOf)
    aws s3 mb "s3://$state_bucket-here"
    aws s3 sync --only-show-errors "s3://$state_bucket/reports" "$reports"
    aws s3 sync --only-show-errors "$reports" "s3://$state_bucket-here/reports"
    printf '{"building": {"generation": 1, "depth": 8, "begun": "%s"}, "retired": []}' "$began" \
        | aws s3 cp - "s3://$state_bucket-here/index/manifest.json"
    "$repository/narthex" index rebuild --endpoint "$s3_url" --region "$region" --bucket "$bucket" --state-bucket "$state_bucket-here"
}

indexes_are_the_same() {
    index_py same --state-bucket "$state_bucket" --generation "$(generation)" --other "$state_bucket-here" --other-generation 1
}

# check_finds N INPUT
check_finds() { index_py execute --machine "$(output IndexCheck)" --input "$2" --expect "{\"drift\": $1}"; }

# command_ends CODE ARG...: `narthex index` on the stack.
command_ends() {
    local expected=$1 actual=0
    shift
    "$repository/narthex" index "$@" --stack narthex --region "$region" || actual=$?
    assert_equal "exit code of narthex index $*" "$expected" "$actual"
}

lose_a_path() { aws s3 rm "s3://$bucket/$(zstd -dc "$sample" | sed -n 's|^StorePath: /nix/store/\(.\{32\}\).*|\1|p' | head -n 1).narinfo"; }

forget_them() { index_py empty --bucket "$bucket" --sample "$sample" --generated "$generated"; }

index() {
    install_missing zstd=zstd
    : > "$run/index"
    step "$((489 + generated)) narinfos, with tags and without events" fill_bucket
    step "rebuild by the state machine" rebuild_on_aws
    step "rebuild by narthex here" rebuild_here
    step "the same bytes" indexes_are_the_same
    step "a check finds nothing" check_finds 0 '{}'
    step "a path is deleted and nobody told" lose_a_path
    step "a check finds it" check_finds 1 '{}'
    step "narthex index check --repair mends it" command_ends 1 check --repair
    step "narthex index check finds nothing" command_ends 0 check
    step "they go again" forget_them
    step "narthex index rebuild" command_ends 0 rebuild
    step "it has the $count again" first_index
    cat "$run/index"
}

# --- what happens to it later ---

# Nothing refers to the path, so that none falls with it. What is sent to the dead letters by hand has no queue to go back to.
operate() {
    step_text="aws/operate.sh"
    OPERATE_MOVES=no "$acceptance/aws/operate.sh" narthex "$region" "$(grep -e '-system$' "$run/paths")"
}

another_key=cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=

deploy_again() {
    assert_equal "trusted keys" "['$public_key']" "$(trusted_keys)"
    deploy "TrustedPublicKeys=$public_key,$another_key"
    assert_equal "trusted keys after the update" "['$public_key', '$another_key']" "$(trusted_keys)"
    assert_equal "bucket after the update" "$bucket" "$(output CacheBucketName)"
}

objects() { aws s3api list-objects-v2 --bucket "$1" --query 'length(Contents)'; }

delete_stack() {
    local cached state
    cached=$(objects "$bucket") state=$(objects "$state_bucket")
    "$sam_bin/sam" delete --stack-name narthex --no-prompts --region "$region"
    if aws cloudformation describe-stacks --stack-name narthex; then fail "the stack is still there"; fi
    assert_equal "objects left in the cache" "$cached" "$(objects "$bucket")"
    assert_equal "objects left in the state bucket" "$state" "$(objects "$state_bucket")"
    if aws sqs get-queue-attributes --queue-url "$queue"; then fail "the queue is still there"; fi
}

stack() {
    step "SAM CLI" install_sam
    step "clients" install_clients
    step "zips of Maven for $architecture" build_zips
    step "closure" make_closure
    step "registry" start_registry
    step "image of Lambda's Java 25" make_java25_image
    step "push it" push_java25_image
    step "LocalStack" start_localstack
    step "sam build, sam deploy" deploy_first
    step "nix copy of $count paths" upload
    step "upload of a tampered path" upload_tampered
    step "all $count verified, the tampered one rejected" settled
    cat "$run/verdicts"
    step "sam local start-api" start_api
    step "substitution of $count paths through it" substitute_whole
    step "the tampered path is not to be had" tampered_is_refused
    step "stop it" stop_api
    step "the first index has all of them" first_index
    operate
    index
    step "sam deploy of a change" deploy_again
    step "sam local invoke of each of $(events) events" sample_events
    cat "$run/events"
    step "sam delete leaves both buckets as they were" delete_stack
}

step "Docker engine" start_engine
step "image of Debian trixie" make_base_image
step "image of LocalStack" make_localstack_image
[ $# -gt 0 ] || set -- tests stack
for part; do
    case $part in
        tests)
            step "tests of the profile containers" containers
            grep '^\[.*Tests run: [0-9A-Za-z:, ]*$' "$run/tests.log" | tail -n 1
            ;;
        stack) stack ;;
        *) fail "localstack.sh: no part named $part" ;;
    esac
done
echo "all passed"
