# Sourced after lib.sh: AWS's SAM CLI, pinned, in a venv of its own. In its package is also the Lambda Runtime Interface Emulator.

sam_work=$tools/sam
sam_bin=$sam_work/venv/bin
# No telemetry, and nobody's account by mistake.
export SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=eu-west-2 AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none

install_sam() {
    [ "$("$sam_bin/sam" --version 2> /dev/null)" = "SAM CLI, version 1.170.0" ] && return 0
    python3 -c 'import ensurepip' 2> /dev/null || { apt-get update -q; apt-get install -y -q --no-install-recommends python3-venv; }
    mkdir -p "$sam_work"
    python3 -m venv "$sam_work/venv"
    "$sam_bin/pip" install -q aws-sam-cli==1.170.0
}

# sam does not look into a zip, and does not miss one that is old.
zips_are_made() {
    local zip module newer
    for zip in $(sed -n 's/^ *CodeUri: //p' "$repository/template.yaml"); do
        zip=$repository/$zip
        module=${zip%/target/*}
        [ -e "$zip" ] || fail "$zip is not there: ./mvnw package -DskipTests"
        newer=$(find "$repository"/functions/{nix,policy,cache,aws}/src/main "$module/src/main" "$module/pom.xml" -type f -newer "$zip" -print -quit)
        [ -z "$newer" ] || fail "$newer is newer than $zip: ./mvnw package -DskipTests"
    done
}
