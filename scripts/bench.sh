#!/usr/bin/env bash
# Makes the tables of docs/benchmarks.md: Diptych beside less, vim and bat, interleaved in one run.
#
# Needs python3, less, vim, and bat (Debian calls it batcat); PTYBENCH names the pseudo-terminal benchmark.
# Figures are only worth something on an idle machine; quote ratios and medians.
set -euo pipefail
cd "$(dirname "$0")/.."

ptybench=${PTYBENCH:-../shared/tools/ptybench.py}
rounds=${ROUNDS:-15}
folder=${BENCH_FOLDER:-${TMPDIR:-/tmp}/diptych-bench}
bat=$(command -v bat || command -v batcat || true)
diptych=$PWD/target/release/diptych
digest=$PWD/corpus/crimethinc/a-war-against-its-own-society.md
other=$PWD/corpus/iran-international/protests-on-sunday.md

cargo build --release --locked
mkdir -p "$folder"
for seed in 1 2; do
    [ -s "$folder/big$seed.txt" ] || python3 scripts/big_text.py "$folder/big$seed.txt" 100 "$seed"
done

# No text is waited for: what counts is the last byte before the terminal has been silent for 25 ms.
items=(
    '{"label":"diptych, built-in corpus","cmd":["'"$diptych"'"],"keys":"j*10,space*3,2,3,n*5,t,esc"}'
    '{"label":"less, one file of it","cmd":["less","'"$digest"'"],"keys":"j*10,space*3"}'
    '{"label":"vim -O, two files of it","cmd":["vim","-O","'"$digest"'","'"$other"'"],"keys":"j*10,ctrl-f*3","quit":":,q,a,!,enter"}'
    '{"label":"vim -d, two files of it","cmd":["vim","-d","'"$digest"'","'"$other"'"],"keys":"j*10,ctrl-f*3","quit":":,q,a,!,enter"}'
)
[ -z "$bat" ] || items+=('{"label":"bat, one file of it","cmd":["'"$bat"'","--paging=always","'"$digest"'"],"keys":"j*10,space*3"}')
printf '%s\n' "${items[@]}" | paste -sd, | sed 's/^/[/; s/$/]/' > "$folder/small.json"

a=$folder/big1.txt
b=$folder/big2.txt
cat > "$folder/large.json" <<JSON
[{"label":"diptych, 2 x 100 MB","cmd":["$diptych","$a","$b"],"keys":"j*40,space*40,G,k*40,g,g,j*20"},
 {"label":"vim -O, 2 x 100 MB","cmd":["vim","-O","$a","$b"],"keys":"j*40,ctrl-f*40,G,k*40,g,g,j*20","quit":":,q,a,!,enter"},
 {"label":"less, 1 x 100 MB","cmd":["less","$a"],"keys":"j*40,space*40,G,k*40,g,j*20"}]
JSON

echo "== built-in corpus, 160x45"
python3 "$ptybench" --suite "$folder/small.json" --rounds "$rounds" --cols 160 --rows 45
echo "== two texts of 100 MB, 200x50"
python3 "$ptybench" --suite "$folder/large.json" --rounds "$(( (rounds + 2) / 3 ))" --cols 200 --rows 50
