#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ikrar_tests::targets::device_line(bytes));
