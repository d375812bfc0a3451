//! Samples as bytes, and those bytes inside JSON.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{FORMAT, Pair, ProcessSamples, Samples, Side, Unreadable};

/// Written samples: bytes for a file or a database, a base64 text in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Packed(pub Vec<u8>);

impl From<Packed> for String {
    fn from(packed: Packed) -> String {
        BASE64_STANDARD.encode(packed.0)
    }
}

impl TryFrom<String> for Packed {
    type Error = base64::DecodeError;

    fn try_from(text: String) -> Result<Packed, base64::DecodeError> {
        BASE64_STANDARD.decode(text).map(Packed)
    }
}

const CHECKSUM_BYTES: usize = 8;

/// A process as it is stored.
#[derive(Serialize, Deserialize)]
struct Stored {
    calls_per_sample: u32,
    blocks: Vec<Series>,
    single_calls: Series,
}

/// Pairs as they are stored. All arithmetic wraps, so that every content means something.
#[derive(Serialize, Deserialize)]
struct Series {
    /// The first time, and then the difference to the one before, of both sides.
    differences: Vec<(i64, i64)>,
    /// One bit for each pair, from the lowest of the first byte: set where the solution ran first.
    after_first: Vec<u8>,
}

pub(super) fn write(samples: &Samples) -> Vec<u8> {
    let stored: Vec<Stored> = samples.processes.iter().map(Stored::of).collect();
    let head = Samples {
        processes: Vec::new(),
        ..samples.clone()
    };
    let body = postcard::to_allocvec(&(head, stored))
        .expect("plain data with known lengths is written into a vector that grows");
    sealed(&body)
}

/// A file with this body.
pub(super) fn sealed(body: &[u8]) -> Vec<u8> {
    [FORMAT, &checksum(body), body].concat()
}

/// The first bytes of the SHA-256 of what follows: a file that was damaged on its way is told from one that was not.
fn checksum(body: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let mut checksum = [0; CHECKSUM_BYTES];
    checksum.copy_from_slice(&Sha256::digest(body)[..CHECKSUM_BYTES]);
    checksum
}

pub(super) fn read(bytes: &[u8]) -> Result<Samples, Unreadable> {
    let bytes = bytes.strip_prefix(FORMAT).ok_or(Unreadable::Format)?;
    let (claimed, body) = bytes
        .split_first_chunk::<CHECKSUM_BYTES>()
        .ok_or(Unreadable::Damaged)?;
    if *claimed != checksum(body) {
        return Err(Unreadable::Damaged);
    }
    let ((head, stored), rest): ((Samples, Vec<Stored>), _) =
        postcard::take_from_bytes(body).map_err(|_| Unreadable::Damaged)?;
    if !rest.is_empty() || !head.processes.is_empty() {
        return Err(Unreadable::Damaged);
    }
    let processes: Option<Vec<ProcessSamples>> = stored.iter().map(Stored::restored).collect();
    Ok(Samples {
        processes: processes.ok_or(Unreadable::Damaged)?,
        ..head
    })
}

impl Stored {
    fn of(process: &ProcessSamples) -> Stored {
        Stored {
            calls_per_sample: process.calls_per_sample,
            blocks: process
                .blocks
                .iter()
                .map(|block| Series::of(block))
                .collect(),
            single_calls: Series::of(&process.single_calls),
        }
    }

    /// None where the parts contradict each other.
    fn restored(&self) -> Option<ProcessSamples> {
        Some(ProcessSamples {
            calls_per_sample: self.calls_per_sample,
            blocks: self
                .blocks
                .iter()
                .map(Series::restored)
                .collect::<Option<_>>()?,
            single_calls: self.single_calls.restored()?,
        })
    }
}

impl Series {
    fn of(pairs: &[Pair]) -> Series {
        let (mut before_ns, mut after_ns) = (0_u64, 0_u64);
        let mut after_first = vec![0; pairs.len().div_ceil(8)];
        let mut differences = Vec::with_capacity(pairs.len());
        for (index, pair) in pairs.iter().enumerate() {
            differences.push((
                pair.before_ns.wrapping_sub(before_ns).cast_signed(),
                pair.after_ns.wrapping_sub(after_ns).cast_signed(),
            ));
            (before_ns, after_ns) = (pair.before_ns, pair.after_ns);
            after_first[index / 8] |= u8::from(pair.first == Side::After) << (index % 8);
        }
        Series {
            differences,
            after_first,
        }
    }

    fn restored(&self) -> Option<Vec<Pair>> {
        if self.after_first.len() != self.differences.len().div_ceil(8) {
            return None;
        }
        let (mut before_ns, mut after_ns) = (0_u64, 0_u64);
        let mut pair = |(index, &(before, after)): (usize, &(i64, i64))| {
            before_ns = before_ns.wrapping_add(before.cast_unsigned());
            after_ns = after_ns.wrapping_add(after.cast_unsigned());
            let is_after = self.after_first[index / 8] >> (index % 8) & 1 == 1;
            Pair {
                before_ns,
                after_ns,
                first: if is_after { Side::After } else { Side::Before },
            }
        };
        Some(self.differences.iter().enumerate().map(&mut pair).collect())
    }
}
