# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: Apache-2.0
# Looks at the host: are its packages new enough to build and run on, which are missing, and by whom are they
# installed. Needs common.sh, and root13.sh where they are too old.

# Where the program is built and run: "host", or the folder of a Debian 13 root.
environment=host

# What Debian and Ubuntu call what we need; the same for the host and for the Debian 13 root.
apt_packages=(
  g++ cmake ninja-build ccache pkgconf
  qt6-base-dev qt6-svg-dev qt6-svg-plugins qt6-wayland libqt6sql6-sqlite
  libkf6syntaxhighlighting-dev libgit2-dev libgraphviz-dev graphviz protobuf-compiler libprotobuf-dev
  libnghttp2-dev libarchive-dev libyaml-cpp-dev
  fontconfig fonts-dejavu-core fonts-noto-core fonts-droid-fallback ca-certificates curl tzdata
  openssh-client
)
dnf_packages=(
  gcc-c++ cmake ninja-build ccache pkgconf-pkg-config
  qt6-qtbase-devel qt6-qtsvg-devel qt6-qtwayland
  kf6-syntax-highlighting-devel libgit2-devel graphviz-devel graphviz protobuf-compiler protobuf-devel
  libnghttp2-devel libarchive-devel yaml-cpp-devel
  fontconfig dejavu-sans-fonts ca-certificates curl tzdata openssh-clients
)
needed_in_words='GCC 14 or newer with C++, CMake 3.28, Ninja, pkg-config,
  Qt 6.8 or newer (Base with the SQLite driver, SVG), KDE Frameworks 6 SyntaxHighlighting,
  libgit2, Graphviz (libgvc), Protocol Buffers (compiler and library), libnghttp2, libarchive, yaml-cpp,
  ccache (optional), curl, the OpenSSH client;
  each with its development files'

# at_least VERSION WANTED; no version is too old.
at_least() { [ -n "$1" ] && [ "$(printf '%s\n' "$2" "$1" | sort --version-sort | head -n 1)" = "$2" ]; }

# ---- apt --------------------------------------------------------------------------------------------------------

# missing_debs PACKAGE...: those that are not installed, one a line.
missing_debs() {
  local installed package
  # shellcheck disable=SC2016
  installed=$(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "$@" 2> /dev/null |
    sed -n 's/^installed //p') || true # it fails for packages that it does not know
  for package; do
    grep -qxF -- "$package" <<< "$installed" || echo "$package"
  done
}

# install_debs WHY PACKAGE...: what of it is missing.
install_debs() {
  local why=$1 missing; shift
  mapfile -t missing < <(missing_debs "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  require_root_rights "installing packages"
  change "apt-get install ${missing[*]} ($why)" apt_install "${missing[@]}"
}

apt_install() {
  local options=(-y -q --no-install-recommends -o DPkg::Lock::Timeout=300)
  # A run that was killed in the middle of an install leaves packages that are unpacked and not set up.
  if [ -n "$(dpkg --audit)" ]; then as_root env DEBIAN_FRONTEND=noninteractive dpkg --configure -a; fi
  # Lists that are missing or too old give errors that an update mends.
  as_root env DEBIAN_FRONTEND=noninteractive apt-get "${options[@]}" install "$@" >&2 || {
    apt_update
    as_root env DEBIAN_FRONTEND=noninteractive apt-get "${options[@]}" install "$@" >&2
  }
}

apt_update() { as_root apt-get -q -o DPkg::Lock::Timeout=300 update >&2; }

# deb_version PACKAGE: that apt would install, without epoch and revision; empty if there is none.
deb_version() {
  apt-cache policy "$1" 2> /dev/null | sed -n 's/^  Candidate: \([0-9]*:\)\{0,1\}\([0-9][^-+~]*\).*/\2/p'
}

apt_is_new_enough() {
  at_least "$(deb_version qt6-base-dev)" 6.8 && at_least "$(deb_version g++)" 14 &&
    [ -n "$(deb_version libkf6syntaxhighlighting-dev)" ]
}

prepare_apt_host() {
  if ! debian13_exists && [ -z "$(deb_version qt6-base-dev)" ]; then
    require_root_rights "apt-get update"
    change "apt-get update, to learn which versions this system offers" apt_update
    if $dry_run; then
      announce "apt-get install ${apt_packages[*]} (what of it is missing), where these are new enough; else" \
        "make a Debian 13 root in $(debian13_folder)"
      return
    fi
  fi
  if apt_is_new_enough; then
    install_debs "to build and run Stageloom" "${apt_packages[@]}"
    return
  fi
  environment=$(debian13_folder)
  install_debs "to make a Debian 13 root and base images" mmdebstrap debian-archive-keyring curl
  debian13_exists || make_debian13
}

# ---- dnf --------------------------------------------------------------------------------------------------------

prepare_dnf_host() {
  local missing=() package qt
  for package in "${dnf_packages[@]}"; do
    rpm --query --quiet --whatprovides "$package" || missing+=("$package")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    require_root_rights "installing packages"
    change "dnf install ${missing[*]} (to build and run Stageloom)" \
      as_root dnf install -y --setopt=install_weak_deps=False "${missing[@]}" >&2
  fi
  $dry_run && return
  qt=$(rpm --query --queryformat '%{VERSION}' qt6-qtbase-devel)
  at_least "$qt" 6.8 || die "this system has Qt $qt, and Stageloom needs 6.8 or newer: please upgrade the system."
}

# Afterwards `environment` is set, and what it needs is there.
prepare_host() {
  if [ -n "${STAGELOOM_USE_HOST:-}" ]; then
    return
  elif have apt-get && have dpkg-query; then
    prepare_apt_host
  elif have dnf && have rpm; then
    prepare_dnf_host
  else
    die "this system's packages are not known to Stageloom. It needs:
  $needed_in_words.
Where all of these are installed, run it again with STAGELOOM_USE_HOST=1."
  fi
}
