//! The wire format of protocol buffers, as much of it as `.osm.pbf` needs.
//!
//! It reads borrowed bytes and builds no tree of messages: a block of 32 MiB made of empty messages costs no memory, and
//! every bad byte is a reason, not a panic.

/// Why bytes are not what they should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Broken(pub(super) &'static str);

/// The value of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// A number of variable length, as it stands.
    Number(u64),
    /// A text, a message or packed numbers.
    Bytes(&'a [u8]),
    /// Four or eight bytes, which no field that we read has.
    Fixed,
}

impl<'a> Value<'a> {
    /// The number, or the reason why it is none.
    pub(super) fn number(self) -> Result<u64, Broken> {
        match self {
            Self::Number(number) => Ok(number),
            _ => Err(Broken("a field that should be a number is none")),
        }
    }

    /// The bytes, or the reason why there are none.
    pub(super) fn bytes(self) -> Result<&'a [u8], Broken> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            _ => Err(Broken("a field that should hold bytes is a number")),
        }
    }
}

/// The fields of a message, one after the other; after a broken one there are no more.
#[derive(Debug, Clone)]
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Value<'a>), Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_err() {
            self.0 = &[];
        }
        Some(field)
    }
}

impl<'a> Fields<'a> {
    fn field(&mut self) -> Result<(u64, Value<'a>), Broken> {
        let tag = varint(&mut self.0)?;
        let value = match tag & 7 {
            0 => Value::Number(varint(&mut self.0)?),
            1 => {
                self.take(8)?;
                Value::Fixed
            }
            2 => {
                let length = varint(&mut self.0)?;
                Value::Bytes(self.take(length)?)
            }
            5 => {
                self.take(4)?;
                Value::Fixed
            }
            _ => return Err(Broken("a field has a wire type that protocol buffers do not have here")),
        };
        Ok((tag >> 3, value))
    }

    fn take(&mut self, length: u64) -> Result<&'a [u8], Broken> {
        let split = usize::try_from(length).ok().and_then(|n| self.0.split_at_checked(n));
        let (taken, rest) = split.ok_or(Broken("a field is longer than the message it stands in"))?;
        self.0 = rest;
        Ok(taken)
    }
}

/// A number of variable length, seven bits a byte.
#[inline]
pub(super) fn varint(bytes: &mut &[u8]) -> Result<u64, Broken> {
    let mut number = 0;
    for (i, byte) in bytes.iter().take(10).enumerate() {
        number |= u64::from(byte & 0x7f) << (7 * i);
        if *byte < 0x80 {
            *bytes = &bytes[i + 1..];
            return Ok(number);
        }
    }
    Err(Broken(if bytes.len() < 10 { "a number has no end" } else { "a number is longer than ten bytes" }))
}

/// A signed number from its folded form: 0, -1, 1, -2 …
#[inline]
pub(super) fn unfold(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

/// Packed numbers.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Packed<'a>(pub(super) &'a [u8]);

impl Packed<'_> {
    /// The next number.
    #[inline]
    pub(super) fn next(&mut self) -> Result<Option<u64>, Broken> {
        if self.0.is_empty() { Ok(None) } else { varint(&mut self.0).map(Some) }
    }

    /// How many numbers there are.
    pub(super) fn count(self) -> usize {
        self.0.iter().filter(|b| **b < 0x80).count()
    }
}

/// Packed numbers, each of which is the difference to the one before it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Deltas<'a> {
    numbers: Packed<'a>,
    sum: i64,
}

impl<'a> Deltas<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { numbers: Packed(bytes), sum: 0 }
    }

    /// The next sum.
    #[inline]
    pub(super) fn next(&mut self) -> Result<Option<i64>, Broken> {
        let Some(number) = self.numbers.next()? else { return Ok(None) };
        let sum = self.sum.checked_add(unfold(number));
        self.sum = sum.ok_or(Broken("a difference leads beyond the numbers of 64 bits"))?;
        Ok(Some(self.sum))
    }

    /// How many there are.
    pub(super) fn count(self) -> usize {
        self.numbers.count()
    }
}

/// Sets a field that may stand once.
///
/// A packed field may by the letter of the format be cut into several, but no writer does so, and half of a list of
/// references would be worse than a refusal.
pub(super) fn once<'a>(field: &mut Option<&'a [u8]>, value: Value<'a>) -> Result<(), Broken> {
    match field.replace(value.bytes()?) {
        None => Ok(()),
        Some(_) => Err(Broken("a list is cut into several, which no known writer does")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_folded() {
        let mut bytes: &[u8] = &[0xac, 0x02, 0x01];
        assert_eq!(varint(&mut bytes), Ok(300));
        assert_eq!(bytes, [0x01]);
        assert_eq!([0, 1, 2, 3, u64::MAX].map(unfold), [0, -1, 1, -2, i64::MIN]);
    }

    #[test]
    fn what_has_no_end_is_a_reason() {
        assert_eq!(varint(&mut &[0x80; 9][..]), Err(Broken("a number has no end")));
        assert_eq!(varint(&mut &[0x80; 11][..]), Err(Broken("a number is longer than ten bytes")));
        assert!(Fields(&[0x0a, 0x05, 1]).next().unwrap().is_err());
        assert_eq!(Fields(&[0x0b]).count(), 1);
    }

    #[test]
    fn a_sum_beyond_64_bits_is_a_reason() {
        let most = [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        let bytes: Vec<u8> = most.iter().chain(&[0x02]).copied().collect();
        let mut deltas = Deltas::new(&bytes);
        assert_eq!(deltas.next(), Ok(Some(i64::MAX)));
        assert!(deltas.next().is_err());
    }
}
