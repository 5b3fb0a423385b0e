#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds Stageloom, runs the tests that need an engine against each of several engines, one after the other, and prints
# what each can do and how its tests went.
#
#   packaging/matrix.sh [KIND...]   these kinds only; tests/support/engine.sh kinds lists them
#   packaging/matrix.sh --help
#
# What is needed is installed or made as packaging/test.sh does it. An engine that can no longer be had (28.5 is of a
# release that rolls on) is a column of dashes. The whole output of the tests is kept in a folder that is named at the
# end, with results.tsv: kind, test, passed, failed, skipped, seconds. STAGELOOM_TEST_BUILD names a build folder
# to test instead of making one.
# shellcheck source-path=SCRIPTDIR/lib
set -euo pipefail

lib=$(cd "$(dirname "$0")/lib" && pwd)
dry_run=false
. "$lib/common.sh"
. "$lib/debs.sh"
. "$lib/engineroots.sh"
. "$lib/host.sh"
. "$lib/root13.sh"
. "$lib/build.sh"
. "$lib/enginetests.sh"

case ${1:-} in
  --help | -h) sed -n '3,/^# shellcheck/{ /^# shellcheck/d; s/^# \{0,1\}//p; }' "$0"; exit ;;
  -*) die "\"$1\" is no option; see packaging/matrix.sh --help" ;;
esac
kinds=("$@")
[ $# -gt 0 ] || kinds=("${engine_kinds[@]}")
for kind in "${kinds[@]}"; do engine_suite "$kind" > /dev/null; done

# tell_results KIND: lines "kind test passed failed skipped seconds" from what ctest wrote.
tell_results() {
  awk -v kind="$1" -v OFS='\t' '
    /^[0-9]+: Totals: / { n = $1 + 0; passed[n] = $3; failed[n] = $5; skipped[n] = $7 }
    / Test +#[0-9]+: / {
      match($0, /#[0-9]+: [^ ]+/); split(substr($0, RSTART + 1, RLENGTH - 1), parts, ": "); n = parts[1] + 0
      if (!(n in passed)) { passed[n] = 0; failed[n] = 1; skipped[n] = 0 } # it crashed, or took too long
      print kind, parts[2], passed[n], failed[n], skipped[n], $(NF - 1)
    }' "$results/$1.tests"
}

# table HEAD: of lines "row TAB kind TAB cell", a column a kind, in the order in which rows appear.
table() {
  awk -F '\t' -v head="$1" -v kinds="${kinds[*]}" '
    { if (!($1 in seen)) { seen[$1]; row[++rows] = $1 } cell[$1, $2] = $3 }
    END {
      n = split(kinds, kind, " ")
      printf "%-22s", head; for (i = 1; i <= n; ++i) printf " %16s", kind[i]; print ""
      for (r = 1; r <= rows; ++r) {
        printf "%-22s", row[r]
        for (i = 1; i <= n; ++i) printf " %16s", (row[r], kind[i]) in cell ? cell[row[r], kind[i]] : "-"
        print ""
      }
    }'
}

abilities_table() {
  local kind
  for kind in "${kinds[@]}"; do
    [ -s "$results/$kind.abilities" ] || continue
    awk -v kind="$kind" -v OFS='\t' '
      /^    can: / { sub(/^    can: /, ""); n = split($0, names, /, /); for (i = 1; i <= n; ++i) print names[i], kind, "yes" }
      /^    cannot: / { sub(/^    cannot: /, ""); sub(/:.*/, ""); print $0, kind, "no" }' "$results/$kind.abilities"
  done | table "it can"
}

# Why tests were skipped, a line a reason.
tell_skips() {
  local kind
  for kind in "${kinds[@]}"; do
    [ -e "$results/$kind.tests" ] || continue
    sed -n 's/^[0-9]*: SKIP   : [^:]*::\([^(]*([^)]*)\) *\(.*\)/\1: \2/p' "$results/$kind.tests" | sort -u |
      sed "s/^/$kind skips /"
  done
}

status=0
prepare_host
if [ -n "${STAGELOOM_TEST_BUILD:-}" ]; then
  build_folder() { echo "$STAGELOOM_TEST_BUILD"; }
else
  build ci all -DCMAKE_BUILD_TYPE=Release -DSTAGELOOM_WERROR=ON
fi
prepare_engines || exit 1
results=$(mktemp -d "${TMPDIR:-/tmp}/stageloom-matrix.XXXXXX")
for kind in "${kinds[@]}"; do
  if ! start_test_engine "$kind"; then
    say "==> no engine $kind: left out"
    continue
  fi
  in_environment env QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 "$(build_folder ci)/app/stageloom" engine test \
    "$STAGELOOM_TEST_ENGINE" > "$results/$kind.abilities" || status=1
  run_ctest ci --verbose --label-regex '^engine$' > "$results/$kind.tests" || status=1
  cp "$(dirname "${STAGELOOM_TEST_ENGINE#unix://}")/log" "$results/$kind.log"
  remove_engines "$engine_prefix"
  tell_results "$kind" | tee -a "$results/results.tsv" | sed 's/^/    /' >&2
done

abilities_table
echo
awk -F '\t' -v OFS='\t' '{ print $2, $1, ($4 > 0 ? "FAILED " $4 : $3 == 0 ? "skipped" : $5 > 0 ? $3 " ok, " $5 " not" : $3 " ok") }' \
  "$results/results.tsv" | table "its tests"
echo
tell_skips
grep -H '^[0-9]*: FAIL!' "$results"/*.tests | sed "s|^$results/||" || true
echo "All that was said: $results"
exit "$status"
