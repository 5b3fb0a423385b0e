# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: Apache-2.0
# Configures and builds a checkout, outside of it. Needs common.sh, root13.sh.

# build_folder NAME: of this checkout, in the environment in use.
build_folder() {
  local key
  key=$(sha256sum <<< "$source_dir $environment" | cut -c1-8)
  echo "$cache_dir/build/$(basename "$source_dir")-$key/$1"
}

# build NAME TARGET CMAKE-ARG...
build() {
  local folder; folder=$(build_folder "$1")
  if $dry_run; then
    announce "build Stageloom in $folder"
    return
  fi
  with_lock "$(basename "${folder%/*}")-$1" build_in "$folder" "${@:2}"
}

build_in() { # FOLDER TARGET CMAKE-ARG...
  local folder=$1 target=$2 ready; shift 2
  export CCACHE_DIR=$cache_dir/ccache
  mkdir -p "$folder"
  # CMake runs again by itself when one of its files changed; here only when the arguments did, or it never ended.
  ready=$folder/stageloom-configured
  if [ "$(cat "$ready" 2> /dev/null)" != "$*" ] || [ ! -e "$folder/build.ninja" ]; then
    announce "configure the build in $folder"
    in_environment cmake -S "$source_dir" -B "$folder" -G Ninja "$@" > "$folder/configure.log" 2>&1 || {
      cat "$folder/configure.log" >&2
      die "the build could not be configured"
    }
    echo "$*" > "$ready"
  fi
  if ! in_environment ninja -C "$folder" -n "$target" 2>&1 | grep -q 'no work to do'; then
    announce "build Stageloom in $folder"
    in_environment env NINJA_STATUS='[%f/%t %es] ' ninja -C "$folder" "$target" >&2 || die "the build failed"
  fi
}
