//! A module without what does not run.

use wasmparser::Parser;

/// The id of custom sections in the binary format: names, producers, debug information.
const CUSTOM_SECTION: u8 = 0;

/// The length of the binary format's magic number and version.
const HEADER_BYTES: usize = 8;

/// The module without its custom sections. What cannot be read stays as it is, for the pre-check to refuse.
pub fn strip(wasm: &[u8]) -> Vec<u8> {
    stripped(wasm).unwrap_or_else(|| wasm.to_vec())
}

fn stripped(wasm: &[u8]) -> Option<Vec<u8>> {
    let mut stripped = wasm.get(..HEADER_BYTES)?.to_vec();
    for payload in Parser::new(0).parse_all(wasm) {
        let Some((id, range)) = payload.ok()?.as_section() else {
            continue;
        };
        if id != CUSTOM_SECTION {
            let contents = wasm.get(range)?;
            stripped.push(id);
            push_length(&mut stripped, contents.len());
            stripped.extend_from_slice(contents);
        }
    }
    Some(stripped)
}

/// A length as the binary format writes it: LEB128, seven bits a byte from the lowest.
fn push_length(bytes: &mut Vec<u8>, mut length: usize) {
    while length >= 0x80 {
        bytes.push((length & 0x7f) as u8 | 0x80);
        length >>= 7;
    }
    bytes.push(length as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(text: &str) -> Vec<u8> {
        wat::parse_str(text).expect("the text is well formed")
    }

    #[test]
    fn names_go_and_everything_else_stays() {
        let long = "i32.const 1 drop ".repeat(100);
        let named = module(&format!(
            r#"(module $with_names (memory 1) (func $f (export "f") {long}) (@custom "note" "anything"))"#
        ));
        let plain = module(&format!(
            r#"(module (memory 1) (func (export "f") {long}))"#
        ));
        assert!(named.len() > plain.len());
        assert_eq!(strip(&named), plain);
    }

    #[test]
    fn what_is_no_module_stays_no_module() {
        assert_eq!(strip(b"\0as"), b"\0as");
        let mut cut = module("(module (memory 1))");
        cut.pop();
        assert_eq!(strip(&cut), cut);
    }
}
