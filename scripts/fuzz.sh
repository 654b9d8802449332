#!/usr/bin/env bash
# Runs the fuzz targets (fuzz/), each for a time, on one processor, and prints a table of what came of it.
#
#     scripts/fuzz.sh                     every target, ten minutes each
#     scripts/fuzz.sh -t 30 html feed     these, half a minute each
#     scripts/fuzz.sh -b                  no build: what was built last
#
# It wants cargo-fuzz (`cargo install cargo-fuzz`) and a nightly toolchain. No sanitizer: the crate forbids unsafe code, and a panic, a
# time-out and a heap that grows are found without one. What is found lies in fuzz/artifacts/TARGET; the inputs that reach new code
# in fuzz/corpus/TARGET, reduced after each run to one for each piece of code.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=600
build=yes
cpu=0
while getopts "t:bc:" option; do
    case $option in
        t) seconds=$OPTARG ;;
        b) build=no ;;
        c) cpu=$OPTARG ;;
        *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))

if [ $# -gt 0 ]; then
    targets=("$@")
else
    mapfile -t targets < <(basename -s .rs fuzz/fuzz_targets/*.rs)
fi
[ $build = no ] || cargo +nightly fuzz build -s none

host=$(rustc -vV | sed -n 's/^host: //p')
bin=fuzz/target/$host/release
limits=(-rss_limit_mb=2048 -timeout=10 -max_len=16384)
alone=(nice -n 10)
if command -v taskset > /dev/null; then alone=(taskset -c "$cpu" "${alone[@]}"); fi

printf '| target | seconds | runs | runs/s | edges | kept inputs | crashes | time-outs | out of memory |\n|---|---|---|---|---|---|---|---|---|\n'
failed=0
for target in "${targets[@]}"; do
    corpus=fuzz/corpus/$target
    artifacts=fuzz/artifacts/$target
    mkdir -p "$corpus" "$artifacts"
    log=fuzz/target/$target.log
    # One process that is started again after whatever it finds, so that a find does not end the run.
    "${alone[@]}" "$bin/$target" "$corpus" "fuzz/seeds/$target" "${limits[@]}" -artifact_prefix="$artifacts/" \
        -max_total_time="$seconds" -fork=1 -ignore_crashes=1 -ignore_timeouts=1 -ignore_ooms=1 > "$log" 2>&1 || true
    # The smallest set that reaches the same code.
    smallest=$corpus.smallest
    rm -rf "$smallest"
    mkdir "$smallest"
    if "${alone[@]}" "$bin/$target" -merge=1 "$smallest" "$corpus" "fuzz/seeds/$target" "${limits[@]}" > "$log.merge" 2>&1; then
        rm -rf "$corpus"
        mv "$smallest" "$corpus"
    fi
    last=$(grep -aE '^#[0-9]+: cov:' "$log" | tail -1)
    read -r runs edges speed found <<< "$(sed -E 's/^#([0-9]+): cov: ([0-9]+) .*exec\/s:? ([0-9]+) oom\/timeout\/crash: ([0-9/]+).*/\1 \2 \3 \4/' <<< "$last")"
    IFS=/ read -r oom timeout crash <<< "${found:-?/?/?}"
    printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n' "$target" "$seconds" "$runs" "$speed" "$edges" \
        "$(find "$corpus" -type f | wc -l)" "$crash" "$timeout" "$oom"
    [ "${found:-}" = 0/0/0 ] || failed=1
done
exit $failed
