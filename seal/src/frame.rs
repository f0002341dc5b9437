//! The plaintext inside an age file:
//! `version (1) ‖ length of the context (4, big endian) ‖ context ‖ salt (32) ‖ content ‖ 0x80 ‖ zeros`.
//! The whole is a multiple of [`STEP`]: the length of a sealed thing says how many steps it has and nothing more.

use crate::context::Context;

/// Content is padded to a multiple of this many bytes.
pub(crate) const STEP: usize = 16 * 1024;
pub(crate) const SALT: usize = 32;
pub(crate) const VERSION: u8 = 1;
/// Begins the padding.
const MARK: u8 = 0x80;

pub(crate) fn head(context: &Context, salt: &[u8; SALT]) -> Vec<u8> {
    let length = u32::try_from(context.bytes().len()).unwrap_or(u32::MAX);
    let mut head = vec![VERSION];
    head.extend_from_slice(&length.to_be_bytes());
    head.extend_from_slice(context.bytes());
    head.extend_from_slice(salt);
    head
}

/// What follows `length` bytes of frame: at least the mark.
pub(crate) fn padding(length: u64) -> Vec<u8> {
    let step = u64::try_from(STEP).unwrap_or(u64::MAX);
    let left = usize::try_from(step - length % step).unwrap_or(STEP);
    let mut padding = vec![0; left];
    padding[0] = MARK;
    padding
}

/// The content that ends before the padding; nothing when there is no padding.
pub(crate) fn without_padding(tail: &[u8]) -> Option<&[u8]> {
    let mark = tail.iter().rposition(|byte| *byte != 0)?;
    (tail[mark] == MARK).then(|| &tail[..mark])
}
