# Sourced after lib.sh: a Ceph RADOS Gateway of one node with one user, all of it in memory and on loopback, from Debian's packages.
# The daemon of the disks takes ports from 6800 on besides the two given here.

install_ceph() { install_missing curl=curl ceph-mon=ceph-mon ceph-osd=ceph-osd radosgw=radosgw ceph=ceph-common; }

ceph_configuration() {
    cat <<C
[global]
fsid = $ceph_id
mon host = [v2:127.0.0.1:$ceph_monitor_port/0]
mon initial members = a
# Without cephx the gateway does not come up.
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
keyring = $ceph/keyring
ms bind ipv6 = false
public addr = 127.0.0.1
cluster addr = 127.0.0.1
run dir = $ceph/run
admin socket = $ceph/run/\$name.\$pid.asok
log file = $ceph/log/\$name.log
crash dir = $ceph/run
mon data = $ceph/mon
osd data = $ceph/osd
osd pool default size = 1
osd pool default min size = 1
mon allow pool size one = true
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon max pg per osd = 1000
mon data avail warn = 2
mon data avail crit = 1
osd objectstore = memstore
memstore device bytes = 8589934592
osd heartbeat grace = 60
[client.rgw]
# Else an answer in two parts waits for the client's delayed acknowledgement of the first, 40 ms a request.
rgw frontends = beast endpoint=127.0.0.1:$ceph_port tcp_nodelay=1
rgw enable apis = s3, admin, notifications, iam, sts
rgw zone = default
rgw run sync thread = false
rgw enable usage log = false
rgw override bucket index max shards = 1
C
}

ceph_keys() {
    ceph-authtool --create-keyring "$ceph/keyring" --gen-key -n mon. --cap mon 'allow *'
    ceph-authtool "$ceph/keyring" --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *'
    ceph-authtool "$ceph/keyring" --gen-key -n client.rgw --cap mon 'allow rw' --cap osd 'allow rwx'
    ceph-authtool "$ceph/keyring" --gen-key -n osd.0 --cap mon 'allow profile osd' --cap osd 'allow *'
}

ceph_command() { timeout 60 ceph -c "$ceph/ceph.conf" --connect-timeout 30 "$@"; }

# ceph_daemon PROGRAM OPTION...: in the foreground of a job of this shell, so that its pid is known.
ceph_daemon() {
    "$1" -c "$ceph/ceph.conf" -f "${@:2}" > "$ceph/log/$(basename "$1").out" 2>&1 < /dev/null &
    background_pids+=($!)
}

start_monitor() {
    monmaptool --create --clobber --fsid "$ceph_id" --addv a "[v2:127.0.0.1:$ceph_monitor_port/0]" "$ceph/monmap"
    ceph-mon -c "$ceph/ceph.conf" --mkfs -i a --monmap "$ceph/monmap" --keyring "$ceph/keyring"
    ceph_daemon ceph-mon -i a
    ceph_command -s
}

start_disks() {
    local id uuid
    uuid=$(cat /proc/sys/kernel/random/uuid)
    id=$(ceph_command osd new "$uuid")
    ceph-osd -c "$ceph/ceph.conf" -i "$id" --mkfs --osd-uuid "$uuid"
    ceph_command osd crush add "osd.$id" 1.0 root=default host=localhost
    ceph_daemon ceph-osd -i "$id"
    wait_for "Ceph's disk" 60 disk_is_up
}

disk_is_up() { ceph_command osd stat | grep "1 up" > /dev/null; }

# start_ceph_rgw: sets ceph_url; the keys of its user are OWNERKEY and OWNERSECRET.
start_ceph_rgw() {
    ceph=$run/ceph
    ceph_id=$(cat /proc/sys/kernel/random/uuid)
    ceph_port=$(free_port)
    ceph_monitor_port=$(free_port)
    ceph_url=http://127.0.0.1:$ceph_port
    mkdir -p "$ceph"/{mon,osd,run,log}
    ceph_configuration > "$ceph/ceph.conf"
    ceph_keys
    start_monitor
    start_disks
    ceph_daemon radosgw -n client.rgw
    wait_for "Ceph RGW" 60 curl -s "$ceph_url/"
    ceph_user owner OWNERKEY OWNERSECRET
}

# ceph_user NAME ACCESS_KEY SECRET_KEY
ceph_user() {
    timeout 60 radosgw-admin -c "$ceph/ceph.conf" -n client.rgw user create --uid="$1" --display-name="$1" \
        --access-key="$2" --secret-key="$3"
}
