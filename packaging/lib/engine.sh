# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: Apache-2.0
# The user's engine: finds the one that answers, or makes one. Needs common.sh, host.sh, engineapi.sh, root13.sh.

own_engine=$data_dir/engine
own_socket=$own_engine/docker.sock
own_bridge=stageloom0
engine_socket= # of the engine that answers, if it is a local one

# ---- which one --------------------------------------------------------------------------------------------------

# The docker context in force: DOCKER_CONTEXT, or what the CLI's configuration says.
current_context() {
  if [ -n "${DOCKER_CONTEXT:-}" ]; then
    echo "$DOCKER_CONTEXT"
  else
    sed -n 's/.*"currentContext"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p' \
      "${DOCKER_CONFIG:-$HOME/.docker}/config.json" 2> /dev/null
  fi
}

# The address that a person has chosen, by DOCKER_HOST or by a context; empty if none.
chosen_host() {
  local context meta
  if [ -n "${DOCKER_HOST:-}" ]; then
    echo "$DOCKER_HOST"
    return
  fi
  context=$(current_context)
  [ -n "$context" ] && [ "$context" != default ] || return 0
  meta=${DOCKER_CONFIG:-$HOME/.docker}/contexts/meta/$(printf %s "$context" | sha256sum | cut -d' ' -f1)/meta.json
  sed -n 's/.*"Host"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p' "$meta" 2> /dev/null | head -n 1
}

known_sockets() {
  local runtime=${XDG_RUNTIME_DIR:-/run/user/$(id -u)}
  printf '%s\n' /var/run/docker.sock "$runtime/docker.sock" "$HOME/.docker/desktop/docker.sock" \
    "$runtime/podman/podman.sock" /run/podman/podman.sock "$own_socket"
}

# find_engine: 0 if one answers (engine_socket is set where it is local), or if a person chose one: then it is for
# the program to speak to it.
find_engine() {
  local chosen socket
  chosen=$(chosen_host)
  case $chosen in
    unix://*)
      engine_socket=${chosen#unix://}
      if engine_answers "$engine_socket"; then return 0; fi
      say "$engine_socket, which DOCKER_HOST or the docker context names, does not answer. Start that engine, or" \
        "unset DOCKER_HOST (docker context use default)."
      engine_socket=
      return 0 ;;
    ?*)
      say "DOCKER_HOST or the docker context names $chosen; Stageloom will use it."
      return 0 ;;
  esac
  while read -r socket; do
    if engine_answers "$socket"; then
      engine_socket=$socket
      return 0
    fi
  done < <(known_sockets)
  return 1
}

# A system engine that this user may not use: 0 if there is one. A user who was put into the group after this
# session began gets it for this run.
system_engine_refuses() {
  local socket=/var/run/docker.sock group
  [ -S "$socket" ] && [ ! -w "$socket" ] || return 1
  group=$(stat -c %G "$socket")
  if id -nG "$(id -un)" | tr ' ' '\n' | grep -qxF -- "$group"; then
    extra_group=$(stat -c %g "$socket")
    engine_socket=$socket
    api_as_root=true
    engine_answers "$socket" && return 1
  fi
  say "An engine listens at $socket, and you may not use it. To join its group: sudo usermod -aG $group $(id -un)," \
    "then log in again. (Who is in this group can act as root on this machine.)"
}

# ---- making one -------------------------------------------------------------------------------------------------

has_systemd() { [ -d /run/systemd/system ]; }

ensure_engine() {
  find_engine && return
  if system_engine_refuses; then return; fi
  [ -z "$engine_socket" ] || return 0
  say "No engine answers: not at DOCKER_HOST, not by the docker context, nor at any of the usual sockets."
  require_root_rights "an engine"
  if has_systemd; then use_system_engine; else start_own_engine; fi
}

# What dockerd needs beyond Debian's dependencies, as we ask for no recommendations.
install_engine() {
  if have apt-get; then
    if [ -n "$(missing_debs docker.io iptables iproute2)" ]; then
      install_debs "the container engine" docker.io iptables iproute2
    fi
  elif have dnf; then
    have dockerd || change "dnf install moby-engine (the container engine)" as_root dnf install -y moby-engine >&2
  else
    die "no engine answers, and it is not known how to install one here: please install Docker or Podman."
  fi
}

use_system_engine() {
  install_engine
  change "start the service docker" as_root systemctl enable --now --quiet docker
  if [ "$(id -u)" != 0 ] && ! id -nG "$(id -un)" | grep -qw docker; then
    change "put $(id -un) into the group docker, so that Stageloom may use the engine (like root on this machine)" \
      as_root usermod -aG docker "$(id -un)"
  fi
  $dry_run && return
  wait_for_engine /var/run/docker.sock || system_engine_refuses || [ -n "$engine_socket" ] ||
    die "the service docker was started and does not answer: see journalctl -u docker"
}

wait_for_engine() { # SOCKET
  local i
  for ((i = 0; i < 300; i++)); do
    if engine_answers "$1"; then
      engine_socket=$1
      return
    fi
    [ ! -S "$1" ] || [ -w "$1" ] || return 1
    sleep 0.1
  done
  return 1
}

# Without systemd, Debian's package would start an engine of the system in its own way. In a mount namespace with
# the starter replaced it only installs; nothing is left to clean up if this is killed.
install_engine_unstarted() {
  local packages
  have apt-get || { install_engine; return; }
  mapfile -t packages < <(missing_debs docker.io iptables iproute2)
  [ ${#packages[@]} -gt 0 ] || return 0
  announce "apt-get install ${packages[*]} (the container engine)"
  $dry_run && return
  if [ -z "$(deb_version docker.io)" ]; then apt_update; fi
  # shellcheck disable=SC2016
  as_root unshare --mount --propagation private -- sh -c \
    'mount --bind /bin/true /usr/sbin/invoke-rc.d && exec env DEBIAN_FRONTEND=noninteractive apt-get -y -q \
       --no-install-recommends -o DPkg::Lock::Timeout=300 install "$@"' sh "${packages[@]}" >&2
}

# The number may belong to another process by now: ours names its folder.
own_engine_pid() {
  local pid
  pid=$(cat "$own_engine/pid" 2> /dev/null) && [ -n "$pid" ] &&
    as_root grep -qaF "$own_engine/" "/proc/$pid/cmdline" 2> /dev/null && echo "$pid"
}

# A private network that no route of this host covers.
free_network() {
  local n routes
  routes=$(ip -4 route show)
  for n in {70..99}; do
    grep -q "^10\.$n\." <<< "$routes" || { echo "10.$n.0.1/24"; return; }
  done
  die "every network from 10.70 to 10.99 is in use here, and the engine needs one"
}

# Each part has a name or a place of its own, so that it can stand beside an engine of the system: two that share
# a bridge take it from each other.
start_own_engine() {
  local group i
  [ ${#own_socket} -le 100 ] || die "$own_socket is too long for a socket: set XDG_DATA_HOME to a shorter folder"
  install_engine_unstarted
  change "start an engine of your own in $own_engine (there is no systemd; packaging/run.sh --stop-engine ends it)" \
    true
  $dry_run && return
  with_lock engine launch_own_engine
  wait_for_engine "$own_socket" || {
    as_root tail -n 15 "$own_engine/log" >&2
    die "the engine did not start (log: $own_engine/log)"
  }
}

launch_own_engine() {
  local args
  if engine_answers "$own_socket"; then return; fi
  if own_engine_pid > /dev/null; then return; fi # starting, or hanging: who waits will see
  mkdir -p "$own_engine"
  rm -f "$own_engine/pid" "$own_engine/dockerd.pid" "$own_socket" 2> /dev/null ||
    as_root rm -f "$own_engine/pid" "$own_engine/dockerd.pid" "$own_socket"
  if ! ip link show "$own_bridge" > /dev/null 2>&1; then
    as_root ip link add "$own_bridge" type bridge
    as_root ip addr add "$(free_network)" dev "$own_bridge"
  fi
  as_root ip link set "$own_bridge" up
  echo '{}' > "$own_engine/daemon.json" # so that a daemon.json of this machine says nothing
  args=(--config-file "$own_engine/daemon.json" --host "unix://$own_socket" --group "$(id -g)"
    --data-root "$own_engine/data" --exec-root "$own_engine/exec" --pidfile "$own_engine/dockerd.pid"
    --bridge "$own_bridge" --exec-opt native.cgroupdriver=cgroupfs --cgroup-parent /stageloom-engine)
  exec {lock_fd}>&-
  # Every step is exec, so that the number written is dockerd's.
  # shellcheck disable=SC2016
  as_root setsid sh -c 'echo $$ > "$0/pid" && exec dockerd "$@" > "$0/log" 2>&1 < /dev/null' \
    "$own_engine" "${args[@]}" > /dev/null 2>&1 &
  disown
}

stop_own_engine() {
  local pid i container
  if ! pid=$(own_engine_pid); then
    if has_systemd && engine_answers /var/run/docker.sock; then
      say "Stageloom runs no engine of its own here. The system's service is ended by: sudo systemctl stop docker"
    else
      say "Stageloom runs no engine of its own here."
    fi
    return
  fi
  announce "end the engine in $own_engine; its images stay"
  $dry_run && return
  # Containers first: dockerd gives each that heeds no SIGTERM ten seconds.
  for container in $(engine_api "$own_socket" /containers/json --max-time 5 2> /dev/null |
    grep -o '"Id":"[0-9a-f]*"' | cut -d'"' -f4); do
    engine_api "$own_socket" "/containers/$container/kill" -X POST --max-time 10 > /dev/null 2>&1 || true
  done
  as_root kill -TERM "$pid"
  for ((i = 0; i < 200; i++)); do
    own_engine_pid > /dev/null || break
    sleep 0.1
  done
  if own_engine_pid > /dev/null; then as_root kill -KILL "$pid"; fi
  as_root rm -f "$own_engine/pid" "$own_socket"
  # What one that was killed has left mounted; without this the folder could not be deleted.
  cut -d' ' -f5 /proc/self/mountinfo | { grep -F "$own_engine/" || true; } | sort -r | while read -r i; do
    as_root umount --lazy "$i" < /dev/null || true
  done
  as_root ip link delete "$own_bridge" 2> /dev/null || true
  find /sys/fs/cgroup -maxdepth 3 -type d -name stageloom-engine -print0 2> /dev/null |
    xargs -r0 -I '{}' find '{}' -depth -type d -print0 | as_root xargs -r0 rmdir 2> /dev/null || true
}
