//! Numbers and texts as bytes, and back.
//!
//! Invariant: what was not written by [`Writer`] is refused by [`Reader`]: a sum over all bytes stands at the end, and no length that
//! is read makes room for more than the bytes that are left.

use std::hash::{BuildHasher as _, Hasher as _};
use std::ops::Range;

const MAGIC: &[u8] = b"diptych\n";

/// Puts together.
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// Of a version, with room for some bytes.
    pub fn new(version: u64, room: usize) -> Self {
        let mut writer = Self {
            bytes: Vec::with_capacity(room + MAGIC.len() + 32),
        };
        writer.bytes.extend_from_slice(MAGIC);
        writer.number(version);
        writer
    }

    /// A number, by seven bits from the lowest.
    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// A fraction.
    pub fn fraction(&mut self, fraction: f32) {
        self.bytes.extend_from_slice(&fraction.to_le_bytes());
    }

    /// A text, after its length.
    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// A text that may be missing.
    pub fn stated(&mut self, text: Option<&str>) {
        self.number(u64::from(text.is_some()));
        if let Some(text) = text {
            self.text(text);
        }
    }

    /// Things, after their number.
    pub fn list<T>(&mut self, things: &[T], write: impl Fn(&mut Self, &T)) {
        self.number(things.len() as u64);
        for thing in things {
            write(self, thing);
        }
    }

    /// What something writes, after its length: a part that can be read apart from the rest.
    pub fn part(&mut self, write: impl FnOnce(&mut Self)) {
        let before = std::mem::take(&mut self.bytes);
        write(self);
        let part = std::mem::replace(&mut self.bytes, before);
        self.number(part.len() as u64);
        self.bytes.extend_from_slice(&part);
    }

    /// All bytes, with their sum.
    pub fn finish(mut self) -> Vec<u8> {
        let sum = sum(&self.bytes);
        self.bytes.extend_from_slice(&sum.to_le_bytes());
        self.bytes
    }
}

/// Takes apart; everything is `None` where the bytes do not fit.
#[derive(Clone)]
pub struct Reader<'b> {
    rest: &'b [u8],
    /// Where the rest ends in all bytes.
    end: usize,
}

impl<'b> Reader<'b> {
    /// Of bytes that are whole and of this version.
    pub fn new(bytes: &'b [u8], version: u64) -> Option<Self> {
        let (body, written) = bytes.split_last_chunk::<8>()?;
        let rest = body.strip_prefix(MAGIC)?;
        let mut reader = Self {
            rest,
            end: body.len(),
        };
        (reader.number()? == version && sum(body) == u64::from_le_bytes(*written)).then_some(reader)
    }

    /// As [`Writer::number`] wrote it.
    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// Of what stands between two places in bytes that were found to be whole before.
    pub fn within(bytes: &'b [u8], places: Range<usize>) -> Option<Self> {
        Some(Self {
            end: places.end,
            rest: bytes.get(places)?,
        })
    }

    /// A number of 32 bits.
    pub fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    /// As [`Writer::fraction`] wrote it.
    pub fn fraction(&mut self) -> Option<f32> {
        let (bytes, rest) = self.rest.split_first_chunk::<4>()?;
        self.rest = rest;
        Some(f32::from_le_bytes(*bytes))
    }

    /// As [`Writer::text`] wrote it.
    pub fn text(&mut self) -> Option<String> {
        Some(self.text_there()?.to_owned())
    }

    /// A text where it stands.
    pub fn text_there(&mut self) -> Option<&'b str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    /// As [`Writer::stated`] wrote it.
    #[expect(
        clippy::option_option,
        reason = "what cannot be read, and a text that is missing"
    )]
    pub fn stated(&mut self) -> Option<Option<String>> {
        Some(self.stated_there()?.map(str::to_owned))
    }

    /// A text that may be missing, where it stands.
    #[expect(
        clippy::option_option,
        reason = "what cannot be read, and a text that is missing"
    )]
    pub fn stated_there(&mut self) -> Option<Option<&'b str>> {
        match self.number()? {
            0 => Some(None),
            1 => Some(Some(self.text_there()?)),
            _ => None,
        }
    }

    /// As [`Writer::part`] wrote it.
    pub fn part(&mut self) -> Option<Self> {
        let rest = self.bytes()?;
        Some(Self {
            rest,
            end: self.place(),
        })
    }

    /// The places of all that is left.
    pub fn places(&self) -> Range<usize> {
        self.place()..self.end
    }

    /// Bytes after their number.
    fn bytes(&mut self) -> Option<&'b [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(bytes)
    }

    /// As [`Writer::list`] wrote it, each thing given to `take`.
    pub fn each<T>(
        &mut self,
        read: impl Fn(&mut Self) -> Option<T>,
        mut take: impl FnMut(T),
    ) -> Option<()> {
        for _ in 0..self.number()? {
            take(read(self)?);
        }
        Some(())
    }

    /// As [`Writer::list`] wrote it.
    pub fn list<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = usize::try_from(self.number()?).ok()?;
        // Each takes a byte at least.
        let mut list = Vec::with_capacity(count.min(self.rest.len()));
        for _ in 0..count {
            list.push(read(self)?);
        }
        Some(list)
    }

    /// Where in all bytes it stands.
    pub fn place(&self) -> usize {
        self.end - self.rest.len()
    }

    /// Whether everything was read.
    pub fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }
}

/// Against damage, not against malice: who can write the file can write anything. Not kept across versions of the crate, whose
/// catalogues count as damaged then.
fn sum(bytes: &[u8]) -> u64 {
    let mut hasher = foldhash::quality::FixedState::with_seed(0x0064_6970_7479_6368).build_hasher();
    hasher.write(bytes);
    hasher.finish()
}
