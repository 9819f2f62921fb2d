# Sourced after lib.sh by the runs that need containers: a Docker engine and a registry for Lambda's image. An engine that is there is
# used; else one is started from Debian's packages, with all its state under acceptance/.work. Stopping ours leaves
# behind what any dockerd does: ip_forward on, the iptables chains and the bridge docker0.

docker_state=$tools/docker

start_engine() {
    docker version > /dev/null 2>&1 && return 0
    install_missing dockerd=docker.io iptables=iptables
    mkdir -p "$docker_state"
    # Not under the clone: the path of a socket has at most 107 characters.
    docker_runtime=$(mktemp -d /tmp/narthex-docker.XXXXXX)
    export DOCKER_HOST=unix://$docker_runtime/docker.sock
    dockerd --host "$DOCKER_HOST" --data-root "$docker_state/data" --exec-root "$docker_runtime/exec" --pidfile "$docker_runtime/pid" \
        > "$run/dockerd.log" 2>&1 < /dev/null &
    background_pids+=($!)
    wait_for "the Docker engine" 60 docker version
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
