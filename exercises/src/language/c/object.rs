//! What an object file defines.

use wasmparser::{KnownCustom, Linking, Parser, Payload, SymbolInfo};

/// The functions of the library's allocator. A solution that brings its own would run it while arguments are prepared, or
/// decide which of two the library itself calls.
const ALLOCATOR: [&str; 6] = [
    "malloc",
    "free",
    "calloc",
    "realloc",
    "posix_memalign",
    "aligned_alloc",
];

/// Whether an object file defines a function of the allocator (tool-conventions, `Linking.md`, "Symbol Table").
pub(super) fn defines_allocator(object: &[u8]) -> bool {
    let defined = |symbol: SymbolInfo<'_>| {
        let SymbolInfo::Func { flags, name, .. } = symbol else {
            return false;
        };
        let is_own = !flags.contains(wasmparser::SymbolFlags::UNDEFINED);
        is_own && name.is_some_and(|name| ALLOCATOR.contains(&name))
    };
    Parser::new(0)
        .parse_all(object)
        .filter_map(|payload| match payload.ok()? {
            Payload::CustomSection(section) => match section.as_known() {
                KnownCustom::Linking(linking) => Some(linking),
                _ => None,
            },
            _ => None,
        })
        .flat_map(|linking| {
            linking
                .subsections()
                .filter_map(Result::ok)
                .collect::<Vec<_>>()
        })
        .any(|subsection| match subsection {
            Linking::SymbolTable(symbols) => {
                symbols.into_iter().filter_map(Result::ok).any(defined)
            }
            _ => false,
        })
}
