#!/usr/bin/env bash
# The template and AWS's own tool, without an account: sam validate and cfn-lint find nothing, and sam build takes the zips that
# Maven has made. Run ./mvnw package first.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
# shellcheck source=sam-cli.sh
. "$acceptance/sam-cli.sh"
cd "$repository"

# Every warning is an error.
lint() {
    "$sam_bin/sam" validate --lint
    "$sam_bin/cfn-lint" --non-zero-exit-code informational template.yaml infra/monitoring.yaml
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
