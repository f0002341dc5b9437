//! Turns blocks into steps: what stands in which element, in which style, with how much white. Lengths are in points.

use domain::document::{Block, Inline};

use super::step::{Step, Strip, line_strips};
use super::style::{BLUE, BRICK, CHAPTER, CODE, HANG, MEASURE, PART, SECTION, STRONG, Style, TEXT, mm};
use super::tags::{Bookmark, Element, Key, Link, Target};
use super::wrap::{Span, wrap, wrap_anywhere};
use super::{article, facts, list, signatures, table};

/// Where a block stands: its left edge from the text's left margin, and its width.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub x: f32,
    pub width: f32,
}

impl Column {
    pub(super) const WHOLE: Self = Self { x: 0.0, width: MEASURE };
    /// Right of the hanging numbers of articles.
    pub(super) const HANGING: Self = Self { x: HANG, width: MEASURE - HANG };

    pub(super) fn indented(self, by: f32) -> Self {
        Self { x: self.x + by, width: self.width - by }
    }
}

/// What the contents page lists.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub key: Key,
    /// 1 for a part, then as deep as headings and articles nest.
    pub level: u8,
    pub number: String,
    pub title: String,
}

#[derive(Default)]
pub(super) struct Composer {
    pub steps: Vec<Step>,
    pub links: Vec<Link>,
    pub entries: Vec<Entry>,
    /// A level 1 heading starts a page.
    parts_start_pages: bool,
    /// Level of the last heading among H1 to H6; the next may be at most one deeper.
    last_level: u8,
    /// Level of the heading that the articles here stand under.
    pub section_level: u8,
    last_key: Key,
}

impl Composer {
    pub(super) fn of_book() -> Self {
        Self { parts_start_pages: true, ..Self::default() }
    }

    pub(super) fn new_key(&mut self) -> Key {
        self.last_key += 1;
        self.last_key
    }

    pub(super) fn blocks(&mut self, blocks: &[Block], column: Column) {
        for (at, block) in blocks.iter().enumerate() {
            let introduced = at.checked_sub(1).is_some_and(|before| introduces(&blocks[before]));
            if introduced || matches!(block, Block::Signatures(_)) {
                self.keep_with_next();
            }
            let start = self.steps.len();
            self.block(block, column);
            if closes(&blocks[at + 1..]) {
                self.keep_with_closing(block, start);
            }
        }
    }

    /// No page holds a greeting and signatures alone: a paragraph goes with them whole, the last line of anything else.
    fn keep_with_closing(&mut self, block: &Block, start: usize) {
        if matches!(block, Block::Paragraph(_)) {
            for step in &mut self.steps[start..] {
                if let Step::Strip(strip) = step {
                    strip.keep = true;
                }
            }
        }
        self.keep_with_next();
    }

    fn block(&mut self, block: &Block, column: Column) {
        match block {
            Block::Heading { level, text } => self.heading(*level, text),
            Block::Article { number, title, blocks, legal_basis, clause: _ } => {
                article::compose(self, &article::Article { number, title, blocks, legal_basis });
            }
            Block::Paragraph(inlines) => self.paragraph(inlines, column),
            Block::List { numbered, items } => list::compose(self, *numbered, items, column),
            Block::Table(content) => table::compose(self, content),
            Block::Facts(content) => facts::compose(self, content, column),
            Block::Signatures(people) => signatures::compose(self, people, column),
            Block::Code(text) => self.code(text, column),
        }
    }

    /// The title of the whole document; every other heading is deeper.
    pub(super) fn title(&mut self, text: &str, style: Style) {
        self.titled(text, style, Column::WHOLE);
    }

    pub(super) fn titled(&mut self, text: &str, style: Style, column: Column) {
        self.last_level = 1;
        self.section_level = 1;
        self.element(Element::new("H1"), &[Span::new(text, style)], style, column);
        self.keep_with_next();
    }

    /// A paragraph in one style, or nothing when there is no text.
    pub(super) fn text(&mut self, text: &str, style: Style) {
        if !text.is_empty() {
            self.element(Element::new("P"), &[Span::new(text, style)], style, Column::WHOLE);
        }
    }

    fn heading(&mut self, level: u8, text: &str) {
        if text.is_empty() {
            return;
        }
        let (style, before, after) = match level {
            0 | 1 if self.parts_start_pages => (PART, mm(12.0), mm(6.0)),
            0..=2 => (CHAPTER, mm(9.0), mm(3.5)),
            _ => (SECTION, mm(6.0), mm(1.5)),
        };
        if level <= 1 && self.parts_start_pages {
            self.steps.push(Step::Break);
        }
        let key = self.new_key();
        let element = self.heading_element(level.saturating_add(1), text).key(key);
        self.section_level = self.last_level;
        if level <= 2 {
            self.entries.push(Entry { key, level: level.max(1), number: String::new(), title: text.to_owned() });
        }

        self.space(before);
        self.element(element, &[Span::new(text, style)], style, Column::WHOLE);
        self.keep_with_next();
        self.space(after);
    }

    /// The heading element of the wanted level, or the nearest that skips none, with its bookmark.
    pub(super) fn heading_element(&mut self, wanted: u8, title: &str) -> Element {
        self.last_level = wanted.clamp(1, self.last_level.saturating_add(1).min(6));
        let role = ["H1", "H2", "H3", "H4", "H5", "H6"][usize::from(self.last_level - 1)];
        let bookmark = Bookmark { level: self.last_level, title: title.to_owned() };
        Element { bookmark: Some(bookmark), ..Element::new(role) }
    }

    fn paragraph(&mut self, inlines: &[Inline], column: Column) {
        let spans = self.spans(inlines);
        self.element(Element::new("P"), &spans, TEXT, column);
        self.space(AFTER_PARAGRAPH);
    }

    fn code(&mut self, text: &str, column: Column) {
        let lines = wrap_anywhere(&[Span::new(text, CODE)], column.width);
        self.strips(Element::new("P"), line_strips(lines, column.x, CODE));
        self.space(AFTER_PARAGRAPH);
    }

    pub(super) fn spans(&mut self, inlines: &[Inline]) -> Vec<Span> {
        inlines.iter().map(|inline| self.span(inline)).collect()
    }

    fn span(&mut self, inline: &Inline) -> Span {
        match inline {
            Inline::Text(text) => Span::new(text, TEXT),
            Inline::Strong(text) => Span::new(text, STRONG),
            Inline::Missing(label) => {
                Span::new(format!("[à remplir\u{a0}: {label}]"), TEXT.face(super::fonts::Face::Italic).colour(BRICK))
            }
            Inline::Link { text, address } => {
                let link = self.link(Target::Address(address.clone()), &format!("{text} ({address})"));
                Span { link: Some(link), ..Span::new(text, TEXT.colour(BLUE)) }
            }
        }
    }

    /// Registers where a span may lead; `sentence` is what a reader announces.
    pub(super) fn link(&mut self, target: Target, sentence: &str) -> usize {
        let key = self.new_key();
        self.links.push(Link { key, target, sentence: sentence.to_owned() });
        self.links.len() - 1
    }

    /// One element made of the lines of a text.
    pub(super) fn element(&mut self, element: Element, spans: &[Span], style: Style, column: Column) {
        let lines = wrap(spans, column.width, 0.0);
        self.strips(element, line_strips(lines, column.x, style));
    }

    pub(super) fn strips(&mut self, element: Element, strips: Vec<Strip>) {
        self.steps.push(Step::Open(element));
        self.steps.extend(strips.into_iter().map(Step::Strip));
        self.steps.push(Step::Close);
    }

    pub(super) fn space(&mut self, height: f32) {
        self.steps.push(Step::Space(height));
    }

    /// The last strip stands on the page of what comes next.
    pub(super) fn keep_with_next(&mut self) {
        let last = self.steps.iter_mut().rev().find_map(|step| match step {
            Step::Strip(strip) => Some(strip),
            Step::Open(_) | Step::Close | Step::Space(_) | Step::Break => None,
        });
        if let Some(strip) = last {
            strip.keep = true;
        }
    }
}

pub(super) const AFTER_PARAGRAPH: f32 = mm(2.0);

/// A last paragraph, and the signatures under it.
fn closes(blocks: &[Block]) -> bool {
    matches!(blocks, [Block::Paragraph(_), Block::Signatures(_), ..])
}

/// « … les pièces suivantes : »
fn introduces(block: &Block) -> bool {
    let Block::Paragraph(inlines) = block else { return false };
    match inlines.last() {
        Some(Inline::Text(text) | Inline::Strong(text)) => text.trim_end().ends_with(':'),
        Some(Inline::Missing(_) | Inline::Link { .. }) | None => false,
    }
}
