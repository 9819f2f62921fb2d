#!/usr/bin/env bash
# The deployed stack without an account: `sam deploy` of the template into LocalStack, its functions as Java 25 containers behind its queue,
# `sam local start-api` for the API, and stock Nix on both sides. Nothing here says anything about who may do what: LocalStack
# enforces no policy. Needs root and Debian; makes every image from packages.
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

# --- the stack ---

make_closure() {
    "$acceptance/closure/build.sh" "$closure"
    public_key=$(cat "$closure/key.pub")
    sed -n 's/^StorePath: //p' "$closure"/cache/*.narinfo > "$run/paths"
    count=$(wc -l < "$run/paths")
}

# For the processor of this machine; those of .ci/run's build are for another.
build_zips() {
    "$repository/mvnw" -q -B -f "$repository/pom.xml" package -DskipTests -Dspotless.check.skip -Dnarthex.architecture="$architecture"
    zips_are_made
}

start_localstack() {
    container=narthex-localstack-$$
    docker run -d --rm --name "$container" -v "${DOCKER_HOST#unix://}:/var/run/docker.sock" -e MAIN_CONTAINER_NAME="$container" \
        -e LAMBDA_IGNORE_ARCHITECTURE=1 -e LAMBDA_RUNTIME_IMAGE_MAPPING="{\"java25\":\"$registry/lambda/java:25\"}" "$localstack_image"
    s3_url=http://$(container_address "$container"):4566
    wait_for LocalStack 60 curl -sf "$s3_url/_localstack/health"
    export AWS_ENDPOINT_URL=$s3_url AWS_ACCESS_KEY_ID=000000000000 AWS_SECRET_ACCESS_KEY=none
}

deploy() {
    local template=$run/template.json
    "$sam_bin/python" "$acceptance/aws/for-localstack.py" "$repository/template.yaml" "$repository" > "$template"
    "$sam_bin/sam" build --template "$template" --build-dir "$run/build"
    "$sam_bin/sam" deploy --template "$run/build/template.yaml" --config-file "$repository/samconfig.toml" --no-confirm-changeset \
        --no-progressbar --region "$region" --parameter-overrides "Architecture=$architecture" "TrustedPublicKeys=$public_key" "$@"
    bucket=$(output CacheBucketName)
    s3_store="s3://$bucket?endpoint=$s3_url&region=$region"
    make_uploader "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY"
}

# output NAME: of the deployed stack.
output() {
    "$tools/venv/bin/aws" --region "$region" cloudformation describe-stacks --stack-name narthex --output text \
        --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue"
}

stack() { "$("$acceptance/python.sh")" -B "$acceptance/aws/stack.py" "$@" --endpoint "$s3_url" --region "$region"; }

# --- uploads ---

upload() {
    mapfile -t paths < "$run/paths"
    uploader_nix nix copy --no-check-sigs --from "file://$closure/cache" --to "$s3_store&profile=cache-upload&compression=zstd" "${paths[@]}"
}

settled() { stack settled --bucket "$bucket" --queue "$(output UploadQueueUrl)" --dead-letters "$(output DeadLetterQueueUrl)" --paths "$count"; }

step "SAM CLI" install_sam
step "clients" install_clients
step "zips of Maven for $architecture" build_zips
step "closure" make_closure
step "Docker engine" start_engine
step "registry" start_registry
step "image of Debian trixie" make_base_image
step "image of LocalStack" make_localstack_image
step "image of Lambda's Java 25" make_java25_image
step "push it" push_java25_image
step "LocalStack" start_localstack
step "sam build, sam deploy" deploy
step "nix copy of $count paths" upload
step "all $count verified" settled
