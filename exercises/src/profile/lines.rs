//! Which function and line an instruction comes from, from the debug information that the compiler left in the module.

use addr2line::{Context, gimli};
use wasmparser::{Parser, Payload};

/// The debug information of a module.
pub(super) struct LineTable<'module> {
    context: Context<gimli::EndianSlice<'module, gimli::LittleEndian>>,
    /// Where the code begins in the module: what DWARF in WebAssembly counts from.
    code_start: u64,
}

/// A call at an instruction, of a function that may have been inlined there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SourceFrame {
    /// The function's name, as the debug information has it.
    pub(super) name: Option<String>,
    /// The file.
    pub(super) file: Option<String>,
    /// The line, from 1.
    pub(super) line: Option<u32>,
}

/// How far behind an instruction without a line of its own its line is looked for, in bytes. The beginnings of loops, where
/// programs are looked at, have none.
const REACH: u64 = 48;

impl<'module> LineTable<'module> {
    /// Reads what a module has; none where it cannot be read.
    pub(super) fn read(wasm: &'module [u8]) -> Option<LineTable<'module>> {
        let mut sections: Vec<(&str, &[u8])> = Vec::new();
        let mut code_start = None;
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.ok()? {
                Payload::CustomSection(section) => sections.push((section.name(), section.data())),
                Payload::CodeSectionStart { range, .. } => code_start = Some(range.start as u64),
                _ => {}
            }
        }
        let load = |id: gimli::SectionId| {
            let of_name = |(name, _): &&(&str, &[u8])| *name == id.name();
            let data = sections
                .iter()
                .find(of_name)
                .map_or(&[][..], |(_, data)| data);
            Ok::<_, gimli::Error>(gimli::EndianSlice::new(data, gimli::LittleEndian))
        };
        let dwarf = gimli::Dwarf::load(load).ok()?;
        Some(LineTable {
            context: Context::from_dwarf(dwarf).ok()?,
            code_start: code_start?,
        })
    }

    /// The calls at the instruction at this offset of the module, from the innermost; none where nothing is known.
    pub(super) fn at(&self, module_offset: usize) -> Vec<SourceFrame> {
        let Some(address) = (module_offset as u64).checked_sub(self.code_start) else {
            return Vec::new();
        };
        let exactly = self.frames(address);
        let has_line =
            |frames: &Vec<SourceFrame>| frames.first().is_some_and(|frame| frame.line.is_some());
        if has_line(&exactly) {
            return exactly;
        }
        let behind = (1..=REACH).map(|distance| self.frames(address + distance));
        // Behind the end of a function begins another one, which is none of this instruction's business.
        let outermost = exactly.last().map(|frame| frame.name.clone());
        let same_function =
            |frames: &Vec<SourceFrame>| frames.last().map(|frame| frame.name.clone()) == outermost;
        behind
            .take_while(same_function)
            .find(has_line)
            .unwrap_or(exactly)
    }

    fn frames(&self, address: u64) -> Vec<SourceFrame> {
        let mut found = Vec::new();
        let Ok(mut frames) = self.context.find_frames(address).skip_all_loads() else {
            return found;
        };
        while let Ok(Some(frame)) = frames.next() {
            let location = frame.location.as_ref();
            let name = frame
                .function
                .as_ref()
                .and_then(|name| name.raw_name().ok());
            found.push(SourceFrame {
                name: name.map(|name| name.into_owned()),
                file: location.and_then(|place| place.file).map(str::to_owned),
                line: location
                    .and_then(|place| place.line)
                    .filter(|&line| line > 0),
            });
        }
        found
    }
}
