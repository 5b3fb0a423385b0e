# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: Apache-2.0
# Engines for a run of the tests, which end with it, and ctest beside one. Needs common.sh, debs.sh, host.sh,
# root13.sh and build.sh.

engines=$source_dir/tests/support/engine.sh
engine_prefix=main-$$

# Removes the engines whose names begin so: ours, and those that tests started beside it and left behind.
remove_engines() { # PREFIX
  local name
  "$engines" status 2> /dev/null | while read -r name _; do
    case $name in "$1" | "$1"-*) "$engines" remove "$name" > /dev/null 2>&1 < /dev/null || true ;; esac
  done
}

# A run that was killed could not clean up.
remove_orphans() {
  local name pid
  "$engines" status 2> /dev/null | while read -r name _; do
    pid=$(sed -n 's/^main-\([0-9]*\).*/\1/p' <<< "$name")
    if [ -n "$pid" ] && ! grep -qa 'packaging/[a-z]*\.sh' "/proc/$pid/cmdline" 2> /dev/null; then
      remove_engines "$name"
    fi
  done
}

# 1 where no engine can be had, and it is said why. The caller's traps for EXIT and signals are replaced.
prepare_engines() {
  if $dry_run; then
    announce "unpack engines for tests in $cache_dir, start them, and load stand-in base images"
    return
  fi
  if ! can_fetch_debs; then
    say "The tests that need an engine are skipped: theirs is unpacked from Debian's packages."
    return 1
  fi
  install_debs "to make base images for tests" mmdebstrap curl
  remove_orphans
  # shellcheck disable=SC2064 # now, as the name is ours
  trap "remove_engines $engine_prefix" EXIT
  trap 'exit 130' INT TERM HUP
}

# start_test_engine KIND: and the tests are told. 1 where this kind cannot be had.
start_test_engine() {
  local name=$engine_prefix-$1 socket
  $dry_run && return
  say "==> start an engine for the tests ($1), and make base images for it"
  # The tests start others of its kind under names that begin with its own.
  unset STAGELOOM_TEST_ENGINE_NAME
  export STAGELOOM_TEST_ENGINE_KIND=$1
  socket=$("$engines" start "$name" "$1") && "$engines" load "$name" || return 1
  export STAGELOOM_TEST_ENGINE=unix://$socket STAGELOOM_TEST_ENGINE_HELPER=$engines STAGELOOM_TEST_ENGINE_NAME=$name
}

run_ctest() { # BUILD CTEST-ARG...
  local folder; folder=$(build_folder "$1"); shift
  if $dry_run; then
    announce "run ctest in $folder"
    return
  fi
  in_environment ctest --test-dir "$folder" --output-on-failure --no-tests=error --parallel "$(nproc)" "$@"
}
