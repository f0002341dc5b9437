//! Bookmarks: nested by level, in the order of the text.

use lopdf::{Dictionary, Document as File, Object, ObjectId};

use super::object::{destination, dictionary, name, number, text};
use super::tags::{Bookmark, ElementId, Tags};

/// None when nothing is worth a bookmark.
pub(super) fn write(tags: &Tags, pages: &[ObjectId], file: &mut File) -> Option<ObjectId> {
    let placed = |(element, bookmark): &(ElementId, Bookmark)| Some((tags.place(*element)?, bookmark.clone()));
    let bookmarks: Vec<_> = tags.bookmarks.iter().filter_map(placed).collect();
    if bookmarks.is_empty() {
        return None;
    }

    let root = file.new_object_id();
    let ids: Vec<ObjectId> = bookmarks.iter().map(|_| file.new_object_id()).collect();
    let family = Family::of(&bookmarks.iter().map(|(_, bookmark)| bookmark.level).collect::<Vec<_>>());
    for (at, ((page, top), bookmark)) in bookmarks.iter().enumerate() {
        let parent = family.parents[at].map_or(root, |parent| ids[parent]);
        let mut entry = dictionary([
            ("Title", text(&bookmark.title)),
            ("Parent", parent.into()),
            ("Dest", destination(pages[*page], *top)),
        ]);
        let siblings = family.children(family.parents[at]);
        let place = siblings.binary_search(&at).expect("a bookmark is among its siblings");
        if let Some(previous) = place.checked_sub(1) {
            entry.set("Prev", ids[siblings[previous]]);
        }
        if let Some(next) = siblings.get(place + 1) {
            entry.set("Next", ids[*next]);
        }
        adopt(&mut entry, family.children(Some(at)), &ids, Shown::Closed);
        file.set_object(ids[at], entry);
    }

    let mut top = dictionary([("Type", name("Outlines"))]);
    adopt(&mut top, family.children(None), &ids, Shown::Open);
    file.set_object(root, top);
    Some(root)
}

struct Family {
    parents: Vec<Option<usize>>,
    /// Children of the root first, then of each bookmark.
    children: Vec<Vec<usize>>,
}

impl Family {
    fn of(levels: &[u8]) -> Self {
        let mut parents: Vec<Option<usize>> = Vec::with_capacity(levels.len());
        let mut children = vec![Vec::new(); levels.len() + 1];
        let mut above: Vec<usize> = Vec::new();
        for (at, level) in levels.iter().enumerate() {
            while above.last().is_some_and(|last| levels[*last] >= *level) {
                above.pop();
            }
            let parent = above.last().copied();
            children[parent.map_or(0, |parent| parent + 1)].push(at);
            parents.push(parent);
            above.push(at);
        }
        Self { parents, children }
    }

    fn children(&self, parent: Option<usize>) -> &[usize] {
        &self.children[parent.map_or(0, |parent| parent + 1)]
    }
}

#[derive(Clone, Copy)]
enum Shown {
    Open,
    Closed,
}

fn adopt(entry: &mut Dictionary, children: &[usize], ids: &[ObjectId], shown: Shown) {
    let (Some(first), Some(last)) = (children.first(), children.last()) else { return };
    entry.set("First", ids[*first]);
    entry.set("Last", ids[*last]);
    entry.set(
        "Count",
        match (shown, number(children.len())) {
            (Shown::Closed, Object::Integer(count)) => Object::Integer(-count),
            (_, count) => count,
        },
    );
}
