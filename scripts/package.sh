#!/usr/bin/env bash
# Makes what is handed out, in target/package: the crate, the manual page and shell files, the licence texts, the program, and where
# cargo-deb is installed (`cargo install cargo-deb`) a Debian package.
#
#     scripts/package.sh
#
# The program is built with the paths of this machine left out of it, so that the same source and toolchain give the same bytes anywhere
# (scripts/reproducible.sh shows it).
set -euo pipefail
cd "$(dirname "$0")/.."

out=target/package
assets=$out/assets
mkdir -p "$assets"

# shellcheck source=scripts/build_flags.sh
. scripts/build_flags.sh
cargo build --release --locked
program=target/release/diptych

# What the program itself knows of its options.
"$program" man > "$assets/diptych.1"
for shell in bash zsh fish powershell elvish; do
    "$program" completions "$shell" > "$assets/diptych.$shell"
done
python3 scripts/licences.py --texts > "$assets/THIRD-PARTY.txt"

cargo package --locked --no-verify
if cargo deb --version > /dev/null 2>&1; then
    cargo deb --no-build --locked --output "$out/"
else
    echo "no Debian package: cargo-deb is not installed"
fi
(cd target/release && sha256sum diptych)
ls -l "$out"
