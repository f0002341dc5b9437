//! service

pub mod document;
