# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: Apache-2.0
# A Debian 13 root for hosts whose packages are too old, and the way to run on its /usr: in a mount namespace of
# its own, with every other path the host's, so that paths mean the same in both. Needs common.sh, debs.sh, host.sh.

# sudo: the tests start engines from inside. util-linux and mount are in any root.
root13_packages=("${apt_packages[@]}" sudo)

debian13_folder() { echo "$cache_dir/debian13-$(sha256sum <<< "${root13_packages[*]}" | cut -c1-12)"; }
debian13_exists() { [ -d "$(debian13_folder)/usr" ]; }

make_debian13() {
  local folder
  folder=$(debian13_folder)
  [ -L /lib ] || die "/lib is no link to usr/lib here (an old system that was never merged), so Debian 13 cannot" \
    "be laid over /usr. Install the package usrmerge, or use a newer system."
  require_root_rights "making a Debian 13 root"
  announce "make a Debian 13 root in $folder (about 1.3 GB, a minute or two), since this system's Qt or GCC is" \
    "too old; nothing in it touches the system"
  $dry_run && return
  can_fetch_debs || exit 1
  mkdir -p "$cache_dir"
  as_root bash -c "$bootstrap" "$folder" "${root13_proxy[@]}" \
    --include="$(IFS=,; echo "${root13_packages[*]}")" \
    trixie "$folder.new" "deb [signed-by=$debian_keyring] $(debian_mirror) trixie main" >&2
}

# As root, which holds the lock itself: sudo would drop one of ours, and mmdebstrap goes on when run.sh is killed.
# Under another name until it is whole: a folder of the right name is complete.
# shellcheck disable=SC2016
bootstrap='
  set -e
  folder=$0
  exec 9> "$folder.lock"
  flock --nonblock 9 || { echo "Another run is making it; waiting for that."; flock 9; }
  [ ! -d "$folder" ] || exit 0
  rm -rf --one-file-system "$folder.new"
  mmdebstrap --variant=minbase --mode=root --dpkgopt=force-unsafe-io \
    --dpkgopt="path-exclude=/usr/share/doc/*" --dpkgopt="path-exclude=/usr/share/man/*" \
    --aptopt="Acquire::Languages \"none\"" "$@"
  mv --no-target-directory "$folder.new" "$folder"
'

# What the host's apt is told about proxies holds for this one too.
root13_proxy=()
if have apt-config; then
  for scheme in http https; do
    eval "$(apt-config shell proxy "Acquire::$scheme::Proxy")"
    [ -z "${proxy:-}" ] || root13_proxy+=("--aptopt=Acquire::$scheme::Proxy \"$proxy\"")
    unset proxy
  done
fi

# ---- running inside ---------------------------------------------------------------------------------------------

# A group that the user has just been put into: this session does not have it yet.
extra_group=

# The environment goes by a file that only the user can read: sudo drops most of it, and a command line is public.
save_environment() {
  local file
  file=$(mktemp "$cache_dir/environment.XXXXXX")
  env -0 > "$file"
  echo "$file"
}

# In the new namespace, as root: lay the root's /usr over the host's and the host's /etc over the root's, become
# the user again, and run the command. $0 is the root (or "host"), then cwd, environment file, uid, gid, groups.
# shellcheck disable=SC2016
enter='
  root=$0 cwd=$1 file=$2 uid=$3 gid=$4 groups=$5; shift 5
  if [ "$root" != host ]; then
    mount -t overlay -o "lowerdir=/etc:$root/etc" stageloom-etc /etc || {
      echo "stageloom: this kernel cannot lay one folder over another (overlay), which Debian 13 on this host needs." >&2
      exit 1
    }
    # Fonts and cursors are data, and the ones that this desktop is set to are the host'\''s.
    for folder in /usr/share/fonts /usr/share/icons; do
      [ ! -d "$folder" ] || [ ! -d "$root$folder" ] ||
        mount -t overlay -o "lowerdir=$folder:$root$folder" stageloom-data "$root$folder" || true
    done
    mount --rbind "$root/usr" /usr
    hash -r
  fi
  mapfile -d "" -t variables < "$file"
  rm -f "$file"
  for variable in "${variables[@]}"; do
    [[ ! $variable =~ ^[A-Za-z_][A-Za-z0-9_]*= ]] || export "$variable" 2> /dev/null
  done
  if [ "$root" != host ]; then
    # /usr/local is gone with the host'\''s /usr, and libraries and plugins of the host do not fit.
    unset LD_LIBRARY_PATH LD_PRELOAD QT_PLUGIN_PATH
    path=/usr/sbin:/usr/bin:/sbin:/bin
    IFS=: read -ra parts <<< "$PATH"
    for part in "${parts[@]}"; do
      case $part in /usr/* | /bin | /sbin) ;; *) path+=:$part ;; esac
    done
    export PATH=$path
    # The root has no locales but C.UTF-8; languages and formats go by LANG all the same.
    [ -n "${LC_ALL:-}" ] || export LC_CTYPE=C.UTF-8
  fi
  cd "$cwd"
  [ "$uid" != 0 ] || exec "$@"
  exec setpriv --reuid "$uid" --regid "$gid" --groups "$groups" -- "$@"
'

# in_environment COMMAND...: where the program is built and runs, as this user, in this folder.
in_environment() {
  local groups file
  if [ "$environment" = host ] && [ -z "$extra_group" ]; then
    "$@"
    return
  fi
  groups=$(id -G | tr ' ' ,)
  if [ -n "$extra_group" ]; then groups+=,$extra_group; fi
  file=$(save_environment)
  as_root unshare --mount --propagation slave -- \
    bash -c "$enter" "$environment" "$PWD" "$file" "$(id -u)" "$(id -g)" "$groups" "$@"
}
