//! Programs of different nature whose work can be changed by a known share.

use std::fmt::Write as _;

use crate::exercise::{Exercise, Inputs, Limits, Programs, Slug, Translated};
use crate::language::Language;
use crate::measure::Random;

/// A program whose time is proportional to one constant among its data. Its answer does not depend on the constant, since
/// a program that answers differently is not measured.
#[derive(Debug, PartialEq, Eq)]
pub struct Kernel {
    /// What it does.
    pub name: &'static str,
    source: &'static str,
    generator: &'static str,
    /// The type of its input.
    input: &'static str,
    /// How many values the input has.
    size: u32,
    /// How many calls the native program makes, so that it runs for about 30 ms.
    native_calls: u32,
}

const RANDOM_VALUES: &str = include_str!("kernels/random_values.rs");
const RANDOM_CYCLE: &str = include_str!("kernels/random_cycle.rs");

/// All of them.
pub const KERNELS: [Kernel; 6] = [
    Kernel {
        name: "arithmetic",
        source: include_str!("kernels/arithmetic.rs"),
        generator: RANDOM_VALUES,
        input: "list<u64>",
        size: 64,
        native_calls: 100,
    },
    Kernel {
        name: "pointer-chasing",
        source: include_str!("kernels/chasing.rs"),
        generator: RANDOM_CYCLE,
        input: "list<u32>",
        size: 4_096,
        native_calls: 100,
    },
    Kernel {
        name: "sorting",
        source: include_str!("kernels/sorting.rs"),
        generator: RANDOM_VALUES,
        input: "list<u64>",
        size: 64,
        native_calls: 100,
    },
    Kernel {
        name: "hashing",
        source: include_str!("kernels/hashing.rs"),
        generator: RANDOM_VALUES,
        input: "list<u64>",
        size: 64,
        native_calls: 100,
    },
    Kernel {
        name: "allocation",
        source: include_str!("kernels/allocation.rs"),
        generator: RANDOM_VALUES,
        input: "list<u64>",
        size: 64,
        native_calls: 35,
    },
    Kernel {
        name: "streaming",
        source: include_str!("kernels/streaming.rs"),
        generator: RANDOM_VALUES,
        input: "list<u64>",
        size: 131_072,
        native_calls: 60,
    },
];

/// What the line with the constant begins with.
const CONSTANT: &str = "static REPETITIONS: u32 = ";

/// The speed-up that the campaign's exercises ask for: only big wins are near it.
pub(super) const TARGET: f64 = 1.5;

impl Kernel {
    /// The kernel with this name.
    pub fn named(name: &str) -> Option<&'static Kernel> {
        KERNELS.iter().find(|kernel| kernel.name == name)
    }

    /// The exercise of making the kernel faster.
    pub fn exercise(&self) -> Exercise {
        let nothing = Translated {
            bg: String::new(),
            en: String::new(),
        };
        let programs = Programs {
            starter: self.source.to_owned(),
            reference: self.source.to_owned(),
            wrong: Default::default(),
            slow: Default::default(),
        };
        Exercise {
            slug: Slug::new(self.name).expect("the names are slugs"),
            lesson: 0,
            step: 0,
            concepts: Vec::new(),
            title: nothing.clone(),
            statement: nothing.clone(),
            hints: Vec::new(),
            debrief: nothing,
            signature: format!("run: func(input: {}) -> u64", self.input)
                .parse()
                .expect("the types are those of signatures"),
            target_speedup: TARGET,
            stars: [TARGET; 3],
            limits: Limits {
                memory_bytes: 64 << 20,
            },
            examples: Vec::new(),
            inputs: Inputs {
                checked_sizes: Vec::new(),
                measured_size: self.size,
            },
            generator: self.generator.to_owned(),
            checker: None,
            world: None,
            programs: [(Language::Rust, programs)].into(),
        }
    }

    /// The source, unchanged.
    pub fn source(&self) -> String {
        self.source.to_owned()
    }

    /// The source with its work reduced by this many thousandths, and nothing else changed.
    pub fn with_gain(&self, permille: u32) -> String {
        let (before, rest) = self
            .source
            .split_once(CONSTANT)
            .expect("every kernel has the constant");
        let (number, after) = rest.split_once(';').expect("a statement has an end");
        let repetitions: u32 = number.replace('_', "").parse().expect("it is a number");
        let left = u64::from(repetitions) * u64::from(1_000 - permille) / 1_000;
        format!("{before}{CONSTANT}{left};{after}")
    }

    /// The source among functions that have nothing to do with it, which move its code to other addresses. The same
    /// variant of the same seed is the same source.
    pub fn with_layout(&self, seed: u64, variant: u32) -> String {
        let mut random = Random(seed ^ (u64::from(variant) << 32));
        let mut next_name = 0;
        let mut some = |most: u64| {
            let mut functions = String::new();
            for _ in 0..random.next() % most {
                unrelated_function(&mut functions, next_name, &mut random);
                next_name += 1;
            }
            functions
        };
        let (before, after) = (some(8), some(8));
        // Documentation of the whole file has to be its first lines, which it no longer is.
        let source = self.source.lines().filter(|line| !line.starts_with("//!"));
        let source: Vec<&str> = source.collect();
        format!("{before}{}\n{after}", source.join("\n"))
    }

    /// A program for this machine's own processor that does the same, given one of the kernel's sources.
    pub fn native_program(&self, source: &str) -> String {
        self.native(
            source,
            "let mut sum = 0;
             for input in inputs { sum ^= kernel::run(input); }
             println!(\"{sum}\");",
        )
    }

    /// The same with a clock: it prints how many nanoseconds the fastest call took.
    pub fn native_timer(&self, source: &str) -> String {
        self.native(
            source,
            "let time = |input| {
                 let started = std::time::Instant::now();
                 std::hint::black_box(kernel::run(input));
                 started.elapsed().as_nanos()
             };
             println!(\"{}\", inputs.map(time).min().unwrap_or_default());",
        )
    }

    fn native(&self, source: &str, main: &str) -> String {
        format!(
            "mod kernel {{\n{source}\n}}\nmod generator {{\n{generator}\n}}\n\
             fn main() {{\nlet inputs = (0..{calls}).map(|seed| generator::generate(seed, {size}));\n{main}\n}}\n",
            generator = self.generator,
            calls = self.native_calls,
            size = self.size,
        )
    }
}

/// Writes a function of random length that is kept in the program because it is exported.
fn unrelated_function(into: &mut String, name: u32, random: &mut Random) {
    _ = writeln!(
        into,
        "#[unsafe(no_mangle)]\npub extern \"C\" fn unrelated_{name}(mut value: u64) -> u64 {{"
    );
    for _ in 0..1 + random.next() % 40 {
        let constant = random.next();
        let statement = match random.next() % 4 {
            0 => format!("value = value.wrapping_mul({constant});"),
            1 => format!("value ^= value >> {};", 1 + constant % 63),
            2 => format!("value = value.wrapping_add({constant});"),
            _ => format!(
                "if value & {constant} == 0 {{ value = value.rotate_left({}); }}",
                constant % 64
            ),
        };
        _ = writeln!(into, "    {statement}");
    }
    into.push_str("    value\n}\n");
}
