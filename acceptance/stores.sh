#!/usr/bin/env bash
# The contracts of the ports, which the build runs on the fake in memory and on the embedded S3, on two servers that are not ours:
# moto, and a real Ceph RGW; and whether that one decides by bucket policies as our module does. What a store does otherwise than S3 is in its own tests, functions/local, package `stores`.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
# shellcheck source=stores/moto.sh
. "$acceptance/stores/moto.sh"
# shellcheck source=stores/ceph-rgw.sh
. "$acceptance/stores/ceph-rgw.sh"
. "$repository/.mvn/jdk25.sh"
JAVA_HOME=$(find_jdk_25)
export JAVA_HOME

contracts() {
    NARTHEX_MOTO_ENDPOINT=$moto_url NARTHEX_MOTO_REGION=us-east-1 NARTHEX_MOTO_ACCESS_KEY=any NARTHEX_MOTO_SECRET_KEY=any \
        NARTHEX_CEPH_ENDPOINT=$ceph_url NARTHEX_CEPH_REGION=us-east-1 NARTHEX_CEPH_ACCESS_KEY=OWNERKEY NARTHEX_CEPH_SECRET_KEY=OWNERSECRET \
        "$repository/mvnw" -B -f "$repository/pom.xml" test -Pstores -pl functions/local -am -Dspotless.check.skip \
        -Dtest='io.narthex.local.stores.*Test' -Dsurefire.failIfNoSpecifiedTests=false
    # A build that found no tests would pass too.
    assert_equal "test classes that ran" 5 "$(find "$repository/functions/local/target/surefire-reports" \
        -name 'TEST-io.narthex.local.stores.*.xml' -newer "$run/ceph/ceph.conf" | wc -l)"
}

two_users() {
    ceph_user ana AKana secret-ana
    ceph_user ben AKben secret-ben
}

step "moto" install_moto
step "start it" start_moto
step "Ceph" install_ceph
step "start it" start_ceph_rgw
step "two users of it" two_users
step "the contracts on both, and how Ceph decides" contracts
echo "all passed"
