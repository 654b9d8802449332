#!/usr/bin/env bash
# Builds the release twice from what is committed, in folders of different names, and compares the bytes of the program.
set -euo pipefail
cd "$(dirname "$0")/.."

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
sums=()
for folder in "$room/one" "$room/another/and/deeper"; do
    mkdir -p "$folder"
    git archive HEAD | tar -x -C "$folder"
    (
        cd "$folder"
        # shellcheck source=scripts/build_flags.sh
        . scripts/build_flags.sh
        cargo build --release --locked --quiet
    )
    sums+=("$(sha256sum < "$folder/target/release/diptych")")
    echo "$folder ${sums[-1]} $(stat -c %s "$folder/target/release/diptych") bytes"
    rm -rf "$folder/target"
done
if [ "${sums[0]}" = "${sums[1]}" ]; then
    echo "the same bytes"
else
    echo "different bytes" >&2
    exit 1
fi
