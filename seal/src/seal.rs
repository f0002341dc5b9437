use std::io::{self, Write};

use sha2::{Digest, Sha256};

use crate::{
    Context, Recipient, SealError,
    frame::{self, SALT},
};

/// 32 random bytes, drawn by the caller. They keep a short offer from being guessed out of its commitment.
pub type Salt = [u8; SALT];

/// What is known of a sealed thing without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digests {
    /// SHA-256 of the sealed bytes.
    pub sealed: [u8; 32],
    /// SHA-256 of the context, the salt and the content: the same when it is opened, if it is what was sealed.
    pub commitment: [u8; 32],
    /// Length of the sealed bytes; it differs a little from one sealing to the next.
    pub length: u64,
}

/// A small sealed content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    pub bytes: Vec<u8>,
    pub digests: Digests,
}

/// Seals a content that is in memory.
///
/// # Errors
/// [`SealError`] when age can't write.
pub fn seal(recipient: &Recipient, context: &Context, salt: &Salt, clear: &[u8]) -> Result<Sealed, SealError> {
    let mut sealer = Sealer::begin(recipient, context, salt, Vec::new())?;
    sealer.push(clear)?;
    let (bytes, digests) = sealer.finish()?;
    Ok(Sealed { bytes, digests })
}

/// Seals a stream: clear bytes in, sealed bytes out to `W`, 64 KiB at a time and never whole in memory.
pub struct Sealer<W: Write> {
    age: age::stream::StreamWriter<Hashing<W>>,
    commitment: Sha256,
    /// Bytes of the frame so far.
    length: u64,
}

impl<W: Write> Sealer<W> {
    /// # Errors
    /// [`SealError`] when age can't write.
    pub fn begin(recipient: &Recipient, context: &Context, salt: &Salt, out: W) -> Result<Self, SealError> {
        let recipient: &dyn age::Recipient = recipient.age();
        let encryptor = age::Encryptor::with_recipients(std::iter::once(recipient)).map_err(|_| SealError::Key)?;
        let age = encryptor.wrap_output(Hashing { out, sha256: Sha256::new(), length: 0 })?;
        let mut sealer = Self { age, commitment: Sha256::new(), length: 0 };
        sealer.push(&frame::head(context, salt))?;
        Ok(sealer)
    }

    /// # Errors
    /// [`SealError`] when `W` can't write.
    pub fn push(&mut self, clear: &[u8]) -> Result<(), SealError> {
        self.commitment.update(clear);
        self.length += clear.len() as u64;
        Ok(self.age.write_all(clear)?)
    }

    /// Pads and closes. What was sealed without this does not open.
    ///
    /// # Errors
    /// [`SealError`] when `W` can't write.
    pub fn finish(mut self) -> Result<(W, Digests), SealError> {
        self.age.write_all(&frame::padding(self.length))?;
        let hashing = self.age.finish()?;
        let digests = Digests {
            sealed: hashing.sha256.finalize().into(),
            commitment: self.commitment.finalize().into(),
            length: hashing.length,
        };
        Ok((hashing.out, digests))
    }
}

struct Hashing<W> {
    out: W,
    sha256: Sha256,
    length: u64,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.sha256.update(&bytes[..written]);
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Identity;

    #[test]
    fn the_length_says_nothing_of_a_small_content() {
        let recipient = Identity::generate().recipient();
        let context = Context::of(&["MP-2026-0001", "PME A", "offer"]);
        let steps = |clear: &[u8]| {
            let sealed = seal(&recipient, &context, &[7; 32], clear).expect("it seals");
            sealed.digests.length / frame::STEP as u64
        };

        assert_eq!(steps(b""), steps(&[1; 12_000]));
    }

    #[test]
    fn chunks_of_any_size_make_the_same_commitment() {
        let recipient = Identity::generate().recipient();
        let context = Context::of(&["MP-2026-0001", "PME A", "file"]);
        let clear: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
        let whole = seal(&recipient, &context, &[7; 32], &clear).expect("it seals");

        let mut sealer = Sealer::begin(&recipient, &context, &[7; 32], Vec::new()).expect("it begins");
        for chunk in clear.chunks(777) {
            sealer.push(chunk).expect("it takes more");
        }
        let (bytes, digests) = sealer.finish().expect("it ends");

        assert_eq!(digests.commitment, whole.digests.commitment);
        assert_eq!(digests.sealed, <[u8; 32]>::from(Sha256::digest(&bytes)));
        assert_eq!(digests.length, bytes.len() as u64);
    }
}
