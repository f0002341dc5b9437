//! The XML of an invoice as a small tree, within limits: no DTD, five entities, UTF-8, the vocabulary of UBL 2 alone.
//! What stands under `UBLExtensions` belongs to others and is passed over.

use std::{borrow::Cow, fmt::Write as _};

use domain::invoice::{InvoiceFault, MOST_DEPTH, MOST_ELEMENTS, MOST_LINES, MOST_MEBIBYTES, Reason};
use quick_xml::{
    NsReader, XmlVersion,
    escape::resolve_xml_entity,
    events::{BytesDecl, BytesRef, BytesStart, Event},
    name::{Namespace, ResolveResult},
};

const DOCUMENTS: [(&str, &str); 2] = [
    ("Invoice", "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"),
    ("CreditNote", "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"),
];
const AGGREGATE: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
const BASIC: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
const EXTENSION: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2";

/// The attributes that are read.
const ATTRIBUTES: [&str; 5] = ["currencyID", "filename", "mimeCode", "schemeID", "unitCode"];

/// Longest part of a name or a value that an error repeats, in characters.
const MOST_QUOTED: usize = 80;

pub(super) struct Element<'a> {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) attributes: Vec<(&'static str, String)>,
    /// Of a basic element; the others hold none.
    pub(super) text: Cow<'a, str>,
    pub(super) children: Vec<Element<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Document,
    /// Holds elements, `cac:`.
    Aggregate,
    /// Holds a value, `cbc:`.
    Basic,
}

pub(super) fn parse(bytes: &[u8]) -> Result<Element<'_>, InvoiceFault> {
    let mut growth = Growth::default();
    let mut reader = NsReader::from_str(text(bytes)?);
    reader.config_mut().check_comments = true;
    reader.config_mut().expand_empty_elements = true;

    let mut is_first = true;
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|_| growth.fault(Reason::NotXml))?;
        match event {
            Event::Start(start) | Event::Empty(start) => growth.open(&namespace, &start)?,
            Event::End(_) => growth.close(),
            Event::Text(text) => growth.write(text.xml10_content())?,
            Event::CData(text) => growth.write(text.xml10_content())?,
            Event::GeneralRef(reference) => growth.write(Cow::Owned(growth.resolved(&reference)?))?,
            Event::Decl(declaration) => growth.declared(&declaration, is_first)?,
            Event::DocType(_) => return Err(growth.fault(Reason::Doctype)),
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => return growth.whole(),
        }
        is_first = false;
    }
}

/// The bytes as text, without a byte order mark.
fn text(bytes: &[u8]) -> Result<&str, InvoiceFault> {
    let fault = |reason| InvoiceFault { place: String::new(), reason };
    if u64::try_from(bytes.len()).map_or(true, |size| size > MOST_MEBIBYTES * 1024 * 1024) {
        return Err(fault(Reason::FileTooLarge { most_mebibytes: MOST_MEBIBYTES }));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| fault(Reason::NotUtf8))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.is_empty() {
        return Err(fault(Reason::Empty));
    }
    if text.chars().all(is_xml) { Ok(text) } else { Err(fault(Reason::NotXml)) }
}

/// A character that XML 1.0 has.
fn is_xml(letter: char) -> bool {
    !matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// The beginning of what the file says, for an error.
pub(super) fn quoted(text: &str) -> String {
    text.chars().take(MOST_QUOTED).collect()
}

/// The tree while it grows.
#[derive(Default)]
struct Growth<'a> {
    /// From the root to where the reader stands.
    open: Vec<Element<'a>>,
    root: Option<Element<'a>>,
    /// Open elements that are passed over.
    passed_over: usize,
    elements: usize,
    lines: usize,
}

impl<'a> Growth<'a> {
    fn open(&mut self, namespace: &ResolveResult<'_>, start: &BytesStart<'_>) -> Result<(), InvoiceFault> {
        self.count()?;
        let name = quoted(start.local_name().as_ref());
        let attributes = self.attributes(start, &name)?;
        if self.passed_over > 0 {
            self.passed_over += 1;
            return Ok(());
        }

        let Some(kind) = self.kind(namespace, &name)? else {
            self.passed_over = 1;
            return Ok(());
        };
        if self.open.len() == 1 && matches!(name.as_str(), "InvoiceLine" | "CreditNoteLine") {
            self.lines += 1;
            if self.lines > MOST_LINES {
                return Err(self.fault(Reason::TooManyLines { most: MOST_LINES }));
            }
        }
        self.open.push(Element { name, kind, attributes, text: Cow::Borrowed(""), children: Vec::new() });
        Ok(())
    }

    fn count(&mut self) -> Result<(), InvoiceFault> {
        self.elements += 1;
        if self.elements > MOST_ELEMENTS {
            return Err(self.fault(Reason::TooManyElements { most: MOST_ELEMENTS }));
        }
        if self.open.len() + self.passed_over >= MOST_DEPTH {
            return Err(self.fault(Reason::TooDeep { most: MOST_DEPTH }));
        }
        if self.open.is_empty() && self.root.is_some() {
            return Err(self.fault(Reason::NotXml));
        }
        Ok(())
    }

    /// Those that are read; all of them must be well formed.
    fn attributes(&self, start: &BytesStart<'_>, name: &str) -> Result<Vec<(&'static str, String)>, InvoiceFault> {
        let broken = || self.fault_in(name, Reason::NotXml);
        let mut kept = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|_| broken())?;
            let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|_| broken())?;
            if attribute.value.contains('<') || !value.chars().all(is_xml) {
                return Err(broken());
            }
            if let Some(known) = ATTRIBUTES.into_iter().find(|known| *known == attribute.key.0) {
                kept.push((known, value.into_owned()));
            }
        }
        Ok(kept)
    }

    /// Nothing for what is passed over.
    fn kind(&self, namespace: &ResolveResult<'_>, name: &str) -> Result<Option<Kind>, InvoiceFault> {
        let found = match namespace {
            ResolveResult::Bound(Namespace(found)) => *found,
            ResolveResult::Unbound => "",
            ResolveResult::Unknown(_) => return Err(self.fault_in(name, Reason::NotXml)),
        };
        let foreign = || self.fault_in(name, Reason::Namespace { found: quoted(found) });
        if self.open.is_empty() {
            let Some((_, expected)) = DOCUMENTS.iter().find(|(known, _)| *known == name) else {
                return Err(self.fault(Reason::NotAnInvoice { found: name.to_owned() }));
            };
            return if found == *expected { Ok(Some(Kind::Document)) } else { Err(foreign()) };
        }
        match found {
            AGGREGATE => Ok(Some(Kind::Aggregate)),
            BASIC => Ok(Some(Kind::Basic)),
            EXTENSION => Ok(None),
            _ => Err(foreign()),
        }
    }

    fn close(&mut self) {
        if self.passed_over > 0 {
            self.passed_over -= 1;
            return;
        }
        let Some(closed) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(closed),
            None => self.root = Some(closed),
        }
    }

    fn write(&mut self, text: Cow<'a, str>) -> Result<(), InvoiceFault> {
        match self.open.last_mut() {
            None if text.trim().is_empty() => Ok(()),
            None => Err(self.fault(Reason::NotXml)),
            Some(element) if self.passed_over == 0 && element.kind == Kind::Basic => {
                if element.text.is_empty() {
                    element.text = text;
                } else {
                    element.text.to_mut().push_str(&text);
                }
                Ok(())
            }
            Some(_) => Ok(()),
        }
    }

    /// One of the five entities, or a character by its number.
    fn resolved(&self, reference: &BytesRef<'_>) -> Result<String, InvoiceFault> {
        if reference.is_char_ref() {
            let letter = reference.resolve_char_ref().ok().flatten().filter(|letter| is_xml(*letter));
            return letter.map(String::from).ok_or_else(|| self.fault(Reason::NotXml));
        }
        match resolve_xml_entity(reference) {
            Some(text) => Ok(text.to_owned()),
            None => Err(self.fault(Reason::Entity { name: quoted(reference) })),
        }
    }

    fn declared(&self, declaration: &BytesDecl<'_>, is_first: bool) -> Result<(), InvoiceFault> {
        if !is_first || !declaration.version().is_ok_and(|version| version == "1.0") {
            return Err(self.fault(Reason::NotXml));
        }
        match declaration.encoding() {
            None => Ok(()),
            Some(Ok(encoding)) if encoding.eq_ignore_ascii_case("utf-8") => Ok(()),
            Some(Ok(_)) => Err(self.fault(Reason::NotUtf8)),
            Some(Err(_)) => Err(self.fault(Reason::NotXml)),
        }
    }

    /// The root, when it was closed.
    fn whole(self) -> Result<Element<'a>, InvoiceFault> {
        let fault = self.fault(Reason::NotXml);
        self.root.ok_or(fault)
    }

    fn fault(&self, reason: Reason) -> InvoiceFault {
        InvoiceFault { place: self.place(), reason }
    }

    /// In an element that is not open yet.
    fn fault_in(&self, name: &str, reason: Reason) -> InvoiceFault {
        let place = match self.place() {
            outside if outside.is_empty() => name.to_owned(),
            outside => format!("{outside}/{name}"),
        };
        InvoiceFault { place, reason }
    }

    fn place(&self) -> String {
        let mut place = String::new();
        let mut parent: Option<&Element<'_>> = None;
        for element in &self.open {
            if let Some(parent) = parent {
                let before = parent.children.iter().filter(|sibling| sibling.name == element.name).count();
                place.push('/');
                place.push_str(&element.name);
                if before > 0 {
                    let _ = write!(place, "[{}]", before + 1);
                }
            } else {
                place.push_str(&element.name);
            }
            parent = Some(element);
        }
        place
    }
}
