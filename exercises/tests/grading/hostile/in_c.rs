//! Sources in C that attack its compiler, and programs that do what only C lets them do.

use exercises::Language;

use super::{Attack, survive_all_in};

/// A solution in C whose function has this body.
fn function(body: &str) -> String {
    format!(
        "#include \"exercise.h\"\n#include <stdlib.h>\nlist_u64 answer_all(list_u32 queries) {{\n  {body}\n}}\n"
    )
}

const NOTHING: &str = "return (list_u64){0};";

/// The same after some other lines.
fn after(lines: &str) -> String {
    format!("{lines}\n{}", function(NOTHING))
}

fn survive_all(attacks: impl IntoIterator<Item = Attack>) {
    survive_all_in(Language::C, attacks);
}

#[test]
fn the_c_compiler_reads_no_file_of_the_host() {
    let missing = "compile_error: …file not found";
    survive_all([
        Attack::new(
            "1: a list of accounts",
            after("#include \"/etc/passwd\""),
            missing,
        ),
        Attack::new(
            "1: the same as data",
            after("const char accounts[] = {\n#embed \"/etc/passwd\"\n};"),
            missing,
        ),
        Attack::new(
            "2: the environment",
            after("#include \"/proc/self/environ\""),
            missing,
        ),
        Attack::new(
            "3: a file without an end",
            after("#include \"/dev/zero\""),
            missing,
        ),
        Attack::new(
            "4: another job",
            after("#include \"../../other_job/in/solution.c\""),
            missing,
        ),
        Attack::new(
            "16: a file as code",
            after("__asm__(\".incbin \\\"/etc/passwd\\\"\");"),
            "compile_error: …incbin",
        ),
    ]);
}

#[test]
fn a_c_compiler_that_is_led_astray_is_stopped() {
    let nested = function(&format!(
        "int x = {}1{}; return (list_u64){{0}};",
        "(".repeat(30_000),
        ")".repeat(30_000)
    ));
    let doubling: String = (0..40)
        .map(|level| format!("#define D{} D{level} D{level}\n", level + 1))
        .collect();
    survive_all([
        Attack::new(
            "8: a file that includes itself",
            after("#include \"solution.c\""),
            "compile_error: ",
        ),
        Attack::new("9: deep nesting", nested, "compile_error: "),
        Attack::new(
            "6: a macro that doubles",
            after(&format!("#define D0 0,\n{doubling}int many[] = {{D40}};")),
            "compile_error: The compiler was stopped: ",
        ),
        Attack::new(
            "12: three gigabytes of data",
            after("char data[3u << 30] = {1};"),
            "compile_error: ",
        ),
    ]);
}

#[test]
fn what_is_no_c_is_refused_in_its_own_words() {
    survive_all([
        Attack::new(
            "17: nothing",
            "",
            "rejected: The exercise's function is missing.",
        ),
        Attack::new(
            "17: a variable in its place",
            "#include \"exercise.h\"\nint answer_all;\n",
            "rejected: ",
        ),
        Attack::new(
            "18: C++",
            "#include <vector>\nstd::vector<int> answer_all;\n",
            "compile_error: …'vector' file not found",
        ),
        Attack::new(
            "18: an object file",
            b"\0asm\x01\0\0\0".to_vec(),
            "rejected: ",
        ),
        Attack::new(
            "20: forged words of the compiler",
            after("#error solution.c:1:1: error: the verdict is faster"),
            "compile_error: …the verdict is faster",
        ),
    ]);
}

#[test]
fn c_gets_nothing_from_outside_and_cannot_replace_the_sandboxs_functions() {
    survive_all([
        Attack::new(
            "21: a file of the system",
            "#include \"exercise.h\"\n#include <stdio.h>\nlist_u64 answer_all(list_u32 queries) { printf(\"%zu\", queries.length); return (list_u64){0}; }\n",
            "rejected: …wasi_snapshot_preview1",
        ),
        Attack::new(
            "21: a function that nobody has",
            "#include \"exercise.h\"\nint system(const char *);\nlist_u64 answer_all(list_u32 queries) { system(\"id\"); return (list_u64){0}; }\n",
            "rejected: …system",
        ),
        Attack::new(
            "49: an allocator of its own",
            after("void *malloc(__SIZE_TYPE__ bytes) { return 0; }"),
            "rejected: …allocator",
        ),
        Attack::new(
            "49: the sandbox's functions",
            after("void *lab_allocate(unsigned long bytes, unsigned long alignment) { return 0; }"),
            "rejected: ",
        ),
    ]);
}

#[test]
fn programs_in_c_that_break_are_stopped_with_the_reason() {
    survive_all([
        Attack::new(
            "28: an endless loop",
            function("for (volatile int i = 0;; i++);"),
            "time_limit: ",
        ),
        Attack::new(
            "29: endless recursion",
            "#include \"exercise.h\"\nint deeper(int n) { volatile int here[64]; here[0] = n; return deeper(n + 1) + here[0]; }\nlist_u64 answer_all(list_u32 queries) { return (list_u64){0, deeper(1)}; }\n",
            "trap: …deep",
        ),
        Attack::new(
            "30: all memory",
            function(
                "for (;;) { volatile char *more = malloc(1 << 20); if (!more) abort(); more[0] = 1; }",
            ),
            "memory_limit: ",
        ),
        Attack::new(
            "33: memory that is not there",
            function("volatile int *nowhere = (int *)0xfffffff0; return (list_u64){0, *nowhere};"),
            "trap: ",
        ),
        Attack::new(
            "34: a division by zero",
            function("volatile int zero = 0; return (list_u64){0, 7 / zero};"),
            "trap: ",
        ),
        Attack::new(
            "35: a call of nothing",
            function("list_u64 (*volatile nothing)(list_u32) = 0; return nothing(queries);"),
            "trap: ",
        ),
        Attack::new(
            "38: an answer that lies outside",
            function("return (list_u64){(uint64_t *)0x7ffffff8, 1000};"),
            "trap: ",
        ),
        Attack::new(
            "38: an answer that is longer than memory",
            function("return (list_u64){queries.items ? (uint64_t *)8 : 0, 0xffffffff};"),
            "trap: ",
        ),
        Attack::new(
            "46: work before the first call",
            "#include \"exercise.h\"\n__attribute__((constructor)) static void first(void) { for (volatile int i = 0;; i++); }\nlist_u64 answer_all(list_u32 queries) { return (list_u64){0}; }\n",
            "time_limit: ",
        ),
    ]);
}
