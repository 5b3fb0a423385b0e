# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: Apache-2.0
# Engines of several Debian releases, each unpacked into a folder of the cache and not installed. Needs common.sh and
# debs.sh.

# In the order of their age; "-containerd" is the same engine with the containerd image store.
engine_kinds=(20.10 26.1 28.5 28.5-containerd podman-5.4)
default_engine_kind=26.1

engine_suite() { # KIND
  case ${1%-containerd} in
    20.10) echo bookworm ;;
    26.1 | podman-5.4) echo trixie ;;
    28.5) echo forky ;;
    *) die "no engine \"$1\" is known; there are: ${engine_kinds[*]}" ;;
  esac
}

# procps: "docker top" runs ps. xz-utils: for images packed so. Podman's netavark runs nft and ip.
engine_packages() { # KIND
  case $1 in
    podman-*) echo podman runc netavark aardvark-dns golang-github-containers-common iproute2 iptables nftables procps ;;
    *) echo docker.io iproute2 iptables procps xz-utils ;;
  esac
}

engine_root() { echo "$cache_dir/test-engine-${1%-containerd}"; } # KIND

# In the mount namespace of an engine; /usr/local disappears under the bind mount.
engine_path=/usr/sbin:/usr/bin:/sbin:/bin

# Run by bash with the root as $0. Podman has files in /etc too: what this machine lacks of them is laid under its own.
# shellcheck disable=SC2016
enter_engine_root='
  if [ -d "$0/etc/containers" ]; then mount -t overlay -o "lowerdir=/etc:$0/etc" engine-etc /etc; fi
  mount --bind "$0/usr" /usr && export PATH=/usr/sbin:/usr/bin:/sbin:/bin
'

# A rolling release has another engine one day: it is told, and not taken for the one that was asked for.
check_engine_version() { # KIND ROOT
  local program=dockerd said
  case $1 in podman-*) program=podman ;; esac
  said=$(unshare --mount --propagation private -- bash -c "$enter_engine_root"'exec "$@"' "$2" "$program" --version)
  case $said in
    *" ${1#podman-}."*) ;;
    *) die "Debian $(engine_suite "$1") no longer has the engine $1 but: $said" ;;
  esac
}

fetch_engine() { # KIND
  local kind=${1%-containerd} suite root new tool packages
  suite=$(engine_suite "$kind")
  root=$(engine_root "$kind")
  [ ! -d "$root" ] || return 0
  can_fetch_debs || return 1
  announce "unpack the engine $kind of Debian $suite for tests in $root"
  new=$root.new
  rm -rf "$new"
  mkdir -p "$new"/usr/{bin,sbin,lib,lib64}
  for tool in bin sbin lib lib64; do ln -s "usr/$tool" "$new/$tool"; done
  private_apt "$new/apt" "$suite"
  read -ra packages <<< "$(engine_packages "$kind")"
  fetch_debs_with_dependencies "$new/apt" "$new" "${packages[@]}"
  rm -rf "$new/apt"
  # No maintainer script ran, so update-alternatives made no links.
  for tool in iptables ip6tables; do
    ln -s "$tool-nft" "$new/usr/sbin/$tool"
    ln -s "$tool-nft-save" "$new/usr/sbin/$tool-save"
    ln -s "$tool-nft-restore" "$new/usr/sbin/$tool-restore"
  done
  check_engine_version "$kind" "$new"
  mv --no-target-directory "$new" "$root"
}

# engine_command KIND RUN-FOLDER DATA-FOLDER CGROUP: sets `engine_command`, and writes the settings that it reads:
# Podman's by CONTAINERS_CONF.
engine_command() {
  local kind=$1 run=$2 data=$3 group=$4
  case $kind in
    podman-*)
      # runc, since crun refuses mixed control groups; the limits in force, since Podman's own are above what a
      # machine may allow.
      printf '[containers]\ndefault_ulimits=["nofile=%s:%s","nproc=%s:%s"]\n[engine]\nruntime="runc"\n' \
        "$(ulimit -Sn)" "$(ulimit -Hn)" "$(ulimit -Su)" "$(ulimit -Hu)" |
        sed 's/unlimited/-1/g' > "$run/containers.conf"
      engine_command=(podman --root "$data" --runroot "$run/exec"
        --tmpdir "$run/tmp" --network-config-dir "$run/net" --cgroup-manager cgroupfs --events-backend file
        system service --time 0 "unix://$run/docker.sock") ;;
    *)
      # Of our own, so that a daemon.json of this machine says nothing.
      echo '{}' > "$run/daemon.json"
      case $kind in
        *-containerd) echo '{"features":{"containerd-snapshotter":true}}' > "$run/daemon.json" ;;
      esac
      engine_command=(dockerd --config-file "$run/daemon.json" --host "unix://$run/docker.sock"
        --group "${STAGELOOM_OWNER_GROUP:-0}" --data-root "$data" --exec-root "$run/exec"
        --pidfile "$run/dockerd.pid" --exec-opt native.cgroupdriver=cgroupfs --cgroup-parent "$group") ;;
  esac
}
