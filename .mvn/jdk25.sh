# Sourced. find_jdk_25 prints the home of an installed JDK 25, from the places where one usually is; fails if there is none.
is_jdk_25() { [ -x "$1/bin/javac" ] && "$1/bin/javac" -version 2>&1 | grep -q '^javac 25\b'; }

find_jdk_25() {
    local home
    for home in "${JAVA_HOME:-}" "${JDK_25:-}" "${JAVA_25_HOME:-}" "${JAVA_HOME_25_X64:-}" /usr/lib/jvm/*25* \
        /usr/java/*25* /opt/*jdk*25* /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home \
        /Library/Java/JavaVirtualMachines/*25*/Contents/Home "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* \
        /nix/var/nix/profiles/default "$HOME"/.nix-profile; do
        if [ -n "$home" ] && is_jdk_25 "$home"; then echo "$home"; return; fi
    done
    home=$(command -v javac || true)
    [ -n "$home" ] || return 1
    home=$(dirname "$(dirname "$(readlink -f "$home")")")
    if is_jdk_25 "$home"; then echo "$home"; else return 1; fi
}
