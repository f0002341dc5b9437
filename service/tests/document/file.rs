//! Reads a painted file back as a checker would: its structure, its parent tree, its text through ToUnicode.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document as File, Object, ObjectId};

pub(crate) struct Tree {
    file: File,
    pages: Vec<ObjectId>,
}

impl Tree {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let file = File::load_mem(bytes).expect("the file can be read");
        let pages = file.get_pages().into_values().collect();
        Self { file, pages }
    }

    /// Sentences about contents whose owner in the parent tree does not hold them, or holds them for another page.
    pub(crate) fn parent_tree_faults(&self) -> Vec<String> {
        let nums = parent_nums(&self.file);
        let parents: BTreeMap<i64, Object> =
            nums.chunks_exact(2).map(|pair| (pair[0].as_i64().expect("a key"), pair[1].clone())).collect();
        let mut faults = Vec::new();
        for (index, page) in self.pages.iter().enumerate() {
            let entry = self.dictionary(*page);
            let key = entry.get(b"StructParents").and_then(Object::as_i64).expect("each page has a key");
            let owners = self.resolved(&parents[&key]).as_array().expect("a list of owners").clone();
            for (mcid, owner) in owners.iter().enumerate() {
                let owner = owner.as_reference().expect("an element");
                if !self.marked(owner).contains(&(*page, mcid)) {
                    faults.push(format!("page {}: content {mcid} is not held by {owner:?}", index + 1));
                }
            }
            let drawn = self.mcids(*page);
            if drawn != (0..owners.len()).collect::<Vec<_>>() {
                faults.push(format!("page {}: {} contents drawn, {} owned", index + 1, drawn.len(), owners.len()));
            }
            for link in self.links(*page) {
                let key =
                    self.dictionary(link).get(b"StructParent").and_then(Object::as_i64).expect("a link has a key");
                let owner = parents[&key].as_reference().expect("an element");
                if !self.annotations(owner).contains(&link) {
                    faults.push(format!("page {}: link {link:?} is not held by {owner:?}", index + 1));
                }
            }
        }
        faults
    }

    /// The text of the whole structure, in reading order.
    pub(crate) fn text(&self) -> String {
        let texts: Vec<BTreeMap<usize, String>> = self.pages.iter().map(|page| self.page_texts(*page).0).collect();
        let mut text = String::new();
        self.walk(self.root(), &mut |tree, id| {
            for (page, mcid) in tree.marked(id) {
                text.push_str(&texts[tree.page_index(page)][&mcid]);
            }
            if tree.kids(id).iter().all(|kid| kid.as_reference().is_err()) {
                text.push('\n');
            }
        });
        text
    }

    /// Everything drawn on a page, artefacts included.
    pub(crate) fn page_text(&self, page: usize) -> String {
        self.page_texts(self.pages[page]).1
    }

    /// Titles of headings, with their page counted from 1.
    pub(crate) fn headings(&self) -> BTreeMap<String, usize> {
        let mut headings = BTreeMap::new();
        self.walk(self.root(), &mut |tree, id| {
            if let [b'H', b'1'..=b'6'] = tree.role(id) {
                let marked = tree.marked(id);
                let page = tree.page_index(marked[0].0);
                headings.insert(tree.element_text(id).trim().to_owned(), page + 1);
            }
        });
        headings
    }

    /// Bookmarks in the order they are shown, with how deep they stand.
    pub(crate) fn bookmarks(&self) -> Vec<(usize, String)> {
        let catalog = self.file.catalog().expect("a catalog");
        let outlines = catalog.get(b"Outlines").and_then(Object::as_reference).expect("bookmarks");
        let mut found = Vec::new();
        self.bookmarks_under(outlines, 0, &mut found);
        found
    }

    fn bookmarks_under(&self, parent: ObjectId, depth: usize, found: &mut Vec<(usize, String)>) {
        let mut next = self.dictionary(parent).get(b"First").and_then(Object::as_reference).ok();
        while let Some(id) = next {
            let bookmark = self.dictionary(id);
            let title = bookmark.get(b"Title").and_then(Object::as_str).expect("a bookmark has a title");
            let units: Vec<u16> =
                title[2..].chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            found.push((depth, String::from_utf16_lossy(&units)));
            self.bookmarks_under(id, depth + 1, found);
            next = bookmark.get(b"Next").and_then(Object::as_reference).ok();
        }
    }

    /// Lines of the contents: the title, and the page number shown.
    pub(crate) fn contents(&self) -> Vec<(String, usize)> {
        let mut lines = Vec::new();
        self.walk(self.root(), &mut |tree, id| {
            if tree.role(id) == b"Link" && tree.parent_role(id) == b"Reference" {
                let text = tree.element_text(id);
                let (title, page) = text.rsplit_once(' ').expect("a title and a number");
                lines.push((title.trim().to_owned(), page.parse().expect("a page number")));
            }
        });
        lines
    }

    fn element_text(&self, id: ObjectId) -> String {
        let marked = self.marked(id);
        marked.into_iter().map(|(page, mcid)| self.page_texts(page).0[&mcid].clone()).collect()
    }

    fn walk(&self, id: ObjectId, visit: &mut impl FnMut(&Self, ObjectId)) {
        if self.dictionary(id).has(b"S") {
            visit(self, id);
        }
        for kid in self.kids(id).iter().filter_map(|kid| kid.as_reference().ok()) {
            self.walk(kid, visit);
        }
    }

    fn root(&self) -> ObjectId {
        let catalog = self.file.catalog().expect("a catalog");
        catalog.get(b"StructTreeRoot").and_then(Object::as_reference).expect("a structure tree")
    }

    fn role(&self, id: ObjectId) -> &[u8] {
        self.dictionary(id).get(b"S").and_then(Object::as_name).expect("an element has a role")
    }

    fn parent_role(&self, id: ObjectId) -> &[u8] {
        self.role(self.dictionary(id).get(b"P").and_then(Object::as_reference).expect("an element has a parent"))
    }

    fn kids(&self, id: ObjectId) -> Vec<Object> {
        self.dictionary(id).get(b"K").and_then(Object::as_array).cloned().unwrap_or_default()
    }

    /// Page and number of the contents that an element itself holds.
    fn marked(&self, id: ObjectId) -> Vec<(ObjectId, usize)> {
        let own_page = self.dictionary(id).get(b"Pg").and_then(Object::as_reference).ok();
        let number = |object: &Object| object.as_i64().ok().and_then(|number| usize::try_from(number).ok());
        let content = |kid: &Object| match kid {
            Object::Integer(_) => Some((own_page?, number(kid)?)),
            Object::Dictionary(part) => {
                Some((part.get(b"Pg").and_then(Object::as_reference).ok()?, number(part.get(b"MCID").ok()?)?))
            }
            _ => None,
        };
        self.kids(id).iter().filter_map(content).collect()
    }

    fn annotations(&self, id: ObjectId) -> Vec<ObjectId> {
        let object = |kid: &Object| kid.as_dict().ok()?.get(b"Obj").and_then(Object::as_reference).ok();
        self.kids(id).iter().filter_map(object).collect()
    }

    fn links(&self, page: ObjectId) -> Vec<ObjectId> {
        let links = self.dictionary(page).get(b"Annots").and_then(Object::as_array).cloned().unwrap_or_default();
        links.iter().map(|link| link.as_reference().expect("a link is an object of its own")).collect()
    }

    fn page_index(&self, page: ObjectId) -> usize {
        self.pages.iter().position(|id| *id == page).expect("a page of the file")
    }

    fn dictionary(&self, id: ObjectId) -> &Dictionary {
        self.file.get_dictionary(id).expect("a dictionary")
    }

    fn resolved<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.file.dereference(object).expect("an object of the file").1
    }

    fn mcids(&self, page: ObjectId) -> Vec<usize> {
        self.page_texts(page).0.into_keys().collect()
    }

    /// Text by content number, and all text drawn on the page.
    fn page_texts(&self, page: ObjectId) -> (BTreeMap<usize, String>, String) {
        let fonts = self.file.get_page_fonts(page).expect("fonts");
        let maps: BTreeMap<Vec<u8>, BTreeMap<u16, String>> =
            fonts.into_iter().map(|(name, font)| (name, self.to_unicode(font))).collect();
        let content = Content::decode(&self.file.get_page_content(page)).expect("operations");
        let (mut by_number, mut all) = (BTreeMap::<usize, String>::new(), String::new());
        let (mut font, mut open) = (&BTreeMap::new(), None);
        for operation in &content.operations {
            match operation.operator.as_str() {
                "BDC" => {
                    let number =
                        operation.operands[1].as_dict().ok().and_then(|d| d.get(b"MCID").and_then(Object::as_i64).ok());
                    open = number.and_then(|number| usize::try_from(number).ok());
                    if let Some(number) = open {
                        by_number.insert(number, String::new());
                    }
                }
                "EMC" => open = None,
                "Tf" => font = &maps[operation.operands[0].as_name().expect("a font name")],
                "Tj" | "TJ" => {
                    let shown = shown(&operation.operands[0], font);
                    all.push_str(&shown);
                    if let Some(text) = open.and_then(|number| by_number.get_mut(&number)) {
                        text.push_str(&shown);
                    }
                }
                _ => {}
            }
        }
        (by_number, all)
    }

    fn to_unicode(&self, font: &Dictionary) -> BTreeMap<u16, String> {
        let stream = font.get(b"ToUnicode").and_then(Object::as_reference).expect("a font says its characters");
        let stream = self.file.get_object(stream).and_then(Object::as_stream).expect("a stream");
        let map = String::from_utf8(stream.decompressed_content().expect("a readable stream")).expect("a text");
        let mut characters = BTreeMap::new();
        for line in map.lines() {
            let words: Vec<&str> = line.split(['<', '>']).map(str::trim).filter(|word| !word.is_empty()).collect();
            let hex: Option<Vec<Vec<u16>>> = words.iter().map(|word| units(word)).collect();
            match hex.as_deref() {
                Some([code, text]) => {
                    characters.insert(code[0], String::from_utf16_lossy(text));
                }
                Some([first, last, text]) if first != &[0] || last != &[0xffff] => {
                    for code in first[0]..=last[0] {
                        let mut text = text.clone();
                        *text.last_mut().expect("a character") += code - first[0];
                        characters.insert(code, String::from_utf16_lossy(&text));
                    }
                }
                _ => {}
            }
        }
        characters
    }
}

fn units(hex: &str) -> Option<Vec<u16>> {
    let whole = hex.len() >= 4 && hex.len().is_multiple_of(4);
    whole.then(|| {
        hex.as_bytes().chunks(4).map(|four| u16::from_str_radix(std::str::from_utf8(four).ok()?, 16).ok()).collect()
    })?
}

fn shown(operand: &Object, font: &BTreeMap<u16, String>) -> String {
    match operand {
        Object::Array(parts) => parts.iter().map(|part| shown(part, font)).collect(),
        Object::String(bytes, _) => {
            let code = |pair: &[u8]| u16::from_be_bytes([pair[0], pair[1]]);
            bytes.chunks_exact(2).map(|pair| font.get(&code(pair)).map_or("?", String::as_str)).collect()
        }
        _ => String::new(),
    }
}

fn parent_tree_id(file: &File) -> ObjectId {
    let catalog = file.catalog().expect("a catalog");
    let root = catalog.get(b"StructTreeRoot").and_then(Object::as_reference).expect("a structure tree");
    let root = file.get_dictionary(root).expect("a structure tree");
    root.get(b"ParentTree").and_then(Object::as_reference).expect("a parent tree")
}

fn parent_nums(file: &File) -> Vec<Object> {
    let tree = file.get_dictionary(parent_tree_id(file)).expect("a parent tree");
    tree.get(b"Nums").and_then(Object::as_array).expect("its numbers").clone()
}

/// The damage that no public checker sees: the first page's first two owners change places.
pub(crate) fn with_swapped_parents(bytes: &[u8]) -> Vec<u8> {
    let mut file = File::load_mem(bytes).expect("the file can be read");
    let mut nums = parent_nums(&file);
    nums[1].as_array_mut().expect("the owners of page 1").swap(0, 1);
    file.get_dictionary_mut(parent_tree_id(&file)).expect("a parent tree").set("Nums", nums);
    let mut damaged = Vec::new();
    file.save_to(&mut damaged).expect("memory takes every byte");
    damaged
}
