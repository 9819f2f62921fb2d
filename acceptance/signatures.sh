#!/usr/bin/env bash
# Whether our verifiers of signatures answer as Nix does: asks Debian's libsodium, which Nix uses, on the edge cases and 10,000 more.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
. "$repository/.mvn/jdk25.sh"
JAVA_HOME=$(find_jdk_25)
export JAVA_HOME

install_libsodium() {
    ldconfig -p | grep -q 'libsodium\.so\.23' && return
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends libsodium23
}

ask_libsodium() {
    touch "$run/began"
    "$repository/mvnw" -B -f "$repository/pom.xml" test -Plibsodium -pl functions/local -am -Dspotless.check.skip \
        -Dtest='LibsodiumTest' -Dsurefire.failIfNoSpecifiedTests=false
    # A build that found no tests would pass too.
    assert_equal "test classes that ran" 1 "$(find "$repository/functions/local/target/surefire-reports" \
        -name 'TEST-*.LibsodiumTest.xml' -newer "$run/began" | wc -l)"
}

step "libsodium" install_libsodium
step "the same answers" ask_libsodium
echo "all passed"
