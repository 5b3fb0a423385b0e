# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: Apache-2.0
# Sees to it that the designs' base images can be had: from their registries, or as stand-ins. Needs common.sh,
# host.sh, engineapi.sh, standins.sh.

# registry_answers SOCKET IMAGE: tries to pull it through the engine for a few seconds. A pull that has begun is
# enough; the rest is fetched when a build needs it.
registry_answers() {
  local name=${2%:*} tag=${2##*:} stamp said
  stamp=$cache_dir/registry-${name//\//_}
  # A registry that answered this week is not asked again, so that a start needs no network.
  if [ -n "$(find "$stamp" -mtime -7 2> /dev/null)" ]; then return 0; fi
  rm -f "$stamp"
  said=$(engine_api "$1" "/images/create?fromImage=$name&tag=$tag" -X POST --no-buffer --max-time 10 2> /dev/null)
  case $said in
    *'"error"'*) return 1 ;;
    *Pulling* | *Downloaded* | *"up to date"*) touch "$stamp" ;;
    *) return 1 ;;
  esac
}

ensure_base_images() { # SOCKET
  local socket=$1 missing name wanted=() hub='' distroless=''
  mapfile -t missing < <(missing_images "$socket" "$(standin_recipe)" "${standin_names[@]}")
  [ ${#missing[@]} -gt 0 ] || return 0
  if $dry_run; then
    announce "ask the registries for ${missing[*]}; where none answers, make stand-ins from Debian packages in" \
      "$(standin_store) and load them into the engine"
    return
  fi
  for name in "${missing[@]}"; do
    case $name in
      gcr.io/*)
        [ -n "$distroless" ] || if registry_answers "$socket" "$name"; then distroless=yes; else distroless=no; fi
        [ $distroless = yes ] || wanted+=("$name") ;;
      *)
        [ -n "$hub" ] || if registry_answers "$socket" alpine:latest; then hub=yes; else hub=no; fi
        [ $hub = yes ] || wanted+=("$name") ;;
    esac
  done
  [ ${#wanted[@]} -gt 0 ] || return 0
  say "No registry answers for ${wanted[*]}: stand-ins from Debian packages take their place, each labelled so."
  if ! can_fetch_debs; then return; fi
  install_debs "to make base images" mmdebstrap
  with_lock standins make_standins "${wanted[@]}"
  announce "load the stand-ins into the engine: ${wanted[*]}"
  load_standins "$socket" "${wanted[@]}"
}
