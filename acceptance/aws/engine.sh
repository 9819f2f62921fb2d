# Sourced after lib.sh by the runs that need containers: a Docker engine and a registry for Lambda's image. An engine that is there is
# used, and keeps our images alone; else one is started from Debian's packages, with all its state under acceptance/.work. What
# stopping ours leaves behind is what any dockerd does: ip_forward on, the iptables chains and the bridge docker0.

docker_state=$tools/docker
docker_runtime=
engine_pid=

start_engine() {
    mkdir -p "$docker_state"
    if ! docker version > /dev/null 2>&1; then start_own_engine; fi
    docker_socket=$(docker context inspect -f '{{.Endpoints.docker.Host}}')
    docker_socket=${docker_socket#unix://}
}

start_own_engine() {
    install_missing dockerd=docker.io iptables=iptables ip=iproute2 pgrep=procps
    # A package of its own since Debian 13.
    install_missing docker=docker-cli
    remove_stale_bridge
    # Not under the clone: the path of a socket has at most 107 characters.
    docker_runtime=$(mktemp -d /tmp/narthex-docker.XXXXXX)
    at_end stop_own_engine
    export DOCKER_HOST=unix://$docker_runtime/docker.sock
    dockerd --host "$DOCKER_HOST" --data-root "$docker_state/data" --exec-root "$docker_runtime/exec" --pidfile "$docker_runtime/pid" \
        > "$run/dockerd.log" 2>&1 < /dev/null &
    engine_pid=$!
    wait_for "the Docker engine" 60 docker version
}

# Every container in it is ours.
stop_own_engine() {
    docker ps -aq | xargs -r docker rm -f -v > /dev/null
    if [ -n "$engine_pid" ]; then kill "$engine_pid" && wait "$engine_pid"; fi
    remove_runtime "$docker_runtime"
}

# An engine that was killed leaves the networks of its containers at the bridge, where they keep addresses that new ones get.
remove_stale_bridge() {
    if ! pgrep -x dockerd > /dev/null && ip link show docker0 > /dev/null 2>&1; then ip link delete docker0; fi
}

# The list is read as a whole before anything is unmounted, under which it moves.
remove_runtime() {
    local mounts
    mapfile -t mounts < <(awk -v below="$1/" 'index($2, below) == 1 {print $2}' /proc/mounts)
    [ ${#mounts[@]} = 0 ] || umount "${mounts[@]}"
    rm -rf --one-file-system "$1"
}

# LocalStack pulls the image of a Lambda runtime whatever lies here, so there must be something to pull it from. Every
# engine takes a registry on loopback without TLS.
start_registry() {
    install_missing docker-registry=docker-registry
    registry=127.0.0.1:$(free_port)
    printf '%s\n' 'version: 0.1' "storage: {filesystem: {rootdirectory: $docker_state/registry}}" "http: {addr: \"$registry\"}" \
        'log: {level: warn}' > "$run/registry.yml"
    docker-registry serve "$run/registry.yml" > "$run/registry.log" 2>&1 < /dev/null &
    background_pids+=($!)
    wait_for "the registry" 20 curl -sf "http://$registry/v2/"
}

has_image() { docker image inspect "$1" > /dev/null 2>&1; }

# container_address NAME: where the host and other containers reach it; nothing is published.
container_address() { docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$1"; }
