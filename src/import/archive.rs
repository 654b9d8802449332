//! Zip archives: what is in one, read entry by entry within bounds.
//!
//! Invariant: an entry's name never names a place on disk; it is only shown. No entry is unpacked further than its bound and that of the
//! whole archive, whatever it states of its size.

use memchr::memmem;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;
use zip::result::ZipError;

/// Entries an archive may have.
const MAX_ENTRIES: usize = 50_000;
/// Bytes that an archive may unpack to, all its entries that are read together.
pub(super) const MAX_UNPACKED: u64 = 1 << 30;
/// Bytes that an entry may unpack to.
pub(super) const MAX_ENTRY: u64 = 256 << 20;
/// How many times larger than packed an entry may be; text comes to 20, a row of equal bytes to 1000.
const MAX_RATIO: u64 = 250;
/// Bytes up to which the ratio does not count.
const FREE_BYTES: u64 = 4 << 20;

const TOO_MANY: &str = "the archive has more than 50000 entries; unpack it and import parts of it";

/// An archive.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes unpacked so far.
    unpacked: u64,
}

/// Why there is nothing to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unpackable {
    /// It is damaged, protected, or packed by a method that is not read: which.
    Not(&'static str),
    /// It breaks a bound: which.
    TooMuch(&'static str),
}

impl<'a> Archive<'a> {
    /// Opens an archive.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Unpackable> {
        // Counted before its table is built: each entry of it costs ten times its bytes.
        if memmem::find_iter(bytes, b"PK\x01\x02")
            .nth(MAX_ENTRIES)
            .is_some()
        {
            return Err(Unpackable::TooMuch(TOO_MANY));
        }
        let zip = super::guard::call(|| ZipArchive::new(Cursor::new(bytes)))
            .and_then(Result::ok)
            .ok_or(Unpackable::Not(
                "its table of contents is missing or damaged: the file may be cut short",
            ))?;
        if zip.len() > MAX_ENTRIES {
            return Err(Unpackable::TooMuch(TOO_MANY));
        }
        Ok(Self { zip, unpacked: 0 })
    }

    /// The names of its entries, in the order of its table, `/` between folders; folders end with one.
    pub fn names(&self) -> Vec<String> {
        (0..self.zip.len())
            .map(|at| match self.zip.name_for_index(at) {
                Some(Ok(name)) => name.replace('\\', "/"),
                Some(Err(_)) | None => format!("entry {}", at + 1),
            })
            .collect()
    }

    /// All of an entry, of at most `limit` bytes.
    pub fn read(&mut self, at: usize, limit: u64) -> Result<Vec<u8>, Unpackable> {
        let unpacked = &mut self.unpacked;
        let zip = &mut self.zip;
        super::guard::call(|| unpack(zip, at, limit, unpacked))
            .unwrap_or(Err(Unpackable::Not("it is damaged")))
    }
}

fn unpack(
    zip: &mut ZipArchive<Cursor<&[u8]>>,
    at: usize,
    limit: u64,
    unpacked: &mut u64,
) -> Result<Vec<u8>, Unpackable> {
    let mut entry = zip.by_index(at).map_err(|error| {
        Unpackable::Not(match error {
            ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => {
                "it is protected by a password"
            }
            ZipError::UnsupportedArchive(_) => "it is packed by a method that is not read",
            _ => "it is damaged",
        })
    })?;
    let packed = entry.compressed_size().max(1);
    let limit = limit.min(MAX_ENTRY);
    let mut bytes = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = entry
            .read(&mut buffer)
            .map_err(|_| Unpackable::Not("it is damaged"))?;
        if read == 0 {
            return Ok(bytes);
        }
        bytes.extend_from_slice(&buffer[..read]);
        *unpacked += read as u64;
        let length = bytes.len() as u64;
        if length > limit {
            return Err(Unpackable::TooMuch("it is too large unpacked"));
        }
        if length > FREE_BYTES && length / packed > MAX_RATIO {
            return Err(Unpackable::TooMuch(
                "it unpacks to more than 250 times its size, as no text does",
            ));
        }
        if *unpacked > MAX_UNPACKED {
            return Err(Unpackable::TooMuch(
                "the archive unpacks to more than 1 GB; unpack it and import parts of it",
            ));
        }
    }
}
