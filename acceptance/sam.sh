#!/usr/bin/env bash
# The template and AWS's own tool, without an account: sam validate and cfn-lint find nothing, and sam build takes the zips that
# Maven has made. Run ./mvnw package first.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

sam_work=$tools/sam
sam_bin=$sam_work/venv/bin
# No telemetry, and nobody's account by mistake.
export SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=eu-west-2 AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none
cd "$repository"

install_sam() {
    [ "$("$sam_bin/sam" --version 2> /dev/null)" = "SAM CLI, version 1.170.0" ] && return 0
    python3 -c 'import ensurepip' 2> /dev/null || { apt-get update -q; apt-get install -y -q --no-install-recommends python3-venv; }
    mkdir -p "$sam_work"
    python3 -m venv "$sam_work/venv"
    "$sam_bin/pip" install -q aws-sam-cli==1.170.0
}

# Every warning is an error.
lint() {
    "$sam_bin/sam" validate --lint
    "$sam_bin/cfn-lint" --non-zero-exit-code informational template.yaml infra/monitoring.yaml
}

# sam does not look into a zip, and does not miss one that is old.
zips_are_made() {
    local zip module newer
    for zip in $(sed -n 's/^ *CodeUri: //p' template.yaml); do
        module=${zip%/target/*}
        [ -e "$zip" ] || fail "$zip is not there: ./mvnw package -DskipTests"
        newer=$(find functions/{nix,policy,cache,aws}/src/main "$module/src/main" "$module/pom.xml" -type f -newer "$zip" -print -quit)
        [ -z "$newer" ] || fail "$newer is newer than $zip: ./mvnw package -DskipTests"
    done
}

build() {
    "$sam_bin/sam" build --build-dir "$run/build"
    # What sam deploy reads: each zip as it is, by a path from there.
    local zip
    for zip in $(sed -n 's/^ *CodeUri: //p' "$run/build/template.yaml"); do
        [ -s "$run/build/$zip" ] || fail "the built template names $zip, which is not there"
    done
    grep -q TemplateURL "$run/build/template.yaml"
}

step "sam 1.170.0" install_sam
step "sam validate --lint, cfn-lint" lint
step "zips of Maven" zips_are_made
step "sam build" build
echo "all passed"
