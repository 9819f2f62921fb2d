# Sourced after engine.sh: the images, made from packages, for no image registry is needed anywhere. Each is made once and kept.

aws_images=$acceptance/aws
base_image=narthex/debian:trixie-python
localstack_image=narthex/localstack:4.14.0-$(find "$aws_images/localstack" -type f -print0 | sort -z | xargs -0 cat | sha256sum | cut -c 1-12)
java25_image=narthex/java25:latest

debian_mirror() { awk '$1 == "URIs:" { print $2; exit } $1 == "deb" { print $2; exit }' /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2> /dev/null; }

# Debian trixie, for its Python: LocalStack needs 3.12.
make_base_image() {
    has_image "$base_image" && return 0
    install_missing debootstrap=debootstrap
    local root=$docker_state/trixie
    rm -rf --one-file-system "$root"
    debootstrap --variant=minbase --include=ca-certificates,python3,python3-pip trixie "$root" "$(debian_mirror)"
    rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
    tar -C "$root" -c . | docker import - "$base_image"
}

# LocalStack 4.14.0, the last one that anybody may run without an account, from PyPI.
make_localstack_image() {
    has_image "$localstack_image" && return 0
    make_base_image
    local context=$docker_state/localstack certificates=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
    rm -rf "$context"
    mkdir -p "$context/site"
    # In a container with the host's network and the host's idea of whom to trust, for an index may be behind a proxy. uv is pip in a fifth
    # of the time.
    docker run --rm --network host -v "$context/site:/site" -v "$aws_images/localstack/requirements.txt:/requirements.txt:ro" \
        -v "$certificates:/certificates.pem:ro" -v /etc/resolv.conf:/etc/resolv.conf:ro -e SSL_CERT_FILE=/certificates.pem \
        -e PIP_CERT=/certificates.pem -e PIP_INDEX_URL -e UV_INDEX_URL "$base_image" sh -c '
            python3 -m pip install -q --no-cache-dir --root-user-action ignore --break-system-packages uv==0.9.5 &&
            uv pip install -q --no-cache --python /usr/bin/python3 --target /site -r /requirements.txt'
    cp -r "$aws_images"/localstack/* "$context/"
    DOCKER_BUILDKIT=0 docker build -q -t "$localstack_image" "$context"
}

# What Lambda's managed runtime is: a JDK 25, AWS's runtime interface client, /var/task. Not Amazon's image: Debian for Amazon Linux,
# the JDK of this machine for Corretto.
make_java25_image() {
    make_base_image
    local context=$docker_state/java25 client=$repository/functions/local/target/runtime-interface-client
    [ -d "$client" ] || fail "$client is not there: ./mvnw package -DskipTests"
    rm -rf "$context"
    mkdir -p "$context"
    cp -r "$client" "$context/runtime-interface-client"
    cp "$aws_images"/java25/* "$context/"
    "$JAVA_HOME/bin/jlink" --strip-debug --no-header-files --no-man-pages --output "$context/java" --add-modules \
java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,java.xml,\
jdk.crypto.ec,jdk.httpserver,jdk.unsupported,jdk.zipfs
    DOCKER_BUILDKIT=0 docker build -q -t "$java25_image" "$context"
}

# Where LocalStack finds it; the name is for this run, for the registry's port is.
push_java25_image() {
    lambda_image=$registry/lambda/java:25
    docker tag "$java25_image" "$lambda_image"
    at_end untag_lambda_image
    docker push -q "$lambda_image"
}

untag_lambda_image() { docker rmi -f "$lambda_image" > /dev/null; }

# make_sam_image URL: the same for `sam local`, whose functions look for AWS at URL. SAM builds another image on it, under this name too,
# and takes that one when it is there: so the name is for this run.
make_sam_image() {
    sam_image=narthex/java25-sam-$$
    at_end remove_sam_images
    printf 'FROM %s\nENV AWS_ENDPOINT_URL=%s\n' "$java25_image" "$1" | DOCKER_BUILDKIT=0 docker build -q -t "$sam_image" -
}

remove_sam_images() { docker images -q "$sam_image" | xargs -r docker rmi -f > /dev/null; }
