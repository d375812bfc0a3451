//! The parser behind [`Signature::from_str`](super::Signature).

use std::sync::Arc;

use super::{Parameter, Primitive, Record, Signature, Type};

/// More nesting than any exercise needs, and less than would overflow the stack.
const DEEPEST_NESTING: u32 = 8;

/// Why a signature cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SignatureError {
    /// Where in the signature's text, as characters from 0.
    pub at: usize,
    /// What was found and what was expected.
    pub message: String,
}

pub(super) fn signature(text: &str) -> Result<Signature, SignatureError> {
    let mut parser = Parser {
        text,
        at: 0,
        records: Vec::new(),
    };
    // A function may be named `record`, too.
    let mut name = parser.name()?;
    while name == "record" && !parser.rest().starts_with(':') {
        let record = parser.record()?;
        parser.records.push(Arc::new(record));
        name = parser.name()?;
    }
    parser.expect(":")?;
    parser.expect("func")?;
    parser.expect("(")?;
    let mut parameters: Vec<Parameter> = Vec::new();
    loop {
        let name = parser.name()?;
        if parameters.iter().any(|parameter| parameter.name == name) {
            return Err(parser.error(format!("two parameters are named `{name}`")));
        }
        parser.expect(":")?;
        parameters.push(Parameter {
            name,
            of: parser.kind(0)?,
        });
        if !parser.accept(",") {
            break;
        }
    }
    parser.expect(")")?;
    parser.expect("->")?;
    let result = parser.kind(0)?;
    match parser.rest() {
        "" => Ok(Signature {
            records: parser.records,
            name,
            parameters,
            result,
        }),
        rest => Err(parser.error(format!("`{rest}` stands behind the end of the signature"))),
    }
}

struct Parser<'text> {
    text: &'text str,
    /// How many bytes have been read.
    at: usize,
    /// The records that have been read.
    records: Vec<Arc<Record>>,
}

impl<'text> Parser<'text> {
    fn rest(&mut self) -> &'text str {
        let rest = &self.text[self.at..];
        let trimmed = rest.trim_start();
        self.at += rest.len() - trimmed.len();
        trimmed
    }

    fn error(&self, message: String) -> SignatureError {
        SignatureError {
            at: self.text[..self.at].chars().count(),
            message,
        }
    }

    fn accept(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn expect(&mut self, token: &str) -> Result<(), SignatureError> {
        if self.accept(token) {
            return Ok(());
        }
        let found: String = self.rest().chars().take(12).collect();
        let found = if found.is_empty() {
            "the end".to_owned()
        } else {
            format!("`{found}`")
        };
        Err(self.error(format!("expected `{token}`, found {found}")))
    }

    fn name(&mut self) -> Result<String, SignatureError> {
        let rest = self.rest();
        let end = rest
            .find(|character: char| {
                !(character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-')
            })
            .unwrap_or(rest.len());
        let name = &rest[..end];
        let well_formed = name
            .split('-')
            .all(|word| word.starts_with(|first: char| first.is_ascii_lowercase()));
        if !well_formed {
            return Err(
                self.error("expected a name in kebab case, such as `answer-all`".to_owned())
            );
        }
        self.at += end;
        Ok(name.to_owned())
    }

    /// A record behind the word that introduces it.
    fn record(&mut self) -> Result<Record, SignatureError> {
        let name = self.name()?;
        let known = |record: &Arc<Record>| record.name == name;
        if self.records.iter().any(known) || is_taken(&name) {
            return Err(self.error(format!("there is already a type named `{name}`")));
        }
        self.expect("{")?;
        let (mut names, mut types) = (Vec::new(), Vec::new());
        loop {
            let field = self.name()?;
            if names.contains(&field) {
                return Err(self.error(format!("two fields are named `{field}`")));
            }
            self.expect(":")?;
            names.push(field);
            types.push(self.kind(0)?);
            // As in WIT, a comma may stand behind the last one.
            if !self.accept(",") || self.rest().starts_with('}') {
                break;
            }
        }
        self.expect("}")?;
        Ok(Record {
            name,
            names: names.into(),
            types,
        })
    }

    fn kind(&mut self, depth: u32) -> Result<Type, SignatureError> {
        if depth > DEEPEST_NESTING {
            return Err(self.error(format!("types are nested more than {DEEPEST_NESTING} deep")));
        }
        let start = self.at;
        let name = self.name()?;
        if let Some(primitive) = Primitive::ALL
            .into_iter()
            .find(|primitive| primitive.name() == name)
        {
            return Ok(Type::Primitive(primitive));
        }
        match name.as_str() {
            "string" => Ok(Type::String),
            "list" => {
                self.expect("<")?;
                let element = self.kind(depth + 1)?;
                self.expect(">")?;
                Ok(Type::List(Box::new(element)))
            }
            "tuple" => {
                self.expect("<")?;
                let mut members = vec![self.kind(depth + 1)?];
                while self.accept(",") {
                    members.push(self.kind(depth + 1)?);
                }
                self.expect(">")?;
                Ok(Type::Tuple(members))
            }
            _ => {
                if let Some(record) = self.records.iter().find(|record| record.name == name) {
                    return Ok(Type::Record(Arc::clone(record)));
                }
                self.at = start;
                self.rest();
                Err(self.error(format!(
                    "`{name}` is not a type; there are bool, s8, u8, s16, u16, s32, u32, s64, u64, f32, f64, string, \
                     list<…>, tuple<…> and the records declared before"
                )))
            }
        }
    }
}

/// Whether a record cannot have this name because there is a type with it.
fn is_taken(name: &str) -> bool {
    let built_in = ["string", "list", "tuple"];
    let primitives = Primitive::ALL.map(Primitive::name);
    built_in.contains(&name) || primitives.contains(&name)
}
