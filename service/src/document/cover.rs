//! The cover of a book: band and brass at the binding edge, mark, title, facts low on the page, version and hash at the foot.

use domain::document::{Document, Fact};

use super::compose::{Column, Composer};
use super::facts;
use super::fonts::Face;
use super::furniture::DRAFT;
use super::paginate::{Area, page_count, paginate};
use super::paper::Paper;
use super::step::{Step, Strip, line_strips};
use super::style::{BRASS, BRICK, CODE, LEFT, NOTE, PAGE_HEIGHT, SECTION, STONE, SUBTITLE, TITLE, mm};
use super::tags::Element;
use super::wrap::{Span, wrap, wrap_anywhere};
use super::{mark, ops, typography};

const BAND: f32 = mm(9.0);
const BRASS_LINE: f32 = mm(1.2);
const TITLE_TOP: f32 = mm(88.0);
/// Where the list of facts and the lines about the version end, from the page's lower edge.
const FACTS_END: f32 = PAGE_HEIGHT - mm(46.0);
const VERSION_END: f32 = PAGE_HEIGHT - mm(22.0);

pub(super) fn draw(
    document: &Document,
    cover_facts: &[Fact],
    fingerprint: &str,
    composer: &mut Composer,
    paper: &mut Paper,
) {
    decorate(paper);

    let top = if document.draft { TITLE_TOP - mm(9.0) } else { TITLE_TOP };
    let title = title(document, composer);
    let list = facts_list(document, cover_facts);
    let version = version(document, fingerprint);
    let list_top = (FACTS_END - height(&list)).max(top + height(&title) + mm(10.0));
    draw_from(top, &title, paper);
    draw_from(list_top, &list, paper);
    draw_from(VERSION_END - height(&version), &version, paper);
}

fn decorate(paper: &mut Paper) {
    let mut inner = ops::filled(0.0, 0.0, BAND, PAGE_HEIGHT, STONE);
    inner.extend(ops::filled(BAND, 0.0, BRASS_LINE, PAGE_HEIGHT, BRASS));
    inner.extend(mark::draw(LEFT - 3.8 * MARK_UNIT, mm(26.0), MARK_UNIT));
    paper.artefact(0, None, inner);
}

/// Makes the mark 14 mm high.
const MARK_UNIT: f32 = mm(14.0 / 34.0);

fn title(document: &Document, composer: &mut Composer) -> Vec<Step> {
    if document.draft {
        let style = SECTION.face(Face::Semibold).colour(BRICK);
        composer.element(Element::new("P"), &[Span::new(DRAFT, style)], style, Column::WHOLE);
        composer.space(mm(9.0) - style.leading);
    }
    composer.title(&document.title, TITLE);
    composer.space(mm(4.0));
    composer.text(&document.subtitle, SUBTITLE);
    std::mem::take(&mut composer.steps)
}

/// The reference comes first.
fn facts_list(document: &Document, cover_facts: &[Fact]) -> Vec<Step> {
    let reference = Fact::new("Référence", document.reference.as_str());
    let mut steps = vec![Step::Open(Element::list("None"))];
    for fact in std::iter::once(&reference).chain(cover_facts) {
        steps.push(Step::Strip(facts::strip(fact, Column::WHOLE)));
        steps.push(Step::Space(mm(2.5)));
    }
    steps.push(Step::Close);
    steps
}

fn version(document: &Document, fingerprint: &str) -> Vec<Step> {
    let mut version = document.version.clone();
    if let Some(first) = version.get(0..1) {
        let capital = first.to_uppercase();
        version.replace_range(0..1, &capital);
    }
    let date = typography::date(document.date);
    let line = if version.is_empty() { format!("Le {date}. ") } else { format!("{version} du {date}. ") };
    let label = format!("{line}Empreinte SHA-256 des données\u{a0}:");
    let mut strips = line_strips(wrap(&[Span::new(label, NOTE)], Column::WHOLE.width, 0.0), 0.0, NOTE);
    strips.extend(line_strips(wrap_anywhere(&[Span::new(fingerprint, CODE)], Column::WHOLE.width), 0.0, CODE));
    let mut steps = vec![Step::Open(Element::new("P"))];
    steps.extend(strips.into_iter().map(Step::Strip));
    steps.push(Step::Close);
    steps
}

/// Of steps that stand on one page.
fn height(steps: &[Step]) -> f32 {
    let places = paginate(steps, Area { first_top: 0.0, top: 0.0, bottom: f32::MAX });
    let strips = steps.iter().filter_map(|step| if let Step::Strip(strip) = step { Some(strip) } else { None });
    let bottom = |(place, strip): (&super::paginate::Place, &Strip)| place.y + strip.height;
    places.iter().flatten().zip(strips).map(bottom).fold(0.0, f32::max)
}

fn draw_from(top: f32, steps: &[Step], paper: &mut Paper) {
    let places = paginate(steps, Area { first_top: top, top, bottom: f32::MAX });
    debug_assert!(page_count(&places) <= 1, "the cover is one page");
    paper.steps(0, steps, &places, &[]);
}
