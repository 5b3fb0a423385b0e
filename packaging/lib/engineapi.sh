# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# A few questions to an engine, over its socket.

# While this session lacks a group that the user is in.
api_as_root=false

engine_api() { # SOCKET PATH CURL-ARG...
  local socket=$1 path=$2 curl=(curl); shift 2
  if $api_as_root; then curl=(as_root curl); fi
  "${curl[@]}" --silent --show-error --fail --unix-socket "$socket" "$@" "http://engine$path"
}

engine_answers() { # SOCKET
  engine_api "$1" /_ping --max-time 2 --output /dev/null 2> /dev/null
}

# image_label SOCKET IMAGE LABEL: its text; fails where there is no such image.
image_label() {
  local inspect
  inspect=$(engine_api "$1" "/images/$2/json" --max-time 10 2> /dev/null) || return 1
  sed -n "s/.*\"$3\":\"\([^\"]*\)\".*/\1/p" <<< "$inspect" | head -n 1
}

# missing_images SOCKET RECIPE NAME...: those that are not there, or are a stand-in of another recipe.
missing_images() {
  local socket=$1 recipe=$2 name label; shift 2
  for name; do
    if ! label=$(image_label "$socket" "$name" org.stageloom.recipe) || [ "${label:-$recipe}" != "$recipe" ]; then
      echo "$name"
    fi
  done
}
