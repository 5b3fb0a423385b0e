# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: Apache-2.0
# Stand-ins for the base images of the designs, made from Debian packages, for machines that reach no registry.
# Each layer is one tar in the cache, shared by the images; an archive for the engine is put together while it is
# sent. Every image names what it is in its labels. Needs common.sh, debs.sh and engineapi.sh.

standin_names=(golang:alpine golang:1.24-alpine golang:1.24 alpine:latest alpine:3 debian:bookworm-slim
  gcr.io/distroless/static-debian12:nonroot)
standin_go=1.24
standin_epoch=1735689600 # a fixed time, so that the same packages give the same layers
standin_label=org.stageloom.stand-in

# standin_image NAME: sets `layers`, `settings` (members of the image's config) and `subject`, the name in the
# label: one image for the names that mean the same.
standin_image() {
  local path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  local go="\"PATH=/go/bin:/usr/local/go/bin:$path\",\"GOLANG_VERSION=$standin_go\",\"GOTOOLCHAIN=local\""
  go+=',"GOPATH=/go","GOPROXY=off","CGO_ENABLED=0"'
  case $1 in
    golang:alpine | golang:1.24-alpine)
      subject=golang:alpine layers=(busybox zones go)
      settings="\"Env\":[$go],\"Cmd\":[\"/bin/sh\"],\"WorkingDir\":\"/go\"" ;;
    golang:1.24)
      subject=golang:1.24 layers=(debian certificates go)
      settings="\"Env\":[$go],\"Cmd\":[\"bash\"],\"WorkingDir\":\"/go\"" ;;
    alpine:latest | alpine:3)
      subject=alpine layers=(busybox)
      settings="\"Env\":[\"PATH=$path\"],\"Cmd\":[\"/bin/sh\"]" ;;
    debian:bookworm-slim)
      subject=debian:bookworm-slim layers=(debian)
      settings="\"Env\":[\"PATH=$path\"],\"Cmd\":[\"bash\"]" ;;
    gcr.io/distroless/static-debian12:nonroot)
      subject=$1 layers=(distroless)
      settings="\"Env\":[\"PATH=$path\",\"SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt\"]"
      settings+=",\"User\":\"65532\",\"WorkingDir\":\"/home/nonroot\"" ;;
    *) die "there is no stand-in for $1" ;;
  esac
}

standin_layer_text() { # LAYER: what "docker history" says
  case $1 in
    busybox) echo 'stand-in: busybox, ca-certificates and shell scripts for apk and adduser, of Debian trixie' ;;
    zones) echo 'stand-in: tzdata of Debian trixie' ;;
    certificates) echo 'stand-in: ca-certificates of Debian trixie' ;;
    go) echo "stand-in: golang-$standin_go of Debian trixie" ;;
    debian) echo 'stand-in: minbase of Debian bookworm' ;;
    distroless) echo 'stand-in: ca-certificates and tzdata of Debian trixie' ;;
  esac
}

# A change of the recipe is a change of these files.
standin_recipe() {
  local lib=$source_dir/packaging/lib
  cat "$lib/standins.sh" "$lib"/standins/* | sha256sum | cut -c1-12
}

# ---- layers ---------------------------------------------------------------------------------------------------

# pack FOLDER FILE: the same bytes for the same content.
pack() {
  tar --create --file "$2" --directory "$1" --sort=name --mtime="@$standin_epoch" --format=gnu \
    --numeric-owner --owner=0 --group=0 .
}

# The apt of this run, made when the first layer needs it.
standin_fetch() { # FOLDER PACKAGE...
  [ -e "$work/apt/apt.conf" ] || private_apt "$work/apt" trixie
  fetch_debs "$work/apt" "$@"
}

add_certificates() { # ROOT: the bundle that the package's maintainer script would make
  [ -d "$work/certificates" ] || standin_fetch "$work/certificates" ca-certificates
  mkdir -p "$1/etc/ssl/certs"
  cat "$work"/certificates/usr/share/ca-certificates/mozilla/*.crt > "$1/etc/ssl/certs/ca-certificates.crt"
}

add_zones() { # ROOT
  [ -d "$work/tzdata" ] || standin_fetch "$work/tzdata" tzdata
  mkdir -p "$1/usr/share"
  cp -a "$work/tzdata/usr/share/zoneinfo" "$1/usr/share/"
}

layer_busybox() { # FILE
  local root=$work/busybox name
  standin_fetch "$work/busybox-deb" busybox-static
  mkdir -p "$root"/{bin,dev,etc/apk,home,lib,media,mnt,opt,proc,root,run,sbin,srv,sys,tmp} \
    "$root"/usr/{bin,lib,local/bin,local/share,sbin,share/apk-stand-in} "$root"/var/{cache/apk,lib,log,tmp}
  chmod 1777 "$root/tmp" "$root/var/tmp"
  chmod 700 "$root/root"
  cp "$(find "$work/busybox-deb" -path '*bin/busybox' -type f)" "$root/bin/busybox"
  "$root/bin/busybox" --list-full | while read -r name; do
    [ "$name" = bin/busybox ] || [ ! -d "$root/${name%/*}" ] || ln -s /bin/busybox "$root/$name"
  done
  printf '%s\n' 'root:x:0:0:root:/root:/bin/sh' 'nobody:x:65534:65534:nobody:/:/sbin/nologin' > "$root/etc/passwd"
  printf '%s\n' 'root:x:0:' 'nogroup:x:65533:' 'nobody:x:65534:' > "$root/etc/group"
  printf '%s\n' 'root:*::0:::::' 'nobody:!::0:::::' > "$root/etc/shadow"
  chmod 640 "$root/etc/shadow"
  printf '%s\n' 'NAME="Alpine stand-in"' ID=alpine VERSION_ID=3 \
    'PRETTY_NAME="Stand-in for Alpine, from Debian packages"' > "$root/etc/os-release"
  add_certificates "$root"
  # What "apk add" can add without a network, and what it finds.
  add_zones "$work/apk-tzdata"
  pack "$work/apk-tzdata" "$work/tzdata.tar"
  gzip -n9 < "$work/tzdata.tar" > "$root/usr/share/apk-stand-in/tzdata.tar.gz"
  printf '%s\n' busybox ca-certificates ca-certificates-bundle > "$root/usr/share/apk-stand-in/present"
  for name in apk:sbin update-ca-certificates:usr/sbin addgroup:usr/sbin adduser:usr/sbin; do
    install -m 755 "$source_dir/packaging/lib/standins/${name%:*}" "$root/${name#*:}/"
  done
  pack "$root" "$1"
}

layer_zones() { # FILE
  add_zones "$work/zones"
  pack "$work/zones" "$1"
}

layer_certificates() { # FILE
  add_certificates "$work/only-certificates"
  pack "$work/only-certificates" "$1"
}

layer_go() { # FILE: the toolchain where the official images have it
  local from=$work/go-deb root=$work/go
  standin_fetch "$from" "golang-$standin_go-go" "golang-$standin_go-src"
  mkdir -p "$root/usr/local/go" "$root/go/bin" "$root/go/src"
  chmod 1777 "$root/go" "$root/go/bin" "$root/go/src"
  # Debian splits GOROOT in two trees that link into each other. Tests and their data are a good part of it, and
  # no build reads them.
  find "$from/usr/lib/go-$standin_go" "$from/usr/share/go-$standin_go" -type l -delete
  tar --create --directory "$from/usr/share/go-$standin_go" --exclude='*_test.go' --exclude=testdata \
    --exclude=./test --exclude=./api --exclude=./doc . | tar --extract --directory "$root/usr/local/go"
  cp -a "$from/usr/lib/go-$standin_go/." "$root/usr/local/go/"
  pack "$root" "$1"
}

layer_debian() { # FILE
  # Without the merged-usr hook and usr-is-merged, bookworm's minbase draws in all of Perl.
  have mmdebstrap || die "mmdebstrap is missing: install the package mmdebstrap"
  as_root env SOURCE_DATE_EPOCH="$standin_epoch" TMPDIR="$work" mmdebstrap --quiet --mode=root --variant=minbase \
    --include=usr-is-merged --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr \
    --dpkgopt=force-unsafe-io --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-include=/usr/share/doc/*/copyright' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    bookworm "$work/debian.tar" "deb [signed-by=$debian_keyring] $(debian_mirror) bookworm main" \
    > "$work/mmdebstrap.log" 2>&1 || die "mmdebstrap failed: $(tail -n 5 "$work/mmdebstrap.log")"
  cp "$work/debian.tar" "$1"
}

layer_distroless() { # FILE
  local root=$work/distroless
  mkdir -p "$root"/{dev,etc,home/nonroot,proc,root,run,sys,tmp} "$root"/usr/share "$root"/var/{lib,run,tmp}
  chmod 1777 "$root/tmp" "$root/var/tmp"
  chmod 700 "$root/root" "$root/home/nonroot"
  printf '%s\n' 'root:x:0:0:root:/root:/sbin/nologin' 'nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin' \
    'nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin' > "$root/etc/passwd"
  printf '%s\n' 'root:x:0:' 'tty:x:5:' 'nobody:x:65534:' 'nonroot:x:65532:' > "$root/etc/group"
  echo 'hosts: files dns' > "$root/etc/nsswitch.conf"
  printf '%s\n' 'NAME="Distroless stand-in"' ID=debian VERSION_ID=12 \
    'PRETTY_NAME="Stand-in for distroless static, from Debian packages"' > "$root/etc/os-release"
  add_certificates "$root"
  add_zones "$root"
  tar --create --file "$1" --directory "$root" --sort=name --mtime="@$standin_epoch" --format=gnu \
    --numeric-owner --owner=0 --group=0 --exclude=./home/nonroot .
  tar --append --file "$1" --directory "$root" --mtime="@$standin_epoch" --format=gnu \
    --numeric-owner --owner=65532 --group=65532 ./home/nonroot
}

# ---- the store: layers made, and their digests ------------------------------------------------------------------

standin_store() { echo "$cache_dir/standins-$(standin_recipe)-$(debian_arch)"; }

# make_standins NAME...: whatever layer of these images is not in the store yet. Each is complete or not there.
make_standins() {
  local store work name layer old
  store=$(standin_store)
  mkdir -p "$store"
  for name; do
    standin_image "$name"
    for layer in "${layers[@]}"; do
      [ ! -e "$store/$layer.sha256" ] || continue
      can_fetch_debs || return 1
      [ -n "${work:-}" ] || work=$(mktemp -d "$cache_dir/standins-work.XXXXXX")
      announce "make a layer for base images in $store ($(standin_layer_text "$layer"))"
      "layer_$layer" "$store/$layer.tar"
      sha256sum < "$store/$layer.tar" | cut -d' ' -f1 > "$work/digest"
      mv "$work/digest" "$store/$layer.sha256"
    done
  done
  for old in "$cache_dir"/standins-*; do
    [ "$old" = "$store" ] || remove_tree "$old"
  done
}

join_comma() { local IFS=,; printf '%s' "$*"; }

# standin_config NAME: the image's config as JSON.
standin_config() {
  local store layer diffs=() history=() time
  store=$(standin_store)
  time=$(date -u -d "@$standin_epoch" +%Y-%m-%dT%H:%M:%SZ)
  standin_image "$1"
  for layer in "${layers[@]}"; do
    diffs+=("\"sha256:$(cat "$store/$layer.sha256")\"")
    history+=("{\"created\":\"$time\",\"created_by\":\"$(standin_layer_text "$layer")\"}")
  done
  printf '{"architecture":"%s","os":"linux","created":"%s","config":{%s,"Labels":{' "$(debian_arch)" "$time" "$settings"
  printf '"%s":"%s, made from Debian packages",' "$standin_label" "$subject"
  printf '"org.stageloom.recipe":"%s",' "$(standin_recipe)"
  printf '"org.opencontainers.image.description":"Stand-in for %s: Debian packages, no registry"}},' "$subject"
  printf '"rootfs":{"type":"layers","diff_ids":[%s]},"history":[%s]}' \
    "$(join_comma "${diffs[@]}")" "$(join_comma "${history[@]}")"
}

# standin_archive NAME...: an archive of these images on standard output, as "docker save" writes it.
standin_archive() {
  local store folder name layer full used=() manifest=() files
  store=$(standin_store)
  folder=$(mktemp -d "$cache_dir/archive.XXXXXX")
  for name; do
    standin_image "$name"
    standin_config "$name" > "$folder/config"
    files=()
    for layer in "${layers[@]}"; do
      files+=("\"$layer.tar\"")
      ln -sf "$store/$layer.tar" "$folder/$layer.tar"
      used+=("$layer.tar")
    done
    full=$(sha256sum < "$folder/config" | cut -d' ' -f1).json
    mv "$folder/config" "$folder/$full"
    used+=("$full")
    # Names in full: Podman would file a short one under localhost/.
    case $name in *.*/*) ;; *) name=docker.io/library/$name ;; esac
    manifest+=("{\"Config\":\"$full\",\"RepoTags\":[\"$name\"],\"Layers\":[$(join_comma "${files[@]}")]}")
  done
  printf '[%s]' "$(join_comma "${manifest[@]}")" > "$folder/manifest.json"
  printf '%s\n' "${used[@]}" | sort -u |
    tar --create --dereference --directory "$folder" --owner=0 --group=0 --mtime="@$standin_epoch" \
      manifest.json --files-from=-
  rm -rf "$folder"
}

# load_standins SOCKET NAME...: into the engine.
load_standins() {
  local socket=$1 answer; shift
  answer=$(standin_archive "$@" | engine_api "$socket" /images/load -X POST -H 'Content-Type: application/x-tar' -T -)
  case $answer in
    *'"error"'*) die "the engine refused the stand-ins: $answer" ;;
  esac
}
