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
. "$lib/engineroots.sh"
. "$lib/enginetests.sh"

help() { sed -n '3,/^# shellcheck/{ /^# shellcheck/d; s/^# \{0,1\}//p; }' "$0"; }

if [ "${1:-}" = --dry-run ]; then dry_run=true; shift; fi
case ${1:-} in --help | -h) help; exit ;; esac

prepare_host
build ci all -DCMAKE_BUILD_TYPE=Release -DSTAGELOOM_WERROR=ON
status=0
# With arguments a person looks for some tests; the sanitizers are part of the whole.
if [ $# = 0 ]; then
  build asan core_tests -DCMAKE_BUILD_TYPE=RelWithDebInfo -DSTAGELOOM_SANITIZE=ON
  # Any bytes are thrown at parser, expander and edits for a minute each, beside the other tests.
  FUZZ_SECONDS=${FUZZ_SECONDS:-60} run_ctest asan --label-regex '^core$' || status=$?
fi
# Without an engine the tests that need one skip, and say so.
if prepare_engines; then start_test_engine "$default_engine_kind"; fi
run_ctest ci "$@" || status=$?
# Several platforms, archives and cache exports take the containerd image store; its engine is of a release that rolls
# on, and may be gone one day.
if [ $# = 0 ] && [ -n "${STAGELOOM_TEST_ENGINE:-}" ]; then
  remove_engines "$engine_prefix"
  if start_test_engine 28.5-containerd; then
    run_ctest ci --label-regex '^engine_containerd$' || status=$?
  else
    say "The tests of the containerd image store are left out: its engine cannot be had."
  fi
fi
exit "$status"
