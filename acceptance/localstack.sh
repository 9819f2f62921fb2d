#!/usr/bin/env bash
# The deployed stack without an account: `sam deploy` of the template into LocalStack, the functions as Java 25 containers behind its
# queue, stock Nix on both sides. Nothing here says anything about who may do what: LocalStack enforces no policy.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
# shellcheck source=aws/engine.sh
. "$acceptance/aws/engine.sh"
# shellcheck source=aws/images.sh
. "$acceptance/aws/images.sh"
. "$repository/.mvn/jdk25.sh"
JAVA_HOME=$(find_jdk_25)
export JAVA_HOME

stack=narthex

start_localstack() {
    container=narthex-localstack-$$
    docker run -d --rm --name "$container" -v "${DOCKER_HOST#unix://}:/var/run/docker.sock" -e MAIN_CONTAINER_NAME="$container" \
        -e LAMBDA_IGNORE_ARCHITECTURE=1 -e LAMBDA_RUNTIME_IMAGE_MAPPING="{\"java25\":\"$registry/lambda/java:25\"}" "$localstack_image"
    localstack=http://$(container_address "$container"):4566
    wait_for LocalStack 60 curl -sf "$localstack/_localstack/health"
}

# The zips for the processor of this machine.
build_zips() { "$repository/mvnw" -q -B -f "$repository/pom.xml" package -DskipTests -Dspotless.check.skip -Dnarthex.architecture="$architecture"; }

step "Docker engine" start_engine
step "registry" start_registry
step "image of Debian trixie" make_base_image
step "image of LocalStack" make_localstack_image
step "image of Lambda's Java 25" make_java25_image
step "push it" push_java25_image

