//! Adds to printpdf's file what it cannot write: the structure tree, the links, the bookmarks and the claims of PDF/UA and
//! PDF/A.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document as File, Object, ObjectId, Stream, StringFormat};

use super::object::{destination, dictionary, name, number, reals, text};
use super::tags::{Kid, Node, Tags, Target};
use super::xmp::{Described, PRODUCER, metadata};
use super::{icc, outline};

pub(super) fn write(tags: &Tags, described: &Described, id: [u8; 16], file: &mut File) {
    let pages: Vec<ObjectId> = file.get_pages().into_values().collect();
    let elements: Vec<ObjectId> = tags.nodes.iter().map(|_| file.new_object_id()).collect();
    let annotations = write_annotations(tags, &pages, file);
    let root = write_tree(tags, &pages, &elements, &annotations, file);
    let outlines = outline::write(tags, &pages, file);
    let xmp =
        Stream::new(dictionary([("Type", name("Metadata")), ("Subtype", name("XML"))]), metadata(described).into());
    let xmp = file.add_object(xmp.with_compression(false));
    let intent = output_intent(file);

    let catalog = file.catalog_mut().expect("printpdf writes a catalog");
    catalog.remove(b"PageLayout");
    catalog.set("StructTreeRoot", root);
    catalog.set("MarkInfo", dictionary([("Marked", true.into())]));
    catalog.set("Lang", Object::string_literal(described.lang.as_str()));
    catalog.set("ViewerPreferences", dictionary([("DisplayDocTitle", true.into())]));
    catalog.set("Metadata", xmp);
    catalog.set("OutputIntents", vec![intent.into()]);
    if let Some(outlines) = outlines {
        catalog.set("Outlines", outlines);
        catalog.set("PageMode", name("UseOutlines"));
    }

    let info = file.add_object(information(described));
    let id = Object::String(id.to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("Info", info);
    file.trailer.set("ID", vec![id.clone(), id]);
    "1.7".clone_into(&mut file.version);
}

/// Writes every link's annotation and hangs it on its page.
fn write_annotations(tags: &Tags, pages: &[ObjectId], file: &mut File) -> Vec<ObjectId> {
    let mut of_page: BTreeMap<usize, Vec<Object>> = BTreeMap::new();
    let mut ids = Vec::new();
    for (index, annotation) in tags.annotations.iter().enumerate() {
        let mut entry = dictionary([
            ("Type", name("Annot")),
            ("Subtype", name("Link")),
            ("Rect", reals(&annotation.area)),
            ("Border", vec![0.into(), 0.into(), 0.into()].into()),
            ("F", 4.into()),
            ("Contents", text(&annotation.link.sentence)),
            ("StructParent", number(pages.len() + index)),
        ]);
        match &annotation.link.target {
            Target::Address(address) => {
                entry.set("A", dictionary([("S", name("URI")), ("URI", Object::string_literal(ascii(address)))]));
            }
            Target::Element(key) => {
                let (page, top) = tags.place_of(*key).expect("links lead to what was painted");
                entry.set("Dest", destination(pages[page], top));
            }
        }
        let id = file.add_object(entry);
        of_page.entry(annotation.page).or_default().push(id.into());
        ids.push(id);
    }

    for (index, page) in pages.iter().enumerate() {
        let page = file.get_dictionary_mut(*page).expect("printpdf writes its pages");
        page.set("StructParents", number(index));
        page.set("Tabs", name("S"));
        match of_page.remove(&index) {
            Some(links) => page.set("Annots", links),
            None => drop(page.remove(b"Annots")),
        }
    }
    ids
}

/// PDF takes addresses in seven bits: other characters in per cent.
fn ascii(address: &str) -> String {
    let encoded = |byte: u8| match byte {
        b'!'..=b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    address.bytes().map(encoded).collect()
}

fn write_tree(tags: &Tags, pages: &[ObjectId], elements: &[ObjectId], links: &[ObjectId], file: &mut File) -> ObjectId {
    let root = file.new_object_id();
    for (node, id) in tags.nodes.iter().zip(elements) {
        let parent = node.parent.map_or(root, |parent| elements[parent]);
        file.set_object(*id, element(node, parent, pages, elements, links));
    }

    let parents = file.add_object(dictionary([("Nums", parent_tree(tags, pages.len(), elements).into())]));
    let tops = tags.nodes.iter().zip(elements).filter(|(node, _)| node.parent.is_none());
    let tree = dictionary([
        ("Type", name("StructTreeRoot")),
        ("K", tops.map(|(_, id)| (*id).into()).collect::<Vec<Object>>().into()),
        ("ParentTree", parents.into()),
        ("ParentTreeNextKey", number(pages.len() + links.len())),
    ]);
    file.set_object(root, tree);
    root
}

/// From each page's contents, and from each link, back to the element that owns it.
fn parent_tree(tags: &Tags, pages: usize, elements: &[ObjectId]) -> Vec<Object> {
    let of_pages = (0..pages).flat_map(|page| {
        let owners = tags.owners.get(&page).map_or(&[][..], Vec::as_slice);
        let ids: Vec<Object> = owners.iter().map(|owner| elements[*owner].into()).collect();
        [number(page), ids.into()]
    });
    let of_links = tags.annotations.iter().enumerate();
    let of_links = of_links.flat_map(|(index, link)| [number(pages + index), elements[link.owner].into()]);
    of_pages.chain(of_links).collect()
}

fn element(node: &Node, parent: ObjectId, pages: &[ObjectId], elements: &[ObjectId], links: &[ObjectId]) -> Dictionary {
    let kid = |kid: &Kid| -> Object {
        match kid {
            Kid::Element(id) => elements[*id].into(),
            Kid::Content { page, mcid } if node.page == Some(*page) => number(*mcid),
            Kid::Content { page, mcid } => {
                dictionary([("Type", name("MCR")), ("Pg", pages[*page].into()), ("MCID", number(*mcid))]).into()
            }
            Kid::Annotation { page, annotation } => {
                dictionary([("Type", name("OBJR")), ("Pg", pages[*page].into()), ("Obj", links[*annotation].into())])
                    .into()
            }
        }
    };
    let kids: Vec<Object> = node.kids.iter().map(kid).collect();
    let mut element =
        dictionary([("Type", name("StructElem")), ("S", name(node.role)), ("P", parent.into()), ("K", kids.into())]);
    if let Some(page) = node.page {
        element.set("Pg", pages[page]);
    }
    if let Some((owner, key, value)) = node.attribute {
        element.set("A", dictionary([("O", name(owner)), (key, name(value))]));
    }
    element
}

/// Colours are sRGB: PDF/A asks for the profile.
fn output_intent(file: &mut File) -> Dictionary {
    let mut profile = Stream::new(dictionary([("N", 3.into())]), icc::srgb());
    profile.compress().expect("memory takes every byte");
    let profile = file.add_object(profile);
    dictionary([
        ("Type", name("OutputIntent")),
        ("S", name("GTS_PDFA1")),
        ("OutputConditionIdentifier", Object::string_literal("sRGB")),
        ("DestOutputProfile", profile.into()),
    ])
}

fn information(described: &Described) -> Dictionary {
    let date = Object::string_literal(format!("D:{}000000Z", described.date.format("%Y%m%d")));
    dictionary([
        ("Title", text(&described.title)),
        ("Author", text(&described.author)),
        ("Producer", text(PRODUCER)),
        ("CreationDate", date.clone()),
        ("ModDate", date),
    ])
}
