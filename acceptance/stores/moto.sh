# Sourced after lib.sh: moto, which answers for many services of AWS and enforces no policy.

install_moto() {
    moto=$tools/moto
    [ "$("$moto/bin/pip" list --format freeze 2> /dev/null | grep '^moto=')" = "moto==5.2.5" ] && return 0
    python3 -c 'import ensurepip' 2> /dev/null || { apt-get update -q; apt-get install -y -q --no-install-recommends python3-venv; }
    python3 -m venv "$moto"
    "$moto/bin/pip" install -q 'moto[server]==5.2.5'
}

# Sets moto_url.
start_moto() {
    local port
    port=$(free_port)
    moto_url=http://127.0.0.1:$port
    "$moto/bin/moto_server" -H 127.0.0.1 -p "$port" > "$run/moto.log" 2>&1 < /dev/null &
    background_pids+=($!)
    wait_for moto 30 curl -sf "$moto_url/moto-api/"
}
