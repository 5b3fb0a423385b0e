#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds Stageloom with warnings as errors and runs every test; before that, the core's tests with the address and
# undefined-behaviour sanitizers.
#
#   packaging/test.sh [CTEST-ARGS...]   for example: packaging/test.sh -R stagegraph
#   packaging/test.sh --dry-run         only says what would be installed or created
#   packaging/test.sh --help
#
# What is needed is installed or made as packaging/run.sh does it (see there). The tests that need an engine get one of
# their own, which ends with them (tests/support/engine.sh); the engines of this machine's users are never touched.
# The last lines of the output are ctest's.
# shellcheck source-path=SCRIPTDIR/lib
set -euo pipefail

lib=$(cd "$(dirname "$0")/lib" && pwd)
dry_run=false
. "$lib/common.sh"
. "$lib/debs.sh"
. "$lib/host.sh"
. "$lib/root13.sh"
. "$lib/build.sh"

help() { sed -n '3,/^# shellcheck/{ /^# shellcheck/d; s/^# \{0,1\}//p; }' "$0"; }

if [ "${1:-}" = --dry-run ]; then dry_run=true; shift; fi
case ${1:-} in --help | -h) help; exit ;; esac

engines=$source_dir/tests/support/engine.sh
engine=main-$$

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
    if [ -n "$pid" ] && ! grep -qa 'test\.sh' "/proc/$pid/cmdline" 2> /dev/null; then remove_engines "$name"; fi
  done
}

# Without an engine the tests that need one skip, and say so.
start_engine() {
  if $dry_run; then
    announce "unpack an engine for tests in $cache_dir, start it, and load stand-in base images"
    return
  fi
  if ! can_fetch_debs; then
    say "The tests that need an engine are skipped: theirs is unpacked from Debian's packages."
    return
  fi
  install_debs "to make base images for tests" mmdebstrap curl
  remove_orphans
  # shellcheck disable=SC2064 # now, as the name is ours
  trap "remove_engines $engine" EXIT
  trap 'exit 130' INT TERM HUP
  say "==> start an engine for the tests, and make base images for it"
  STAGELOOM_TEST_ENGINE=unix://$("$engines" start "$engine")
  "$engines" load "$engine"
  export STAGELOOM_TEST_ENGINE STAGELOOM_TEST_ENGINE_HELPER=$engines STAGELOOM_TEST_ENGINE_NAME=$engine
}

run_ctest() { # BUILD CTEST-ARG...
  local folder; folder=$(build_folder "$1"); shift
  if $dry_run; then
    announce "run ctest in $folder"
    return
  fi
  in_environment ctest --test-dir "$folder" --output-on-failure --no-tests=error --parallel "$(nproc)" "$@"
}

prepare_host
build ci all -DCMAKE_BUILD_TYPE=Release -DSTAGELOOM_WERROR=ON
status=0
# With arguments a person looks for some tests; the sanitizers are part of the whole.
if [ $# = 0 ]; then
  build asan core_tests -DCMAKE_BUILD_TYPE=RelWithDebInfo -DSTAGELOOM_SANITIZE=ON
  # Any bytes are thrown at parser, expander and edits for a minute each, beside the other tests.
  FUZZ_SECONDS=${FUZZ_SECONDS:-60} run_ctest asan --label-regex '^core$' || status=$?
fi
start_engine
run_ctest ci "$@" || status=$?
exit "$status"
