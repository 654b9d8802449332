# Sourced: leaves the paths of this machine out of the program. They would stand in the messages of panics, and differ from machine to
# machine.
home=${CARGO_HOME:-$HOME/.cargo}
rust=$(rustc --print sysroot)
export RUSTFLAGS="--remap-path-prefix=$home=/cargo --remap-path-prefix=$rust=/rust --remap-path-prefix=$PWD=/diptych ${RUSTFLAGS:-}"
# The hour of the build is in nothing that we make; what asks for it gets this one.
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-1767225600}
