//! The structure tree while pages are painted: which element each piece of content belongs to.

use std::collections::BTreeMap;

use printpdf::{DictItem, Op};

pub(super) type ElementId = usize;

/// Finds an element again: to fill it later, or because content elsewhere leads to it.
pub(super) type Key = u32;

/// What is opened: a role of PDF 1.7 with what readers need to know of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Element {
    pub role: &'static str,
    /// An element already opened under this key is opened again, in its first place.
    pub key: Option<Key>,
    /// Owner, name and value of the one attribute that our roles need.
    pub attribute: Option<(&'static str, &'static str, &'static str)>,
    pub bookmark: Option<Bookmark>,
}

impl Element {
    pub(super) fn new(role: &'static str) -> Self {
        Self { role, ..Self::default() }
    }

    pub(super) fn column_head() -> Self {
        Self { attribute: Some(("Table", "Scope", "Column")), ..Self::new("TH") }
    }

    pub(super) fn row_head() -> Self {
        Self { attribute: Some(("Table", "Scope", "Row")), ..Self::new("TH") }
    }

    pub(super) fn list(numbering: &'static str) -> Self {
        Self { attribute: Some(("List", "ListNumbering", numbering)), ..Self::new("L") }
    }

    pub(super) fn key(self, key: Key) -> Self {
        Self { key: Some(key), ..self }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Bookmark {
    /// Nested under the nearest bookmark before it with a smaller level.
    pub level: u8,
    pub title: String,
}

/// Where a link leads, and the sentence that says so.
#[derive(Debug, Clone)]
pub(super) struct Link {
    /// Of the element that holds the link's text, which may run over lines.
    pub key: Key,
    pub target: Target,
    pub sentence: String,
}

#[derive(Debug, Clone)]
pub(super) enum Target {
    Address(String),
    Element(Key),
}

pub(super) enum Kid {
    Element(ElementId),
    Content { page: usize, mcid: usize },
    Annotation { page: usize, annotation: usize },
}

pub(super) struct Node {
    pub role: &'static str,
    pub attribute: Option<(&'static str, &'static str, &'static str)>,
    pub parent: Option<ElementId>,
    pub kids: Vec<Kid>,
    /// The page of its first content; kids on other pages name theirs.
    pub page: Option<usize>,
}

pub(super) struct Annotation {
    pub page: usize,
    pub owner: ElementId,
    /// Left, bottom, right, top, in points from the page's lower left corner.
    pub area: [f32; 4],
    pub link: Link,
}

#[derive(Default)]
pub(super) struct Tags {
    pub nodes: Vec<Node>,
    /// For each page, the owner of each marked content in the order of its number.
    pub owners: BTreeMap<usize, Vec<ElementId>>,
    pub annotations: Vec<Annotation>,
    pub bookmarks: Vec<(ElementId, Bookmark)>,
    open: Vec<ElementId>,
    keys: BTreeMap<Key, ElementId>,
    /// Page and height, from the page's lower edge, of each element's first content.
    places: BTreeMap<ElementId, (usize, f32)>,
}

impl Tags {
    pub(super) fn open(&mut self, element: &Element) {
        let known = element.key.and_then(|key| self.keys.get(&key).copied());
        let id = known.unwrap_or_else(|| self.add(element));
        self.open.push(id);
    }

    pub(super) fn close(&mut self) {
        self.open.pop().expect("every element that is closed was opened");
    }

    /// Wraps real content: it belongs to the innermost open element. `top` is its upper edge, from the page's lower edge.
    pub(super) fn content(&mut self, page: usize, top: f32, inner: Vec<Op>) -> Vec<Op> {
        let owner = self.innermost();
        let owners = self.owners.entry(page).or_default();
        let mcid = owners.len();
        owners.push(owner);
        for id in &self.open {
            self.places.entry(*id).or_insert((page, top));
        }
        let node = &mut self.nodes[owner];
        node.page.get_or_insert(page);
        node.kids.push(Kid::Content { page, mcid });
        let number = i64::try_from(mcid).expect("a page has few contents");
        marked(node.role, vec![("MCID", DictItem::Int(number))], inner)
    }

    pub(super) fn annotate(&mut self, page: usize, area: [f32; 4], link: Link) {
        let owner = self.innermost();
        self.nodes[owner].page.get_or_insert(page);
        self.nodes[owner].kids.push(Kid::Annotation { page, annotation: self.annotations.len() });
        self.annotations.push(Annotation { page, owner, area, link });
    }

    /// Page, from 0, and height of what the key names, once painted.
    pub(super) fn place_of(&self, key: Key) -> Option<(usize, f32)> {
        self.place(*self.keys.get(&key)?)
    }

    pub(super) fn place(&self, element: ElementId) -> Option<(usize, f32)> {
        self.places.get(&element).copied()
    }

    fn add(&mut self, element: &Element) -> ElementId {
        let id = self.nodes.len();
        let parent = self.open.last().copied();
        self.nodes.push(Node {
            role: element.role,
            attribute: element.attribute,
            parent,
            kids: Vec::new(),
            page: None,
        });
        if let Some(parent) = parent {
            self.nodes[parent].kids.push(Kid::Element(id));
        }
        if let Some(key) = element.key {
            self.keys.insert(key, id);
        }
        if let Some(bookmark) = &element.bookmark {
            self.bookmarks.push((id, bookmark.clone()));
        }
        id
    }

    fn innermost(&self) -> ElementId {
        *self.open.last().expect("content stands inside an element")
    }
}

/// What is drawn outside the structure: rules, heads, feet, the second time of a table's head.
pub(super) fn artefact(pagination: Option<&str>, inner: Vec<Op>) -> Vec<Op> {
    let name = |text: &str| DictItem::Name(text.as_bytes().to_vec());
    let properties = match pagination {
        Some(subtype) => vec![("Type", name("Pagination")), ("Subtype", name(subtype))],
        None => vec![("Type", name("Layout"))],
    };
    marked("Artifact", properties, inner)
}

fn marked(tag: &str, properties: Vec<(&str, DictItem)>, inner: Vec<Op>) -> Vec<Op> {
    let map = properties.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let begin = Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties: DictItem::Dict { map } };
    [begin].into_iter().chain(inner).chain([Op::EndMarkedContent]).collect()
}
