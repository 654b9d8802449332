#![no_main]

libfuzzer_sys::fuzz_target!(init: diptych_fuzz::start(), |bytes: &[u8]| diptych_fuzz::wrap(bytes));
