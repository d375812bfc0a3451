//! Values in a program's memory, in the layout of the component model's canonical ABI.
//!
//! Lifting trusts nothing: a program may hand back any number as a pointer or a length, and may let a thousand lists
//! share one block, so every range is checked and the bytes lifted are counted.

use std::sync::Arc;

use super::{Value, canonicalise};
use crate::signature::Type;

/// A program's memory as lowering and lifting see it.
pub trait Memory {
    /// What can go wrong in the program while it finds space.
    type Error;

    /// Asks the program for `bytes` bytes aligned to `alignment`.
    fn allocate(&mut self, bytes: u32, alignment: u32) -> Result<u32, Self::Error>;

    /// The memory as it is now.
    fn contents(&mut self) -> &mut [u8];
}

/// Why lowering failed.
#[derive(Debug, PartialEq, Eq)]
pub enum LowerError<E> {
    /// The program could not give the space.
    Allocation(E),
    /// The program gave space that lies outside its memory.
    Outside,
    /// The value is longer than 32-bit memory can hold.
    TooLarge,
}

/// Why lifting failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LiftError {
    /// A pointer and a length reach beyond the memory.
    Outside {
        /// The pointer.
        pointer: u32,
        /// How many bytes were to be read there.
        bytes: u64,
        /// How long the memory is, in bytes.
        memory_bytes: u64,
    },
    /// A pointer does not have the alignment of what it points to.
    Misaligned {
        /// The pointer.
        pointer: u32,
    },
    /// A string is not UTF-8.
    NotUtf8,
    /// The value is longer than agreed.
    TooLarge {
        /// How many bytes were to be lifted when the limit was passed.
        found_bytes: u64,
    },
}

/// Stores a value in new space and gives the address.
pub fn lower<M: Memory>(
    memory: &mut M,
    value: &Value,
    of: &Type,
) -> Result<u32, LowerError<M::Error>> {
    let mut bytes = vec![0; of.size() as usize];
    encode(memory, value, of, &mut bytes)?;
    place(memory, &bytes, of.alignment())
}

/// Writes `value` as it lies in memory into `bytes`, and what it points to into the program's memory.
fn encode<M: Memory>(
    memory: &mut M,
    value: &Value,
    of: &Type,
    bytes: &mut [u8],
) -> Result<(), LowerError<M::Error>> {
    let (pointer, length) = match (value, of) {
        (Value::Primitive(primitive, bits), _) => {
            let size = primitive.size() as usize;
            bytes[..size].copy_from_slice(&bits.to_le_bytes()[..size]);
            return Ok(());
        }
        (Value::Tuple(values) | Value::Record(_, values), Type::Tuple(_) | Type::Record(_)) => {
            let types = of.parts().unwrap_or_default();
            for (value, (offset, member)) in values.iter().zip(Type::members(types)) {
                encode(memory, value, member, &mut bytes[offset as usize..])?;
            }
            return Ok(());
        }
        (Value::String(text), _) => (place(memory, text.as_bytes(), 1)?, text.len()),
        (Value::Packed(element, packed), _) => {
            let size = element.size();
            (place(memory, packed, size)?, packed.len() / size as usize)
        }
        (Value::List(values), Type::List(element)) => {
            let size = element.size() as usize;
            let mut list = vec![0; values.len() * size];
            for (value, bytes) in values.iter().zip(list.chunks_exact_mut(size)) {
                encode(memory, value, element, bytes)?;
            }
            (place(memory, &list, element.alignment())?, values.len())
        }
        (Value::List(_) | Value::Tuple(_) | Value::Record(..), _) => {
            unreachable!("values are made from the type that they are lowered with: {of}")
        }
    };
    let length = u32::try_from(length).map_err(|_| LowerError::TooLarge)?;
    bytes[..4].copy_from_slice(&pointer.to_le_bytes());
    bytes[4..8].copy_from_slice(&length.to_le_bytes());
    Ok(())
}

/// Copies bytes into new space of the program.
fn place<M: Memory>(
    memory: &mut M,
    bytes: &[u8],
    alignment: u32,
) -> Result<u32, LowerError<M::Error>> {
    let length = u32::try_from(bytes.len()).map_err(|_| LowerError::TooLarge)?;
    let pointer = memory
        .allocate(length, alignment)
        .map_err(LowerError::Allocation)?;
    let start = pointer as usize;
    let space = memory
        .contents()
        .get_mut(start..start + bytes.len())
        .ok_or(LowerError::Outside)?;
    space.copy_from_slice(bytes);
    Ok(pointer)
}

/// Reads the value at `pointer`, of at most `limit_bytes` bytes.
pub fn lift(
    memory: &[u8],
    pointer: u32,
    of: &Type,
    limit_bytes: usize,
) -> Result<Value, LiftError> {
    Lift {
        memory,
        limit_bytes,
        left_bytes: limit_bytes,
    }
    .value(pointer, of)
}

struct Lift<'memory> {
    memory: &'memory [u8],
    limit_bytes: usize,
    /// How many bytes may still be lifted.
    left_bytes: usize,
}

impl<'memory> Lift<'memory> {
    /// The bytes in a range that the program named.
    fn range(
        &mut self,
        pointer: u32,
        bytes: u64,
        alignment: u32,
    ) -> Result<&'memory [u8], LiftError> {
        if bytes == 0 {
            return Ok(&[]);
        }
        if !pointer.is_multiple_of(alignment) {
            return Err(LiftError::Misaligned { pointer });
        }
        let range = usize::try_from(bytes)
            .ok()
            .and_then(|bytes| self.memory.get(pointer as usize..)?.get(..bytes))
            .ok_or(LiftError::Outside {
                pointer,
                bytes,
                memory_bytes: self.memory.len() as u64,
            })?;
        self.left_bytes = self
            .left_bytes
            .checked_sub(range.len())
            .ok_or(LiftError::TooLarge {
                found_bytes: (self.limit_bytes - self.left_bytes + range.len()) as u64,
            })?;
        Ok(range)
    }

    /// A pointer and a length.
    fn pair(&mut self, at: u32) -> Result<(u32, u32), LiftError> {
        let bytes = self.range(at, 8, 4)?;
        let word = |from: usize| {
            u32::from_le_bytes([
                bytes[from],
                bytes[from + 1],
                bytes[from + 2],
                bytes[from + 3],
            ])
        };
        Ok((word(0), word(4)))
    }

    fn value(&mut self, at: u32, of: &Type) -> Result<Value, LiftError> {
        match of {
            Type::Primitive(primitive) => {
                let mut bytes = self
                    .range(at, primitive.size().into(), primitive.size())?
                    .to_vec();
                canonicalise(*primitive, &mut bytes);
                Ok(Value::from_bytes(*primitive, &bytes))
            }
            Type::String => {
                let (pointer, length) = self.pair(at)?;
                let bytes = self.range(pointer, length.into(), 1)?;
                let text = std::str::from_utf8(bytes).map_err(|_| LiftError::NotUtf8)?;
                Ok(Value::String(text.to_owned()))
            }
            Type::List(element) => {
                let (pointer, length) = self.pair(at)?;
                self.list(pointer, length, element)
            }
            Type::Tuple(types) => self.members(at, of, types).map(Value::Tuple),
            Type::Record(record) => self
                .members(at, of, &record.types)
                .map(|members| Value::Record(Arc::clone(&record.names), members)),
        }
    }

    fn members(&mut self, at: u32, of: &Type, types: &[Type]) -> Result<Vec<Value>, LiftError> {
        let members = Type::members(types).map(|(offset, member)| {
            let outside = LiftError::Outside {
                pointer: at,
                bytes: u64::from(of.size()),
                memory_bytes: self.memory.len() as u64,
            };
            self.value(at.checked_add(offset).ok_or(outside)?, member)
        });
        members.collect()
    }

    fn list(&mut self, pointer: u32, length: u32, element: &Type) -> Result<Value, LiftError> {
        let bytes = u64::from(length) * u64::from(element.size());
        if let Type::Primitive(primitive) = element {
            let mut packed = self.range(pointer, bytes, primitive.size())?.to_vec();
            canonicalise(*primitive, &mut packed);
            return Ok(Value::Packed(*primitive, packed));
        }
        // The whole range lies inside the memory, so no address below overflows; what the elements themselves occupy is
        // counted when each is lifted.
        let range = self.range(pointer, bytes, element.alignment())?;
        self.left_bytes += range.len();
        let members =
            (0..length).map(|index| self.value(pointer + index * element.size(), element));
        Ok(Value::List(members.collect::<Result<_, _>>()?))
    }
}
