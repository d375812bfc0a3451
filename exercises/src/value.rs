//! Arguments and results as the host sees them, outside any program's memory.
//!
//! 1. [`literal`] reads and prints them as text.
//! 2. [`memory`] lowers them into a program's memory and lifts them out of it.
//! 3. [`Value::first_difference`] says where an answer departs from the right one.

use std::sync::Arc;

use crate::signature::{Primitive, Type};

pub mod literal;
pub mod memory;
#[cfg(test)]
mod tests;

/// A value of some [`Type`]. Not-a-number has one bit pattern only, so that equality of values is equality of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A value of fixed size: its bytes, little-endian, zero-extended.
    Primitive(Primitive, u64),
    /// Text.
    String(String),
    /// A list of values of fixed size: their bytes side by side, since inputs of a million numbers are ordinary.
    Packed(Primitive, Vec<u8>),
    /// A list of anything else.
    List(Vec<Value>),
    /// A tuple.
    Tuple(Vec<Value>),
    /// A record: the names of its fields, which all values of its type share, and their values.
    Record(Arc<[String]>, Vec<Value>),
}

/// The first place at which two values differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The way to it from the outside, such as `[3].1`; empty for the whole value.
    pub place: String,
    /// What the right value has there.
    pub expected: String,
    /// What the other has there.
    pub got: String,
}

/// How many characters of a value are shown where it is one detail among others.
const DETAIL_CHARACTERS: usize = 80;

impl Value {
    /// How many bytes the value occupies, at least: what limits are counted in.
    pub fn bytes(&self) -> usize {
        match self {
            Value::Primitive(primitive, _) => primitive.size() as usize,
            Value::String(text) => text.len(),
            Value::Packed(_, bytes) => bytes.len(),
            Value::List(members) | Value::Tuple(members) | Value::Record(_, members) => {
                members.iter().map(Value::bytes).sum()
            }
        }
    }

    /// Where `other` departs from this value, both being of one type.
    pub fn first_difference(&self, other: &Value) -> Option<Difference> {
        if self == other {
            return None;
        }
        let (place, expected, got) = self.difference_in(other);
        Some(Difference {
            place,
            expected,
            got,
        })
    }

    /// The difference of two unequal values.
    fn difference_in(&self, other: &Value) -> (String, String, String) {
        let (Some(expected), Some(got)) = (self.length(), other.length()) else {
            return (
                String::new(),
                self.to_text(DETAIL_CHARACTERS),
                other.to_text(DETAIL_CHARACTERS),
            );
        };
        let unequal =
            (0..expected.min(got)).find(|&index| self.member(index) != other.member(index));
        match unequal {
            Some(index) => {
                let (place, expected, got) = self.member(index).difference_in(&other.member(index));
                let step = match self {
                    Value::Tuple(_) => format!(".{index}"),
                    Value::Record(names, _) => format!(".{}", names[index]),
                    _ => format!("[{index}]"),
                };
                (step + &place, expected, got)
            }
            None => (
                String::new(),
                format!("{expected} elements"),
                format!("{got} elements"),
            ),
        }
    }

    /// How many members a list, tuple or record has.
    fn length(&self) -> Option<usize> {
        match self {
            Value::Primitive(..) | Value::String(_) => None,
            Value::Packed(element, bytes) => Some(bytes.len() / element.size() as usize),
            Value::List(members) | Value::Tuple(members) | Value::Record(_, members) => {
                Some(members.len())
            }
        }
    }

    /// The member with this index, which is smaller than [`Value::length`].
    fn member(&self, index: usize) -> Value {
        match self {
            Value::Packed(element, bytes) => {
                let size = element.size() as usize;
                Value::from_bytes(*element, &bytes[index * size..][..size])
            }
            Value::List(members) | Value::Tuple(members) | Value::Record(_, members) => {
                members[index].clone()
            }
            Value::Primitive(..) | Value::String(_) => self.clone(),
        }
    }

    /// The primitive with these bytes, of which there are as many as it is long.
    fn from_bytes(primitive: Primitive, bytes: &[u8]) -> Value {
        let mut word = [0; 8];
        word[..bytes.len()].copy_from_slice(bytes);
        Value::Primitive(primitive, u64::from_le_bytes(word))
    }

    /// The empty list with elements of this type.
    fn list_of(element: &Type, members: Vec<Value>) -> Value {
        let Type::Primitive(primitive) = element else {
            return Value::List(members);
        };
        let mut bytes = Vec::with_capacity(members.len() * primitive.size() as usize);
        for member in members {
            if let Value::Primitive(_, bits) = member {
                bytes.extend_from_slice(&bits.to_le_bytes()[..primitive.size() as usize]);
            }
        }
        Value::Packed(*primitive, bytes)
    }
}

/// Gives every not-a-number among these packed values one bit pattern, and every true the value 1.
fn canonicalise(primitive: Primitive, bytes: &mut [u8]) {
    match primitive {
        Primitive::Bool => bytes
            .iter_mut()
            .for_each(|byte| *byte = u8::from(*byte != 0)),
        Primitive::F32 => {
            let (numbers, _) = bytes.as_chunks_mut::<4>();
            for number in numbers
                .iter_mut()
                .filter(|number| f32::from_le_bytes(**number).is_nan())
            {
                *number = f32::NAN.to_le_bytes();
            }
        }
        Primitive::F64 => {
            let (numbers, _) = bytes.as_chunks_mut::<8>();
            for number in numbers
                .iter_mut()
                .filter(|number| f64::from_le_bytes(**number).is_nan())
            {
                *number = f64::NAN.to_le_bytes();
            }
        }
        _ => {}
    }
}
