#!/usr/bin/env bash
# `narthex audit` of a cache that stock Nix has made, sound and tampered with: as a folder, behind a URL, in a bucket,
# and after `kill -9`; what it says, its exit codes, and its page in a real browser.
#
#   audit.sh        screenshots of the page are kept in .work/audit
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

closure=$run/closure
good=$closure/cache
bad=$run/tampered
kept=$tools/audit

install_programs() {
    install_missing nix=nix-bin nginx=nginx-light chromium=chromium chromedriver=chromium-driver fc-list=fontconfig
    # The tables' arrows and dashes need a font that has them.
    [ -n "$(fc-list)" ] || apt-get install -y -q --no-install-recommends fonts-dejavu-core
    install_awscli
}

make_caches() {
    "$acceptance/closure/build.sh" "$closure"
    public_key=$(cat "$closure/key.pub")
    count=$(find "$good" -name '*.narinfo' | wc -l)
    "$acceptance/tamper.py" "$good" "$bad" --huge > "$run/tampered.jsonl"
    find "$bad" -name '*.narinfo' -printf '%f\n' | sed 's/\.narinfo$//' > "$run/hashes"
}

# audit STATUS URL OPTION...: ends with this status; sets nothing. Its lines go to $run/paths.jsonl.
audit() {
    local expected=$1 status=0
    shift
    "$repository/narthex" audit "$@" --json > "$run/paths.jsonl" || status=$?
    assert_equal "exit status of audit $*" "$expected" "$status"
}

audit_bad() { audit 1 "$@" --trusted-public-key "$public_key"; }

of_a_sound_cache() {
    audit 0 "file://$good" --trusted-public-key "$public_key"
    "$acceptance/audit.py" sound "$run/paths.jsonl" "$count"
}

of_no_cache() {
    audit 2 "file://$run/nowhere"
    audit 2 gopher://example.org
}

of_a_folder() {
    audit_bad "file://$bad" --report "$run/by-folder"
    "$acceptance/audit.py" tampered "$run/paths.jsonl" "$run/tampered.jsonl"
}

serve_by_http() {
    http_port=$(free_port)
    cat > "$run/nginx.conf" <<CONF
daemon off;
pid $run/nginx.pid;
error_log stderr;
events {}
http {
    access_log off;
    client_body_temp_path $run; proxy_temp_path $run; fastcgi_temp_path $run; uwsgi_temp_path $run; scgi_temp_path $run;
    server { listen 127.0.0.1:$http_port; root $bad; default_type application/octet-stream; }
}
CONF
    chmod a+x "$run" "$(dirname "$run")"
    nginx -c "$run/nginx.conf" -g 'user root;' > "$run/nginx.log" 2>&1 &
    background_pids+=($!)
    wait_for "nginx" 10 curl -sf "http://127.0.0.1:$http_port/nix-cache-info"
}

by_http() {
    audit_bad "http://127.0.0.1:$http_port" --paths "$run/hashes" --report "$run/by-http"
    "$acceptance/audit.py" same "$run/by-folder/report.json" "$run/by-http/report.json"
}

# Below a prefix, where the host that runs here leaves it alone.
put_into_a_bucket() {
    uploader_aws s3 sync --only-show-errors "$bad" "s3://$bucket/audited"
}

by_s3() {
    local AWS_SHARED_CREDENTIALS_FILE=$uploader_home/.aws/credentials AWS_CONFIG_FILE=/dev/null
    export AWS_SHARED_CREDENTIALS_FILE AWS_CONFIG_FILE
    audit_bad "s3://$bucket/audited?endpoint=$s3_url&region=$region&profile=cache-upload" --report "$run/by-s3"
    "$acceptance/audit.py" same "$run/by-folder/report.json" "$run/by-s3/report.json"
}

size_of_state() { stat -c %s "$run/state" 2> /dev/null || echo 0; }

# Each run is killed when it has kept some paths that the one before had not.
after_kills() {
    local round enough pid status killed=0
    for round in 1 2 3 4; do
        enough=$(($(size_of_state) + 200))
        "$repository/narthex" audit "file://$bad" --trusted-public-key "$public_key" --state "$run/state" --jobs 1 \
            > /dev/null 2>&1 &
        pid=$!
        while kill -0 "$pid" 2> /dev/null && [ "$(size_of_state)" -lt "$enough" ]; do sleep 0.02; done
        kill -KILL "$pid" 2> /dev/null || true
        status=0
        wait "$pid" || status=$?
        if [ "$status" = 137 ]; then killed=$((killed + 1)); fi
    done
    echo "killed $killed times in $round runs"
    [ "$killed" -gt 0 ] || fail "no audit was killed"
    audit_bad "file://$bad" --state "$run/state" --report "$run/after-kills"
    grep -q '"narsKnown":[1-9]' "$run/after-kills/report.json" || fail "nothing was known after ${killed} kills"
    "$acceptance/audit.py" same "$run/by-folder/report.json" "$run/after-kills/report.json"
}

quickly() {
    audit_bad "file://$bad" --quick
    if grep -q '"verdict":"verified"' "$run/paths.jsonl"; then fail "a quick audit has called a path verified"; fi
}

the_page() {
    mkdir -p "$kept"
    cp "$run/by-folder/report.html" "$kept/report.html"
    "$acceptance/browser.py" "$run/by-folder/report.html" "$kept"
}

step "install Nix, nginx and Chromium" install_programs
step "build a cache, and one with tampered paths" make_caches
step "a sound cache of $count paths: 0" of_a_sound_cache
step "no cache: 2" of_no_cache
step "a folder with tampered paths: 1, each found" of_a_folder
step "the page in a browser: light, dark, phone" the_page
step "serve the same by HTTP" serve_by_http
step "the same report by HTTP" by_http
step "start a bucket" narthex_start --trusted-public-key "$public_key"
step "put the same into it" put_into_a_bucket
step "the same report by S3" by_s3
step "the same report after kill -9" after_kills
step "a quick audit verifies nothing" quickly
echo "           screenshots: $kept"
echo "all as it should be"
