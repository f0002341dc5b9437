//! Filled in by its part of the road.

pub(super) const NAMES: &[&str] = &[];
