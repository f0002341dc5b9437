use std::io::{Read, Write};

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{
    Context, Identity, SealError,
    frame::{self, SALT, STEP},
};

const CHUNK: usize = 64 * 1024;

/// A small content, opened.
pub struct Opened {
    pub clear: Zeroizing<Vec<u8>>,
    /// Compare it with the one that was given when it was sealed.
    pub commitment: [u8; 32],
}

/// Opens a content that fits in memory.
///
/// # Errors
/// [`SealError::Damaged`] for anything changed, cut, or sealed to another key; [`SealError::Context`] for anything sealed in
/// another place; [`SealError::Stream`] where the bytes could not be read.
pub fn open(identity: &Identity, context: &Context, sealed: &[u8]) -> Result<Opened, SealError> {
    let mut clear = Zeroizing::new(Vec::with_capacity(sealed.len()));
    let commitment = open_into(identity, context, sealed, &mut *clear)?;
    Ok(Opened { clear, commitment })
}

/// Opens a stream into `out`, 64 KiB at a time, and gives the commitment. Each piece is checked before it is written, but a
/// cut shows at the end only: whoever keeps `out` keeps it after an `Ok`.
///
/// # Errors
/// As [`open`].
pub fn open_into(
    identity: &Identity,
    context: &Context,
    sealed: impl Read,
    out: &mut impl Write,
) -> Result<[u8; 32], SealError> {
    let identity: &dyn age::Identity = identity.age();
    let decryptor = age::Decryptor::new(sealed).map_err(undecrypted)?;
    let mut reader = decryptor.decrypt(std::iter::once(identity)).map_err(undecrypted)?;
    let mut commitment = Sha256::new();
    commitment.update(head(&mut reader, context)?);

    // The last step may be padding, so it is held back until more comes.
    let mut held = Zeroizing::new(Vec::with_capacity(STEP + CHUNK));
    let mut chunk = Zeroizing::new(vec![0; CHUNK]);
    loop {
        let read = reader.read(&mut chunk)?;
        if read == 0 {
            break;
        }
        held.extend_from_slice(&chunk[..read]);
        let free = held.len().saturating_sub(STEP);
        commitment.update(&held[..free]);
        out.write_all(&held[..free])?;
        held.drain(..free);
    }
    let last = frame::without_padding(&held).ok_or(SealError::Damaged)?;
    commitment.update(last);
    out.write_all(last)?;
    Ok(commitment.finalize().into())
}

/// A reader that failed says nothing of the bytes.
fn undecrypted(error: age::DecryptError) -> SealError {
    if let age::DecryptError::Io(error) = error { error.into() } else { SealError::Damaged }
}

/// Reads the head of the frame; it must be the one of this context.
fn head(reader: &mut impl Read, context: &Context) -> Result<Vec<u8>, SealError> {
    let expected = frame::head(context, &[0; SALT]);
    let mut fixed = [0; 5];
    reader.read_exact(&mut fixed)?;
    if fixed != expected[..5] {
        return Err(SealError::Context);
    }
    let mut rest = vec![0; expected.len() - 5];
    reader.read_exact(&mut rest)?;
    if rest[..context.bytes().len()] != *context.bytes() {
        return Err(SealError::Context);
    }
    Ok([fixed.to_vec(), rest].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Sealed, seal};

    const CLEAR: &[u8] = b"96 420,00 euros hors TVA";

    fn context() -> Context {
        Context::of(&["MP-2026-0001", "PME A", "offer"])
    }

    fn sealed(identity: &Identity, clear: &[u8]) -> Sealed {
        seal(&identity.recipient(), &context(), &[7; 32], clear).expect("it seals")
    }

    #[test]
    fn what_was_sealed_is_opened_with_the_commitment_of_its_sealing() {
        let identity = Identity::generate();
        for length in [0, 1, 23, STEP - 1, STEP, STEP + 1, 3 * CHUNK + 17] {
            let mut clear = vec![0x80; length];
            // Zeros and marks at the end of a content are content.
            clear.extend_from_slice(&[0, 0x80, 0, 0]);
            let sealed = sealed(&identity, &clear);

            let opened = open(&identity, &context(), &sealed.bytes).expect("it opens");

            assert_eq!(*opened.clear, clear, "{length} bytes");
            assert_eq!(opened.commitment, sealed.digests.commitment);
        }
    }

    #[test]
    fn a_byte_changed_anywhere_is_seen() {
        let identity = Identity::generate();
        let sealed = sealed(&identity, CLEAR).bytes;
        // Every byte of the head and of the tail, and a sample between.
        let places = (0..sealed.len()).filter(|place| *place < 600 || place + 100 > sealed.len() || place % 61 == 0);

        for place in places {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert!(open(&identity, &context(), &changed).is_err(), "byte {place}");
        }
    }

    #[test]
    fn a_cut_anywhere_is_seen() {
        let identity = Identity::generate();
        let sealed = sealed(&identity, CLEAR).bytes;

        for length in (0..sealed.len()).filter(|length| *length < 600 || length + 50 > sealed.len() || length % 61 == 0)
        {
            assert!(open(&identity, &context(), &sealed[..length]).is_err(), "{length} bytes");
        }
        assert!(open(&identity, &context(), &[sealed, vec![0]].concat()).is_err(), "one byte more");
    }

    #[test]
    fn another_key_and_another_place_do_not_open_it() {
        let identity = Identity::generate();
        let sealed = sealed(&identity, CLEAR).bytes;

        assert_eq!(open(&Identity::generate(), &context(), &sealed).map(drop), Err(SealError::Damaged));
        for other in [
            Context::of(&["MP-2026-0002", "PME A", "offer"]),
            Context::of(&["MP-2026-0001", "PME B", "offer"]),
            Context::of(&["MP-2026-0001", "PME A", "draft"]),
        ] {
            assert_eq!(open(&identity, &other, &sealed).map(drop), Err(SealError::Context));
        }
    }

    #[test]
    fn a_stream_is_opened_piece_by_piece() {
        let identity = Identity::generate();
        let clear = vec![5; 1_000_000];
        let sealed = sealed(&identity, &clear);
        let mut out = Vec::new();

        let commitment = open_into(&identity, &context(), sealed.bytes.as_slice(), &mut out).expect("it opens");

        assert_eq!((out, commitment), (clear, sealed.digests.commitment));
    }
}
