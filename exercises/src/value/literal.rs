//! Values as text, in the notation of WAVE (WebAssembly Value Encoding): `7`, `-1.5`, `true`, `"text"`, `[1, 2]`,
//! `(1, "one")`, `{x: 1.0, y: 2.0}`.

use std::fmt::Write as _;
use std::sync::Arc;

use super::{Value, canonicalise};
use crate::signature::{Primitive, Type};

/// Why a text is not a value of the type asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct LiteralError {
    /// Where in the text, as characters from 0.
    pub at: usize,
    /// What was found and what was expected.
    pub message: String,
}

impl Value {
    /// Reads a value of this type.
    pub fn from_text(text: &str, of: &Type) -> Result<Value, LiteralError> {
        let mut reader = Reader { text, at: 0 };
        let value = reader.value(of)?;
        match reader.rest() {
            "" => Ok(value),
            _ => Err(reader.error(format!("expected nothing behind a value of type `{of}`"))),
        }
    }

    /// The value as text of at most about `limit` characters; what is longer ends in an ellipsis.
    pub fn to_text(&self, limit: usize) -> String {
        let mut text = String::new();
        self.print(limit, &mut text);
        match text.char_indices().nth(limit) {
            Some((cut, _)) => text[..cut].to_owned() + "…",
            None => text,
        }
    }

    /// Appends the value to `text`, and stops when that is longer than `limit` bytes.
    fn print(&self, limit: usize, text: &mut String) {
        match self {
            Value::Primitive(primitive, bits) => text.push_str(&number(*primitive, *bits)),
            Value::String(string) => {
                let shown: String = string.chars().take(limit).collect();
                write!(text, "{shown:?}").expect("writing to a string cannot fail");
            }
            Value::Packed(..) | Value::List(_) => self.print_members(limit, text, ('[', ']')),
            Value::Tuple(_) => self.print_members(limit, text, ('(', ')')),
            Value::Record(..) => self.print_members(limit, text, ('{', '}')),
        }
    }

    fn print_members(&self, limit: usize, text: &mut String, (open, close): (char, char)) {
        text.push(open);
        for index in 0..self.length().unwrap_or(0) {
            if index > 0 {
                text.push_str(", ");
            }
            if text.len() > limit {
                return;
            }
            if let Value::Record(names, _) = self {
                text.push_str(&names[index]);
                text.push_str(": ");
            }
            self.member(index).print(limit, text);
        }
        text.push(close);
    }
}

/// A number as text; of floats the shortest text that reads back as the same number.
fn number(primitive: Primitive, bits: u64) -> String {
    match primitive {
        Primitive::Bool => (bits != 0).to_string(),
        Primitive::S8 => (bits as i8).to_string(),
        Primitive::S16 => (bits as i16).to_string(),
        Primitive::S32 => (bits as i32).to_string(),
        Primitive::S64 => (bits as i64).to_string(),
        Primitive::U8 | Primitive::U16 | Primitive::U32 | Primitive::U64 => bits.to_string(),
        Primitive::F32 => format!("{:?}", f32::from_bits(bits as u32)),
        Primitive::F64 => format!("{:?}", f64::from_bits(bits)),
    }
}

struct Reader<'text> {
    text: &'text str,
    /// How many bytes have been read.
    at: usize,
}

impl<'text> Reader<'text> {
    fn rest(&mut self) -> &'text str {
        let rest = &self.text[self.at..];
        let trimmed = rest.trim_start();
        self.at += rest.len() - trimmed.len();
        trimmed
    }

    fn error(&self, message: String) -> LiteralError {
        LiteralError {
            at: self.text[..self.at].chars().count(),
            message,
        }
    }

    fn accept(&mut self, token: char) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len_utf8();
        }
        found
    }

    fn expect(&mut self, token: char) -> Result<(), LiteralError> {
        if self.accept(token) {
            Ok(())
        } else {
            Err(self.error(format!("expected `{token}`")))
        }
    }

    fn value(&mut self, of: &Type) -> Result<Value, LiteralError> {
        match of {
            Type::Primitive(primitive) => self.number(*primitive),
            Type::String => self.string(),
            Type::List(element) => {
                self.expect('[')?;
                let mut members = Vec::new();
                while !self.accept(']') {
                    if !members.is_empty() {
                        self.expect(',')?;
                    }
                    members.push(self.value(element)?);
                }
                Ok(Value::list_of(element, members))
            }
            Type::Tuple(types) => {
                self.expect('(')?;
                let mut members = Vec::new();
                for (index, member) in types.iter().enumerate() {
                    if index > 0 {
                        self.expect(',')?;
                    }
                    members.push(self.value(member)?);
                }
                self.expect(')')?;
                Ok(Value::Tuple(members))
            }
            Type::Record(record) => {
                self.expect('{')?;
                let mut members = Vec::new();
                for (index, (name, member)) in record.names.iter().zip(&record.types).enumerate() {
                    if index > 0 {
                        self.expect(',')?;
                    }
                    self.field(name)?;
                    members.push(self.value(member)?);
                }
                self.expect('}')?;
                Ok(Value::Record(Arc::clone(&record.names), members))
            }
        }
    }

    /// The name of a field, which stand in the order of their declaration.
    fn field(&mut self, name: &str) -> Result<(), LiteralError> {
        match self.rest().strip_prefix(name).map(str::trim_start) {
            Some(rest) if rest.starts_with(':') => {
                self.at = self.text.len() - rest.len() + 1;
                Ok(())
            }
            _ => Err(self.error(format!("expected `{name}:`"))),
        }
    }

    fn number(&mut self, primitive: Primitive) -> Result<Value, LiteralError> {
        let rest = self.rest();
        let end = rest
            .find(|character: char| {
                !(character.is_ascii_alphanumeric() || "+-._".contains(character))
            })
            .unwrap_or(rest.len());
        let digits = rest[..end].replace('_', "");
        let bits = match primitive {
            Primitive::Bool => digits.parse::<bool>().ok().map(u64::from),
            Primitive::S8 => digits
                .parse::<i8>()
                .ok()
                .map(|number| u64::from(number as u8)),
            Primitive::S16 => digits
                .parse::<i16>()
                .ok()
                .map(|number| u64::from(number as u16)),
            Primitive::S32 => digits
                .parse::<i32>()
                .ok()
                .map(|number| u64::from(number as u32)),
            Primitive::S64 => digits.parse::<i64>().ok().map(|number| number as u64),
            Primitive::U8 => digits.parse::<u8>().ok().map(u64::from),
            Primitive::U16 => digits.parse::<u16>().ok().map(u64::from),
            Primitive::U32 => digits.parse::<u32>().ok().map(u64::from),
            Primitive::U64 => digits.parse::<u64>().ok(),
            Primitive::F32 => digits
                .parse::<f32>()
                .ok()
                .map(|number| u64::from(number.to_bits())),
            Primitive::F64 => digits.parse::<f64>().ok().map(f64::to_bits),
        };
        let Some(bits) = bits else {
            return Err(self.error(format!(
                "`{}` is not a value of type `{}`",
                &rest[..end],
                primitive.name()
            )));
        };
        self.at += end;
        let mut bytes = bits.to_le_bytes();
        let bytes = &mut bytes[..primitive.size() as usize];
        canonicalise(primitive, bytes);
        Ok(Value::from_bytes(primitive, bytes))
    }

    /// A string with JSON's escapes, which are read by `serde_json`.
    fn string(&mut self) -> Result<Value, LiteralError> {
        let rest = self.rest();
        let mut strings = serde_json::Deserializer::from_str(rest).into_iter::<String>();
        match strings.next() {
            Some(Ok(string)) => {
                self.at += strings.byte_offset();
                Ok(Value::String(string))
            }
            _ => {
                Err(self.error("expected a text in double quotes, with JSON's escapes".to_owned()))
            }
        }
    }
}
