# shellcheck shell=bash disable=SC2034
# SPDX-License-Identifier: Apache-2.0
# What all scripts share: where things are kept, what is said, and how commands run as root.

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache_dir=${STAGELOOM_CACHE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/stageloom}
data_dir=${XDG_DATA_HOME:-$HOME/.local/share}/stageloom
dry_run=${dry_run:-false}

say() { printf '%s\n' "$*" >&2; }
die() { printf 'stageloom: %s\n' "$*" >&2; exit 1; }

# announce TEXT: what is about to be installed or created.
announce() { if $dry_run; then say "would: $*"; else say "==> $*"; fi; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -- "$@"; fi
}

require_root_rights() { # WHY
  [ "$(id -u)" = 0 ] && return
  command -v sudo > /dev/null || die "$1 needs root, and there is no sudo: run this as root once."
}

have() { command -v "$1" > /dev/null 2>&1; }

# Some of what root made in our folders is root's.
remove_tree() { rm -rf "$@" 2> /dev/null || as_root rm -rf "$@"; }

# with_lock NAME COMMAND...: one at a time over all runs of one user; waits for the other. What the command starts
# holds the lock too, so that it stays locked when only this script is killed; what is to live on closes lock_fd.
# Call it plainly: to the left of || or && bash would let the command run on after an error.
with_lock() {
  local name=$1 lock_fd status; shift
  mkdir -p "$cache_dir"
  exec {lock_fd}> "$cache_dir/$name.lock"
  if ! flock --nonblock "$lock_fd"; then
    say "Another run is busy with $name; waiting for it."
    flock "$lock_fd"
  fi
  set +e
  (
    set -e
    "$@"
  )
  status=$?
  set -e
  exec {lock_fd}>&-
  return "$status"
}

# change TEXT COMMAND...: says what is done to this machine, and does it unless nothing is to be done.
change() {
  announce "$1"; shift
  $dry_run || "$@"
}
