use std::path::Path;

use insta::assert_snapshot;

use super::{Part, shared_libraries};
use crate::compiler::Source;

const LDD: &str = "\
/sysroot/bin/rustc:
\tlinux-vdso.so.1 (0x00007f9e42797000)
\tlibrustc_driver-61.so => /sysroot/bin/../lib/librustc_driver-61.so (0x00007f9e3a800000)
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f9e3a61e000)
\t/lib64/ld-linux-x86-64.so.2 (0x00007f9e42799000)
/sysroot/lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld:
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f1dac53e000)
\tlibz.so.1 => /lib/x86_64-linux-gnu/libz.so.1 (0x00007f1db6fd7000)
";

fn listed(parts: &[Part]) -> String {
    parts
        .iter()
        .map(|part| format!("{} -> {}\n", part.from.display(), part.to.display()))
        .collect()
}

#[test]
fn each_library_that_rustups_compiler_loads_is_copied_once_without_those_it_brings() {
    let parts = shared_libraries(LDD, Path::new("/sysroot"), Source::Rustup);

    assert_snapshot!(listed(&parts), @"
    /lib/x86_64-linux-gnu/libc.so.6 -> usr/lib/x86_64-linux-gnu/libc.so.6
    /lib64/ld-linux-x86-64.so.2 -> usr/lib64/ld-linux-x86-64.so.2
    /lib/x86_64-linux-gnu/libz.so.1 -> usr/lib/x86_64-linux-gnu/libz.so.1
    ");
}

#[test]
fn debians_compiler_lies_among_the_systems_libraries_and_is_copied_with_them() {
    let ldd = LDD.replace("/sysroot/bin/../lib", "/lib/x86_64-linux-gnu");

    let parts = shared_libraries(&ldd, Path::new("/usr"), Source::Debian);

    assert_snapshot!(listed(&parts), @"
    /lib/x86_64-linux-gnu/librustc_driver-61.so -> usr/lib/x86_64-linux-gnu/librustc_driver-61.so
    /lib/x86_64-linux-gnu/libc.so.6 -> usr/lib/x86_64-linux-gnu/libc.so.6
    /lib64/ld-linux-x86-64.so.2 -> usr/lib64/ld-linux-x86-64.so.2
    /lib/x86_64-linux-gnu/libz.so.1 -> usr/lib/x86_64-linux-gnu/libz.so.1
    ");
}
