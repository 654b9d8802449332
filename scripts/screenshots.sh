#!/usr/bin/env bash
# Takes the pictures and the recording in docs/screens from the real program, on the built-in corpus.
set -euo pipefail
cd "$(dirname "$0")/.."

profile=${1:---release}
case $profile in
    --release) folder=release; flags=(--release) ;;
    *) folder=debug; flags=() ;;
esac
cargo build "${flags[@]}" --locked
cargo run "${flags[@]}" --locked --example screenshots -- "target/$folder/diptych" docs/screens
