#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds Stageloom and runs it, with everything that it needs.
#
#   packaging/run.sh              sees to an engine and base images, and opens the sample project; with no display
#                                 it builds the sample's designs, prints their sizes and writes a report
#   packaging/run.sh ARGS...      runs "stageloom ARGS..." (packaging/run.sh -- --help: the program's own help)
#   packaging/run.sh --stop-engine   ends the engine that run.sh has started
#   packaging/run.sh --dry-run [ARGS...]   only says what would be installed or created
#   packaging/run.sh --help
#
# On Debian, Ubuntu and Fedora new enough (Qt 6.8, KDE Frameworks 6, GCC 14) missing packages are installed; on an
# older Debian or Ubuntu a Debian 13 root is made in the cache folder, and the program is built and run on its /usr.
# Root rights are taken by sudo, only for that and for an engine. All else stays in two folders, which can be deleted:
#   ${XDG_CACHE_HOME:-~/.cache}/stageloom   the Debian 13 root, builds, stand-in base images
#   ${XDG_DATA_HOME:-~/.local/share}/stageloom   builds remembered, reports, the engine that run.sh starts
#
# STAGELOOM_USE_HOST=1            use what is installed and look no further
# STAGELOOM_DEBIAN_MIRROR=URL     the Debian archive to use where apt knows none (on Ubuntu)
# shellcheck source-path=SCRIPTDIR/lib
set -euo pipefail

lib=$(cd "$(dirname "$0")/lib" && pwd)
dry_run=false
. "$lib/common.sh"
. "$lib/debs.sh"
. "$lib/host.sh"
. "$lib/root13.sh"
. "$lib/build.sh"
. "$lib/engineapi.sh"
. "$lib/engine.sh"
. "$lib/standins.sh"
. "$lib/baseimages.sh"

help() { sed -n '3,/^# shellcheck/{ /^# shellcheck/d; s/^# \{0,1\}//p; }' "$0"; }

build_program() {
  prepare_host
  build run stageloom -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF
}

# program ARGS...: as if it were installed; ends with its exit code.
program() {
  if $dry_run; then
    announce "run stageloom $*"
    exit 0
  fi
  in_environment "$(build_folder run)/app/stageloom" "$@"
  exit
}

show_sample() {
  ensure_engine
  if [ -n "$engine_socket" ]; then
    ensure_base_images "$engine_socket"
  elif $dry_run; then
    announce "ask the registries for ${standin_names[*]}, and make stand-ins where none answers"
  fi
  if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then program --sample; fi
  say "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so the same is done without a window:" \
    "the sample's designs are built, and a report is written."
  program ladder --output "$data_dir/ladder"
}

if [ "${1:-}" = --dry-run ]; then dry_run=true; shift; fi
case ${1:-} in
  --help | -h) help; exit ;;
  --stop-engine) stop_own_engine; exit ;;
  --) shift; build_program; program "$@" ;;
  '') build_program; show_sample ;;
  *) build_program; program "$@" ;;
esac
