/// Why something can't be sealed or opened. Never says anything of the content or of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Not a key, or a key that the given secret does not open.
    #[error("not a key, or not one of this secret")]
    Key,
    /// The bytes were changed, cut or sealed to another key.
    #[error("damaged, or sealed to another key")]
    Damaged,
    /// Sealed for another tender, by another firm, or as something else: copied from its place.
    #[error("sealed in another place")]
    Context,
    /// What stands behind the reader or the writer failed.
    #[error("could not be read or written: {0}")]
    Stream(std::io::ErrorKind),
}

impl From<std::io::Error> for SealError {
    /// age says « unexpected end » and « invalid data » of what was cut or changed.
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::UnexpectedEof | std::io::ErrorKind::InvalidData => Self::Damaged,
            other => Self::Stream(other),
        }
    }
}
