//! Decides which strip stands on which page and how high, before anything is drawn.

use super::step::{Step, Strip};

/// Where strips may stand, in points from the top of the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    /// On the first page of these steps.
    pub first_top: f32,
    pub top: f32,
    pub bottom: f32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    /// Counted from 0 at the first page of these steps.
    pub page: usize,
    pub y: f32,
    /// The strip's running head is painted just above it.
    pub with_head: bool,
}

/// One place for each strip, in their order; none for the other steps.
pub(super) fn paginate(steps: &[Step], area: Area) -> Vec<Option<Place>> {
    let mut cursor = Cursor { page: 0, y: area.first_top, space: 0.0, blank: true, area };
    steps.iter().enumerate().map(|(at, step)| cursor.take(step, &steps[at..])).collect()
}

pub(super) fn page_count(places: &[Option<Place>]) -> usize {
    places.iter().flatten().map(|place| place.page + 1).max().unwrap_or_default()
}

struct Cursor {
    page: usize,
    y: f32,
    space: f32,
    /// Nothing stands on this page yet.
    blank: bool,
    area: Area,
}

impl Cursor {
    fn take(&mut self, step: &Step, from_here: &[Step]) -> Option<Place> {
        match step {
            Step::Open(_) | Step::Close => None,
            Step::Space(height) => {
                self.space = self.space.max(*height);
                None
            }
            Step::Break => {
                if !self.blank {
                    self.turn();
                }
                None
            }
            Step::Strip(strip) => Some(self.place(strip, chain_height(from_here))),
        }
    }

    fn place(&mut self, strip: &Strip, chain: f32) -> Place {
        let space = if self.blank { 0.0 } else { self.space };
        let whole_page = self.area.bottom - self.area.top;
        let needed = if chain > whole_page { strip.height } else { chain };
        let turned = !self.blank && self.y + space + needed > self.area.bottom + 0.01;
        if turned {
            self.turn();
        } else {
            self.y += space;
        }

        let head = strip.running_head.as_ref().filter(|_| turned).map(|head| head.height);
        self.y += head.unwrap_or_default();
        let place = Place { page: self.page, y: self.y, with_head: head.is_some() };
        self.y += strip.height;
        self.space = 0.0;
        self.blank = false;
        place
    }

    fn turn(&mut self) {
        self.page += 1;
        self.y = self.area.top;
        self.space = 0.0;
        self.blank = true;
    }
}

/// Height of the first strip and of those that must stand on its page, with the white between them.
fn chain_height(steps: &[Step]) -> f32 {
    let (mut height, mut space) = (0.0, 0.0_f32);
    for step in steps {
        match step {
            Step::Open(_) | Step::Close => {}
            Step::Space(white) => space = space.max(*white),
            Step::Break => break,
            Step::Strip(strip) => {
                height += if height > 0.0 { space } else { 0.0 } + strip.height;
                space = 0.0;
                if !strip.keep {
                    break;
                }
            }
        }
    }
    height
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;

    const AREA: Area = Area { first_top: 0.0, top: 0.0, bottom: 100.0 };

    fn strip(height: f32, keep: bool) -> Step {
        Step::Strip(Strip { height, keep, ..Strip::default() })
    }

    fn pages(steps: &[Step]) -> Vec<usize> {
        paginate(steps, AREA).into_iter().flatten().map(|place| place.page).collect()
    }

    #[test]
    fn a_heading_follows_the_two_lines_after_it_to_the_next_page() {
        let steps = [strip(70.0, false), strip(10.0, true), Step::Space(5.0), strip(10.0, true), strip(10.0, false)];

        assert_eq!(pages(&steps), [0, 1, 1, 1]);
    }

    #[test]
    fn a_strip_that_ends_exactly_at_the_bottom_stays() {
        assert_eq!(pages(&[strip(90.0, false), strip(10.0, false), strip(1.0, false)]), [0, 0, 1]);
    }

    #[test]
    fn white_is_dropped_at_the_top_of_a_page_and_never_added_up() {
        let steps = [
            strip(50.0, false),
            Step::Space(10.0),
            Step::Space(20.0),
            strip(30.0, false),
            Step::Space(9.0),
            strip(5.0, false),
        ];
        let tops: Vec<f32> = paginate(&steps, AREA).into_iter().flatten().map(|place| place.y).collect();

        assert_eq!(tops, [0.0, 70.0, 0.0]);
    }

    #[test]
    fn a_chain_longer_than_a_page_is_cut_rather_than_pushed_for_ever() {
        let steps: Vec<Step> = (0..15).map(|_| strip(10.0, true)).collect();

        assert_eq!(pages(&steps).into_iter().max(), Some(1));
    }

    #[test]
    fn the_head_of_a_table_is_painted_again_only_after_a_page_break() {
        let head = Some(Rc::new(Strip { height: 8.0, ..Strip::default() }));
        let row = || Step::Strip(Strip { height: 40.0, running_head: head.clone(), ..Strip::default() });
        let places: Vec<Place> = paginate(&[row(), row(), row()], AREA).into_iter().flatten().collect();

        assert_eq!(places[1], Place { page: 0, y: 40.0, with_head: false });
        assert_eq!(places[2], Place { page: 1, y: 8.0, with_head: true });
    }

    #[test]
    fn an_empty_page_is_not_turned() {
        assert_eq!(pages(&[Step::Break, strip(10.0, false), Step::Break, Step::Break, strip(10.0, false)]), [0, 1]);
    }
}
