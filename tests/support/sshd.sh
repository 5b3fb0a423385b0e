#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# An ssh server for tests, of Debian's packages, unpacked and not installed, on a port of this machine's loopback, with
# the docker command beside it. It lets root in, with the keys of its folder only.
#
#   sshd.sh start FOLDER PORT DOCKER-HOST [PATH]   FOLDER holds host_key and authorized_keys. Those who come in have that
#                                                  DOCKER_HOST, and PATH instead of the usual one
#   sshd.sh stop FOLDER
#
# Needs root, which it takes by sudo where it must.
set -euo pipefail

lib=$(cd "$(dirname "$0")/../../packaging/lib" && pwd)
# shellcheck source-path=SCRIPTDIR/../../packaging/lib
. "$lib/common.sh"
# shellcheck source-path=SCRIPTDIR/../../packaging/lib
. "$lib/debs.sh"

root=$cache_dir/test-sshd
usage() { sed -n '3,/^set -/{ /^set -/d; s/^# \{0,1\}//p; }' "$0" >&2; exit 2; }

fetch_sshd() {
  local new=$root.new tool
  [ ! -d "$root" ] || return 0
  can_fetch_debs || return 1
  announce "unpack an ssh server of Debian trixie for tests in $root"
  rm -rf "$new"
  mkdir -p "$new"/usr/{bin,sbin,lib,lib64}
  for tool in bin sbin lib lib64; do ln -s "usr/$tool" "$new/$tool"; done
  private_apt "$new/apt" trixie
  fetch_debs_with_dependencies "$new/apt" "$new" openssh-server docker-cli dash bash coreutils
  rm -rf "$new/apt"
  mv --no-target-directory "$new" "$root"
}

# Only in the server's own mount namespace: who logs in has a shell there, and the server its unprivileged user.
# shellcheck disable=SC2016
enter_root='
  mount --bind "$0/usr" /usr && mount --bind "$1/passwd" /etc/passwd && shift && exec "$@"
'

start_sshd() { # FOLDER PORT DOCKER-HOST [PATH]
  local folder=$1 port=$2 host=$3 path=${4:-/usr/bin:/bin} i
  with_lock test-sshd fetch_sshd
  mkdir -p /run/sshd
  chmod 600 "$folder/host_key"
  { echo 'root:x:0:0:root:/root:/bin/sh'; echo 'sshd:x:74:74::/run/sshd:/usr/sbin/nologin'; } > "$folder/passwd"
  cat > "$folder/sshd_config" << CONF
ListenAddress 127.0.0.1
Port $port
HostKey $folder/host_key
AuthorizedKeysFile $folder/authorized_keys
PidFile $folder/sshd.pid
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
StrictModes no
UsePAM no
MaxStartups 100
PerSourcePenalties no
SetEnv PATH=$path DOCKER_HOST=$host
CONF
  unshare --mount --propagation private -- bash -c "$enter_root" "$root" "$folder" \
    /usr/sbin/sshd -D -e -f "$folder/sshd_config" > "$folder/log" 2>&1 < /dev/null &
  for ((i = 0; i < 50; i++)); do
    [ ! -s "$folder/sshd.pid" ] || return 0
    kill -0 $! 2> /dev/null || break
    sleep 0.1
  done
  tail -n 5 "$folder/log" >&2
  die "the ssh server did not start (log: $folder/log)"
}

stop_sshd() { # FOLDER
  local pid
  pid=$(cat "$1/sshd.pid" 2> /dev/null) || return 0
  if grep -qaF "$1/sshd_config" "/proc/$pid/cmdline" 2> /dev/null; then kill "$pid"; fi
}

command=${1:-} folder=${2:-}
case $folder in /*) ;; *) usage ;; esac
if [ "$(id -u)" != 0 ]; then
  require_root_rights "a test ssh server"
  exec sudo -- env STAGELOOM_CACHE_DIR="$cache_dir" STAGELOOM_DEBIAN_MIRROR="${STAGELOOM_DEBIAN_MIRROR:-}" HOME="$HOME" \
    "$0" "$@"
fi
case $command:$# in
  start:[45]) start_sshd "${@:2}" ;;
  stop:2) stop_sshd "$folder" ;;
  *) usage ;;
esac
