/// Where a sealed thing belongs: which tender, which firm, and what it is there. age binds nothing but the content, so the
/// context is written inside the content and compared when it is opened: a sealed offer copied to another firm's row, or to
/// another tender sealed with the same key, does not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context(Vec<u8>);

impl Context {
    /// The parts, each preceded by its length so that no two contexts read alike.
    pub fn of(parts: &[&str]) -> Self {
        let mut bytes = Vec::new();
        for part in parts {
            let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
            bytes.extend_from_slice(&length.to_be_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(Context::of(&["ab", "c"]), Context::of(&["a", "bc"]));
    }
}
