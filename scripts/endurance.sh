#!/usr/bin/env bash
# A million keys, resizes, pastes and mouse events on a large corpus, in a release build: no panic, memory flat.
#
#     scripts/endurance.sh                        makes a corpus of 100 000 documents (400 MB) in a temporary folder
#     scripts/endurance.sh CORPUS [EVENTS [SEED]]
#
# The corpus is indexed first, in a cache of its own, and opens by its index as it does for a reader. docs/hardening.md has the figures.
set -euo pipefail
cd "$(dirname "$0")/.."

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
corpus=${1:-}
if [ -z "$corpus" ]; then
    corpus=$room/corpus
    python3 scripts/big_corpus.py "$corpus" 100000
fi
export DIPTYCH_CACHE_HOME=$room/cache DIPTYCH_DATA_HOME=$room/data DIPTYCH_STATE_HOME=$room/state DIPTYCH_CONFIG=$room/none
DIPTYCH_EVENTS=${2:-1000000} DIPTYCH_EVENTS_SEED=${3:-20260109} DIPTYCH_EVENTS_CORPUS=$corpus \
    cargo test --release --locked --test endurance -- --nocapture
