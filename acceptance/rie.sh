#!/usr/bin/env bash
# The zips of the functions under AWS's Lambda Runtime Interface Emulator, without Docker: each is unpacked as Lambda would and answers
# real events on a JDK 25, its environment from template.yaml but for endpoints and the names of buckets. S3 and SQS are moto,
# which enforces no policy: nothing here says who may do what. Run ./mvnw package -DskipTests -Dnarthex.architecture=$(uname -m) first.
#
# rie.sh [check | measure [ROUNDS]]: assertions, a line each; or figures, a JSON object a function and round, for functions/bench/run.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
# shellcheck source=sam-cli.sh
. "$acceptance/sam-cli.sh"
# shellcheck source=../.mvn/jdk25.sh
. "$repository/.mvn/jdk25.sh"

what=${1:-check}
JAVA_HOME=$(find_jdk_25) || fail "needs a JDK 25; ./narthex says how to get one"
export JAVA_HOME
client=$repository/functions/local/target/runtime-interface-client
moto=$tools/moto
case $(uname -m) in aarch64) rie_name=aws-lambda-rie-arm64 ;; *) rie_name=aws-lambda-rie-x86_64 ;; esac

install_moto() {
    [ "$("$moto/bin/pip" show moto 2> /dev/null | sed -n 's/^Version: //p')" = 5.2.5 ] && return 0
    python3 -m venv "$moto"
    "$moto/bin/pip" install -q 'moto[server]==5.2.5'
}

# The native code in them is for one architecture.
zips_are_for_here() {
    local suffix
    case $(uname -m) in aarch64) suffix=aarch64 ;; *) suffix=amd64 ;; esac
    zips_are_made
    python3 - "$repository/functions/validate/target/narthex-validate.zip" "linux/$suffix/" <<'PY'
import io, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    jar = next(name for name in archive.namelist() if "zstd-jni" in name)
    names = zipfile.ZipFile(io.BytesIO(archive.read(jar))).namelist()
sys.exit(not any(sys.argv[2] in name for name in names) and f"no {sys.argv[2]} in {jar}: build with -Dnarthex.architecture")
PY
}

runtime_interface_client() {
    [ -e "$client" ] || (cd "$repository" && ./mvnw -q -B dependency:copy@runtime-interface-client -pl functions/local)
    "$JAVA_HOME/bin/javac" -d "$run/echo" -cp "$client/*" "$acceptance/emulator/Echo.java"
    (cd "$run/echo" && "$JAVA_HOME/bin/jar" --create --no-manifest --file "$run/echo.zip" Echo.class)
}

generate_events() {
    mkdir "$run/events"
    "$sam_bin/sam" local generate-event s3 put > "$run/events/s3-put.json"
    "$sam_bin/sam" local generate-event s3 delete > "$run/events/s3-delete.json"
    "$sam_bin/sam" local generate-event sqs receive-message > "$run/events/sqs.json"
    "$sam_bin/sam" local generate-event apigateway http-api-proxy > "$run/events/http.json"
}

driver() {
    "$moto/bin/python" -B "$acceptance/rie.py" "$@" --rie "$run/rie" --java-home "$JAVA_HOME" --client "$client" \
        --moto "$moto/bin/moto_server" --events "$run/events" --echo "$run/echo.zip" --work "$run"
}

prepare() {
    step "sam 1.170.0" install_sam
    step "moto 5.2.5" install_moto
    step "zstd" install_missing zstd=zstd
    step "zips of Maven" zips_are_for_here
    step "runtime interface client" runtime_interface_client
    step "sam local generate-event" generate_events
    rie=("$sam_work"/venv/lib/python3*/site-packages/samcli/local/rapid/"$rie_name")
    cp "${rie[0]}" "$run/rie"
}

if [ "$what" = measure ]; then
    prepare >&2
    driver measure "${2:-3}"
else
    prepare
    driver check
    echo "all passed"
fi
