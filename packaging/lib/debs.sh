# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: Apache-2.0
# Debian packages without installing them: fetched by an apt that neither reads nor writes the host's state, and
# unpacked into a folder. Needs common.sh.

debian_keyring=/usr/share/keyrings/debian-archive-keyring.gpg
debian_arch() { dpkg --print-architecture; }

# The archive that the host's own apt uses, or the one that the user names.
debian_mirror() {
  if [ -n "${STAGELOOM_DEBIAN_MIRROR:-}" ]; then
    echo "${STAGELOOM_DEBIAN_MIRROR%/}"
    return
  fi
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(SITE)' 'Identifier: Packages' 'Origin: Debian' 'Component: main' 2> /dev/null |
    awk '!/security/ && !found { found = 1; print }'
}

# can_fetch_debs: 0 if there is an archive to fetch from; says why not otherwise.
can_fetch_debs() {
  if ! have apt-get || ! have dpkg-deb; then
    say "There is no apt here, and Debian packages are needed for this."
    return 1
  fi
  if [ -z "$(debian_mirror)" ] && [ "$(. /etc/os-release && echo "${ID:-}")" = debian ] && ! $dry_run; then
    announce "apt-get update, since the package lists are empty"
    as_root apt-get -qq update || true
  fi
  if [ -z "$(debian_mirror)" ] || [ ! -e "$debian_keyring" ]; then
    say "No Debian archive is known here. Install the package debian-archive-keyring and set" \
      "STAGELOOM_DEBIAN_MIRROR to the address of a Debian archive near you (the address that holds dists/)."
    return 1
  fi
}

# private_apt FOLDER SUITE: makes the apt; use it as: apt-get -c FOLDER/apt.conf ...
private_apt() {
  local folder=$1 suite=$2
  mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
  : > "$folder/status"
  echo "deb [signed-by=$debian_keyring] $(debian_mirror) $suite main" > "$folder/sources.list"
  # Container images switch apt's package cache off, which costs a second a call; the last lines switch it on.
  cat > "$folder/apt.conf" << CONF
APT::Architecture "$(debian_arch)";
APT::Architectures { "$(debian_arch)"; };
APT::Install-Recommends "false";
APT::Sandbox::User "$(id -un)";
Acquire::Languages "none";
Dir::State "$folder";
Dir::State::lists "$folder/lists";
Dir::State::status "$folder/status";
Dir::Cache "$folder/cache";
Dir::Etc::sourcelist "$folder/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::Cache::pkgcache "pkgcache.bin";
Dir::Cache::srcpkgcache "srcpkgcache.bin";
CONF
  apt-get -c "$folder/apt.conf" -qq update
}

# unpack_debs DEB-FOLDER TO: one after the other, through links such as /lib -> usr/lib.
unpack_debs() {
  local deb
  for deb in "$1"/*.deb; do
    dpkg-deb --fsys-tarfile "$deb" | tar --extract --keep-directory-symlink --directory "$2" \
      --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*'
  done
}

# fetch_debs APT TO PACKAGE...: just these, unpacked.
fetch_debs() {
  local apt=$1 to=$2 debs; shift 2
  debs=$(mktemp -d "$apt/debs.XXXXXX")
  (cd "$debs" && apt-get -c "$apt/apt.conf" -qq download "$@")
  mkdir -p "$to"
  unpack_debs "$debs" "$to"
  rm -rf "$debs"
}

# fetch_debs_with_dependencies APT TO PACKAGE...: the packages and all that they need, unpacked.
fetch_debs_with_dependencies() {
  local apt=$1 to=$2; shift 2
  apt-get -c "$apt/apt.conf" -qq -y --download-only install "$@" > /dev/null
  mkdir -p "$to"
  unpack_debs "$apt/cache/archives" "$to"
}
