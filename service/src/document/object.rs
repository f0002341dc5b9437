//! Short words for the objects of a PDF file.

use lopdf::{Dictionary, Object, ObjectId, StringFormat};

pub(super) fn dictionary<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    Dictionary::from_iter(entries)
}

pub(super) fn name(text: &str) -> Object {
    Object::Name(text.into())
}

pub(super) fn number(value: usize) -> Object {
    Object::Integer(i64::try_from(value).expect("a document counts its parts in far fewer than 2^63"))
}

pub(super) fn reals(values: &[f32]) -> Object {
    values.iter().map(|value| Object::Real(*value)).collect::<Vec<_>>().into()
}

/// A text for people: UTF-16 with its mark, so that every character is kept.
pub(super) fn text(text: &str) -> Object {
    let bytes = [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// A place to jump to: the page, with `top` points from its lower edge at the upper edge of the window.
pub(super) fn destination(page: ObjectId, top: f32) -> Object {
    vec![page.into(), name("XYZ"), 0.into(), Object::Real(top), Object::Null].into()
}
