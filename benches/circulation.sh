#!/bin/sh
# Maximum circulation against LEMON, on nine networks, in one run on the same files.
#
# usage: benches/circulation.sh [WORKDIR]
# Needs python3 with numpy for the networks; LEMON's columns need g++ and liblemon-dev and stay empty without.
# Every time is the best of three processes and of the solve alone. The total must agree to the last unit.
# Then: the first hundred loops on the largest networks, and all round-trip shares at 1e4 parties.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${1:-$(mktemp -d)}
mkdir -p "$work"

(cd "$here/.." && cargo build --quiet --release -p abilene-loops --example solve_file)
target=${CARGO_TARGET_DIR:-$here/../target}
ours="$target/release/examples/solve_file"
lemon="$work/lemon_circulation"
# The peer prints four digits, too few for the small networks.
sed 's/seconds=%\.4f/seconds=%.6f/' "$here/peers/lemon_circulation.cc" > "$work/lemon_circulation.cc"
g++ -O3 -march=native -w -o "$lemon" "$work/lemon_circulation.cc" 2>/dev/null || lemon=

field() { sed -n "s/.*$1=\([^ ]*\).*/\1/p" | head -1; }

# best OUTPUT-WORD COMMAND...: the smallest seconds of three runs
best() {
    word=$1
    shift
    for _ in 1 2 3; do "$@" | grep "^$word " | field seconds; done | sort -g | head -1
}

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (a == "" || b == "") print "–"; else printf "%.2f", a / b }'; }
smaller() { printf '%s\n%s\n' "$1" "$2" | sort -g | head -1; }

echo "| network | circulation of gross | ours | LEMON cost scaling | LEMON network simplex | ours / better |"
echo "| --- | --- | --- | --- | --- | --- |"
for size in "100 600" "10000 100000" "100000 1000000"; do
    set -- $size
    for kind in uniform hub tier; do
        file="$work/$kind-$2.csv"
        [ -f "$file" ] || python3 "$here/peers/gen_flows.py" "$kind" "$1" "$2" 1 "$file"
        line=$("$ours" "$file")
        total=$(echo "$line" | field circulation)
        gross=$(echo "$line" | field gross)
        mine=$(best abilene "$ours" "$file")
        cs= ns= better=
        if [ -n "$lemon" ]; then
            theirs=$("$lemon" "$file" cs | field circulation)
            [ "$theirs" = "$total" ] || { echo "$kind $2: ours $total, theirs $theirs"; exit 1; }
            cs=$(best cost_scaling "$lemon" "$file" cs)
            # At a million edges network simplex takes a minute and is never the better one.
            [ "$2" -lt 1000000 ] && ns=$(best network_simplex "$lemon" "$file" ns)
            better=$(smaller "$cs" "${ns:-$cs}")
        fi
        echo "| $kind $1/$2 | $total of $gross | $mine s | ${cs:-–} s | ${ns:-–} s | $(ratio "$mine" "$better") |"
    done
done

echo
echo "| network | first hundred loops | all round-trip shares |"
echo "| --- | --- | --- |"
for kind in uniform hub tier; do
    echo "| $kind 100000/1000000 | $(best loops100 "$ours" "$work/$kind-1000000.csv" loops100) s | |"
done
for kind in uniform hub tier; do
    file="$work/$kind-100000.csv"
    echo "| $kind 10000/100000 | $(best loops100 "$ours" "$file" loops100) s | $(best finn "$ours" "$file" finn) s |"
done
