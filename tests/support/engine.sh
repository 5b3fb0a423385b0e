#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Engines for tests, of several Debian releases, unpacked and not installed, each with a network, mounts, data and a
# socket of its own. The engines of this machine's users are never touched.
#
#   engine.sh start NAME [KIND]   starts the engine NAME (kept data is used again) and prints its socket
#   engine.sh stop NAME      ends it and its containers
#   engine.sh kill NAME      ends it without warning, as a crash would
#   engine.sh pause NAME     it stays there and answers nothing ...
#   engine.sh resume NAME    ... until it goes on
#   engine.sh remove NAME    stops it and deletes its data
#   engine.sh load NAME [IMAGE...]   puts the stand-in base images into it, all or these
#   engine.sh socket NAME    prints its socket's path
#   engine.sh status         lists the engines
#   engine.sh kinds          lists the kinds
#   engine.sh stop --all, engine.sh remove --all
#
# A KIND is a version of the Docker Engine, with "-containerd" for the containerd image store, or of Podman; without
# one the kind that NAME has, else that of STAGELOOM_TEST_ENGINE_KIND, else 26.1. Words of STAGELOOM_TEST_ENGINE_OPTIONS
# are further options of its daemon.
# In a run of packaging/test.sh (STAGELOOM_TEST_ENGINE_NAME is set) names begin with that run's own, so that it can
# clean up after tests that could not. Needs root, which it takes by sudo where it must. Containers
# reach no network beyond their engine.
set -euo pipefail

lib=$(cd "$(dirname "$0")/../../packaging/lib" && pwd)
# shellcheck source-path=SCRIPTDIR/../../packaging/lib
. "$lib/common.sh"
# shellcheck source-path=SCRIPTDIR/../../packaging/lib
. "$lib/debs.sh"
# shellcheck source-path=SCRIPTDIR/../../packaging/lib
. "$lib/engineroots.sh"
# shellcheck source-path=SCRIPTDIR/../../packaging/lib
. "$lib/engineapi.sh"
# shellcheck source-path=SCRIPTDIR/../../packaging/lib
. "$lib/standins.sh"

# Sockets have short paths (the kernel allows 108 bytes), whatever the cache folder is called.
key=$(sha256sum <<< "$cache_dir" | cut -c1-6)
run_dir=/run/stageloom-test/$key
# BuildKit makes sockets below it, too.
temporary_dir=/var/tmp/stageloom-test-$key

usage() { sed -n '3,/^set -/{ /^set -/d; s/^# \{0,1\}//p; }' "$0" >&2; exit 2; }

pid_of() { cat "$run_dir/$1/pid" 2> /dev/null; }

# The number may belong to another process by now: ours names its folder in its command.
is_running() {
  local pid
  pid=$(pid_of "$1") && [ -n "$pid" ] && grep -qaF "$run_dir/$1/" "/proc/$pid/cmdline" 2> /dev/null
}

wait_for_end() { # NAME TENTHS
  local i
  for ((i = 0; i < $2; i++)); do
    is_running "$1" || return 0
    sleep 0.1
  done
  return 1
}

start_engine() { # NAME [KIND]
  local name=$1 kind=${2:-} run=$run_dir/$1 data=$cache_dir/test-engines/$1 launcher options pid i
  if is_running "$name"; then
    echo "$run/docker.sock"
    return
  fi
  # Kept data is of the kind that wrote it.
  [ -n "$kind" ] || kind=$(cat "$data.kind" 2> /dev/null || echo "${STAGELOOM_TEST_ENGINE_KIND:-$default_engine_kind}")
  engine_suite "$kind" > /dev/null
  with_lock test-engine fetch_engine "$kind"
  end_containers "$name"
  rm -rf "$run"
  [ "$(cat "$data.kind" 2> /dev/null)" = "$kind" ] || rm -rf "$data"
  mkdir -p "$run" "$data" "$temporary_dir/$name"
  echo "$kind" > "$data.kind"
  engine_command "$kind" "$run" "$data" "/stageloom-test-$key-$name"
  read -ra options <<< "${STAGELOOM_TEST_ENGINE_OPTIONS:-}"
  engine_command+=("${options[@]}")
  launcher=(unshare --net --mount --propagation private)
  # Podman's containers are in control groups of its own: with it they lose the namespace that they live in.
  case $kind in podman-*) launcher+=(--pid --fork --kill-child --mount-proc) ;; esac
  # Everything up to dockerd is exec, so that the pid is dockerd's.
  env --ignore-environment PATH="$PATH" HOME="$run" CONTAINERS_CONF="$run/containers.conf" \
    DOCKER_TMPDIR="$temporary_dir/$name" setsid "${launcher[@]}" -- \
    bash -c "$enter_engine_root"'ip link set lo up && exec "$@"' "$(engine_root "$kind")" "${engine_command[@]}" \
    > "$run/log" 2>&1 < /dev/null &
  pid=$!
  echo "$pid" > "$run/pid"
  for ((i = 0; i < 300; i++)); do
    if engine_answers "$run/docker.sock"; then
      case $kind in podman-*) pgrep --parent "$pid" > "$run/pid" ;; esac
      echo "$run/docker.sock"
      return
    fi
    kill -0 "$pid" 2> /dev/null || break
    sleep 0.1
  done
  tail -n 15 "$run/log" >&2
  die "the test engine $name ($kind) did not start (log: $run/log)"
}

# Processes that an engine leaves behind, by its control groups, and then the groups. One in use stays, since
# rmdir refuses it.
end_containers() { # NAME
  local groups tries
  for tries in 1 2 3 4 5; do
    groups=$(find /sys/fs/cgroup -maxdepth 3 -type d -name "stageloom-test-$key-$1" 2> /dev/null)
    [ -n "$groups" ] || return 0
    # shellcheck disable=SC2086
    find $groups -name cgroup.procs -exec cat {} + 2> /dev/null | sort -u | xargs -r kill -KILL 2> /dev/null || true
    # shellcheck disable=SC2086
    find $groups -depth -type d -exec rmdir {} + 2> /dev/null || sleep "0.$tries"
  done
}

stop_engine() { # NAME
  if is_running "$1"; then
    kill -CONT "$(pid_of "$1")"
    # Containers first: dockerd gives each that heeds no SIGTERM ten seconds.
    end_containers "$1"
    kill -TERM "$(pid_of "$1")"
    wait_for_end "$1" 200 || kill -KILL "$(pid_of "$1")"
  fi
  end_containers "$1"
  rm -f "$run_dir/$1/pid" "$run_dir/$1/docker.sock"
}

signal_engine() { # SIGNAL NAME
  is_running "$2" || die "the test engine $2 is not running"
  kill "-$1" "$(pid_of "$2")"
  if [ "$1" = KILL ]; then wait_for_end "$2" 50; fi
}

remove_engine() { # NAME
  stop_engine "$1"
  rm -rf "${run_dir:?}/$1" "${temporary_dir:?}/$1" "${cache_dir:?}/test-engines/$1" "${cache_dir:?}/test-engines/$1.kind"
}

load_images() { # NAME IMAGE...
  local socket=$run_dir/$1/docker.sock name=$1 missing; shift
  engine_answers "$socket" || die "the test engine $name does not answer"
  [ $# -gt 0 ] || set -- "${standin_names[@]}"
  mapfile -t missing < <(missing_images "$socket" "$(standin_recipe)" "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  with_lock standins make_standins "${missing[@]}"
  load_standins "$socket" "${missing[@]}"
}

each_engine() { # FUNCTION
  local folder
  for folder in "$run_dir"/*/ "$cache_dir"/test-engines/*/; do
    [ ! -d "$folder" ] || "$1" "$(basename "$folder")"
  done
}

show_status() {
  if is_running "$1"; then echo "$1 runs $run_dir/$1/docker.sock"; else echo "$1 does not run"; fi
}

command=${1:-} name=${2:-}
run_name=${STAGELOOM_TEST_ENGINE_NAME:-}
case $name in
  '' | --all | "$run_name" | "$run_name"-*) ;;
  *) name=${run_name:+$run_name-}$name ;;
esac
case $command in
  start | stop | kill | pause | resume | remove)
    [ -n "$name" ] || usage
    if [ "$(id -u)" != 0 ]; then
      require_root_rights "a test engine"
      exec sudo -- env STAGELOOM_CACHE_DIR="$cache_dir" STAGELOOM_OWNER_GROUP="$(id -g)" \
        STAGELOOM_DEBIAN_MIRROR="${STAGELOOM_DEBIAN_MIRROR:-}" HOME="$HOME" \
        STAGELOOM_TEST_ENGINE_KIND="${STAGELOOM_TEST_ENGINE_KIND:-}" \
        STAGELOOM_TEST_ENGINE_OPTIONS="${STAGELOOM_TEST_ENGINE_OPTIONS:-}" "$0" "$command" "$name" "${@:3}"
    fi ;;
esac
case $name in */* | .*) die "\"$name\" is no name for an engine" ;; esac
case $command:$name in
  stop:--all | remove:--all) each_engine "${command}_engine" ;;
  start:*) start_engine "$name" "${3:-}" ;;
  stop:* | remove:*) "${command}_engine" "$name" ;;
  kill:*) signal_engine KILL "$name" ;;
  pause:*) signal_engine STOP "$name" ;;
  resume:*) signal_engine CONT "$name" ;;
  load:?*) load_images "$name" "${@:3}" ;;
  socket:?*) echo "$run_dir/$name/docker.sock" ;;
  kinds:*) printf '%s\n' "${engine_kinds[@]}" ;;
  status:*) each_engine show_status | sort -u ;;
  *) usage ;;
esac
