//! One file on its way in: its pieces are sealed and written to the disk as they come. It never holds the whole, and computes
//! only while it is handed a piece, so that a sender who pauses keeps no thread.

use std::{
    fs::File,
    io::{self, Write},
};

use domain::{
    kernel::ids::TenderId,
    offer::{FileFault, FileKind},
};
use seal::{Context, Digests, Recipient, SealError, Sealer};
use sha2::{Digest as _, Sha256};

use super::{
    kind::{self, HEAD, Passed, TAIL},
    vault,
};
use crate::{
    Error, Services,
    store::{audit::hex, sealed_files::Partial},
};

/// Dropped before [`Strongbox::close`], it leaves nothing on the disk.
pub(super) struct Strongbox {
    partial: Partial,
    out: Out,
    seen: Seen,
}

/// A file whose sealed bytes are on the disk.
pub(super) struct Stored {
    pub(super) kind: FileKind,
    pub(super) size: u64,
    pub(super) sha256: String,
    pub(super) digests: Digests,
}

/// Where the sealed bytes go.
enum Out {
    Sealed(Box<Sealer<File>>),
    /// For the test that proves that it sees what is not sealed.
    Clear {
        file: File,
        sha256: Sha256,
        length: u64,
    },
}

impl Strongbox {
    pub(super) fn begin(
        services: &Services,
        tender: TenderId,
        recipient: &Recipient,
        context: &Context,
    ) -> Result<Self, Error> {
        let (partial, file) = Partial::create(services, tender)?;
        let out = if services.seals() {
            let salt = crate::secret::random_bytes();
            Out::Sealed(Box::new(Sealer::begin(recipient, context, &salt, file).map_err(vault::of_a_key)?))
        } else {
            Out::Clear { file, sha256: Sha256::new(), length: 0 }
        };
        Ok(Self { partial, out, seen: Seen::default() })
    }

    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.seen.pass(bytes);
        self.out.push(bytes)
    }

    /// All came. What it is is looked at, then its sealed bytes stand under their hash.
    pub(super) fn close(self, name: &str) -> Result<Result<Stored, FileFault>, Error> {
        let kind = match kind::kind_of(name, &self.seen.passed()) {
            Ok(kind) => kind,
            Err(fault) => return Ok(Err(fault)),
        };
        let (file, digests) = self.out.finish()?;
        self.partial.keep(&file, &hex(&digests.sealed))?;
        let sha256 = hex(&self.seen.sha256.finalize());
        Ok(Ok(Stored { kind, size: self.seen.size, sha256, digests }))
    }
}

/// What went by: enough to tell what it is.
struct Seen {
    head: Vec<u8>,
    tail: Vec<u8>,
    size: u64,
    sha256: Sha256,
    is_text: bool,
}

impl Default for Seen {
    fn default() -> Self {
        Self { head: Vec::new(), tail: Vec::new(), size: 0, sha256: Sha256::new(), is_text: true }
    }
}

impl Seen {
    fn pass(&mut self, bytes: &[u8]) {
        self.size += bytes.len() as u64;
        self.sha256.update(bytes);
        self.is_text &= bytes.iter().copied().all(kind::is_of_a_text);
        let missing = HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(&bytes[..missing]);
        self.tail.extend_from_slice(bytes);
        // Twice the tail before it is cut: each byte moves once.
        if self.tail.len() > 2 * TAIL {
            self.tail.drain(..self.tail.len() - TAIL);
        }
    }

    fn passed(&self) -> Passed<'_> {
        Passed { head: &self.head, tail: &self.tail, size: self.size, is_text: self.is_text }
    }
}

impl Out {
    fn push(&mut self, bytes: &[u8]) -> Result<(), Error> {
        match self {
            Self::Sealed(sealer) => sealer.push(bytes).map_err(vault::of_a_key),
            Self::Clear { file, sha256, length } => {
                sha256.update(bytes);
                *length += bytes.len() as u64;
                Ok(file.write_all(bytes)?)
            }
        }
    }

    fn finish(self) -> Result<(File, Digests), Error> {
        match self {
            Self::Sealed(sealer) => sealer.finish().map_err(vault::of_a_key),
            Self::Clear { mut file, sha256, length } => {
                file.flush()?;
                let hash: [u8; 32] = sha256.finalize().into();
                Ok((file, Digests { sealed: hash, commitment: hash, length }))
            }
        }
    }
}

/// Opens the sealed file into `out`, piece by piece; gives the commitment.
pub(super) fn unseal(
    seals: bool,
    identity: &seal::Identity,
    context: &Context,
    place: &std::path::Path,
    out: &mut impl Write,
) -> Result<[u8; 32], SealError> {
    let file = io::BufReader::with_capacity(128 * 1024, File::open(place)?);
    if seals {
        return seal::open_into(identity, context, file, out);
    }
    let bytes = std::fs::read(place)?;
    out.write_all(&bytes)?;
    Ok(Sha256::digest(&bytes).into())
}
