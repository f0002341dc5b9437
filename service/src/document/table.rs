//! Tables: caption above, head again after a page break, rows in one piece, figures at the right, total once at the end.

use std::rc::Rc;

use domain::document::{Column as Heading, Table};

use super::compose::{Column, Composer};
use super::step::{Ink, Step, Strip};
use super::style::{BOTTOM, CAPTION, CELL, COLUMN_HEAD, EDGE, HAIRLINE, INK, MEASURE, Style, TOP, mm};
use super::tags::{Element, Key};
use super::wrap::{Line, Span, line_width, longest_piece, wrap};

/// White left and right of a cell's text, then above and below it.
const SIDE: f32 = mm(2.0);
const ABOVE: f32 = mm(1.5);
const STRONG_RULE: (f32, super::style::Colour) = (1.0, INK);
const HEAD_RULE: (f32, super::style::Colour) = (0.5, INK);
const TOTAL_RULE: (f32, super::style::Colour) = (0.5, EDGE);
const ROW_RULE: (f32, super::style::Colour) = (0.3, HAIRLINE);

pub(super) fn compose(composer: &mut Composer, table: &Table) {
    let grid = Grid::of(table);
    let heads: Vec<String> = table.columns.iter().map(|column| column.head.clone()).collect();

    composer.space(mm(2.5));
    let start = composer.steps.len();
    composer.steps.push(Step::Open(Element::new("Table")));
    if !table.caption.is_empty() {
        composer.element(Element::new("Caption"), &[Span::new(&table.caption, CAPTION)], CAPTION, Column::WHOLE);
        composer.keep_with_next();
        composer.space(mm(1.5));
    }
    let head = row(&grid, &heads, COLUMN_HEAD, Heads::Columns);
    let mut head_strip = head.strips(f32::MAX, composer).remove(0);
    head_strip.inks.insert(0, rule(0.0, STRONG_RULE));
    head_strip.inks.push(rule(head_strip.height, HEAD_RULE));
    let running = Rc::new(head_strip.clone());
    tagged_row(composer, vec![Strip { keep: true, ..head_strip }]);

    let tallest = BOTTOM - TOP - running.height;
    let last = table.rows.len().saturating_sub(1);
    for (at, cells) in table.rows.iter().enumerate() {
        let mut strips = row(&grid, cells, CELL, Heads::FirstCell).strips(tallest, composer);
        let ends_table = at == last && table.total.is_none();
        let rule_below = match (ends_table, at == last) {
            (true, _) => STRONG_RULE,
            (false, true) => TOTAL_RULE,
            (false, false) => ROW_RULE,
        };
        if let Some(strip) = strips.last_mut() {
            strip.inks.push(rule(strip.height, rule_below));
            // No row stands alone: neither the first under its head nor the last above the total.
            strip.keep = (at == 0 && last > 0) || at + 1 == last || (at == last && table.total.is_some());
        }
        tagged_row(composer, running_under(strips, &running));
    }
    if let Some(total) = &table.total {
        let mut strips = row(&grid, total, CAPTION, Heads::FirstCell).strips(tallest, composer);
        if let Some(strip) = strips.last_mut() {
            strip.inks.push(rule(strip.height, STRONG_RULE));
        }
        tagged_row(composer, running_under(strips, &running));
    }
    keep_whole_when_small(&mut composer.steps[start..]);
    composer.steps.push(Step::Close);
    composer.space(mm(4.0));
}

fn keep_whole_when_small(steps: &mut [Step]) {
    let mut strips: Vec<&mut Strip> =
        steps.iter_mut().filter_map(|step| if let Step::Strip(strip) = step { Some(strip) } else { None }).collect();
    let height: f32 = strips.iter().map(|strip| strip.height).sum();
    if height <= SMALL
        && let Some((_, others)) = strips.split_last_mut()
    {
        for strip in others {
            strip.keep = true;
        }
    }
}

/// A third of the text's height: such a table goes to the next page rather than be cut.
const SMALL: f32 = (BOTTOM - TOP) / 3.0;

fn tagged_row(composer: &mut Composer, strips: Vec<Strip>) {
    composer.strips(Element::new("TR"), strips);
}

fn running_under(strips: Vec<Strip>, head: &Rc<Strip>) -> Vec<Strip> {
    strips.into_iter().map(|strip| Strip { running_head: Some(Rc::clone(head)), ..strip }).collect()
}

fn rule(y: f32, (thickness, colour): (f32, super::style::Colour)) -> Ink {
    Ink::Rule { x: 0.0, y, width: MEASURE, thickness, colour }
}

struct Grid {
    /// Left edge and width of each column, in points, and whether its figures stand at the right.
    columns: Vec<(f32, f32, bool)>,
}

impl Grid {
    fn of(table: &Table) -> Self {
        let mut x = 0.0;
        let mut place = |(column, width): (&Heading, f32)| {
            let left = x;
            x += width;
            (left, width, column.numeric)
        };
        Self { columns: table.columns.iter().zip(widths(table)).map(&mut place).collect() }
    }
}

/// The shares that the table asks for; a column too narrow for its longest word takes from the others what they can spare.
fn widths(table: &Table) -> Vec<f32> {
    let shares: f32 = table.columns.iter().map(|column| f32::from(column.width_percent)).sum();
    let share = |column: &Heading| MEASURE * f32::from(column.width_percent) / shares.max(1.0);
    let asked: Vec<f32> = table.columns.iter().map(share).collect();
    let least: Vec<f32> = (0..asked.len()).map(|at| least_width(table, at)).collect();
    let between = || asked.iter().zip(&least);
    let missing: f32 = between().map(|(asked, least)| (least - asked).max(0.0)).sum();
    let spare: f32 = between().map(|(asked, least)| (asked - least).max(0.0)).sum();
    if missing <= 0.0 || missing > spare {
        return asked;
    }
    let kept = 1.0 - missing / spare;
    between().map(|(asked, least)| least + (asked - least).max(0.0) * kept).collect()
}

/// What a column needs so that no word of it is cut.
fn least_width(table: &Table, at: usize) -> f32 {
    let figures = table.columns.get(at).is_some_and(|column| column.numeric);
    let set = |style: Style| if figures { style.tabular() } else { style };
    let rows = table.rows.iter().map(|row| (row, set(CELL)));
    let cells = rows.chain(table.total.iter().map(|row| (row, set(CAPTION))));
    let texts = cells.filter_map(|(row, style)| row.get(at).map(|text| (text, style)));
    let head = table.columns.get(at).map(|column| (&column.head, COLUMN_HEAD));
    let longest = texts.chain(head).map(|(text, style)| longest_piece(text, style)).fold(0.0, f32::max);
    longest + 2.0 * SIDE + ROUNDING
}

/// Sums of widths differ by less than this with the order of adding.
const ROUNDING: f32 = 0.05;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Heads {
    Columns,
    FirstCell,
}

struct Cell {
    x: f32,
    width: f32,
    numeric: bool,
    element: Element,
    style: Style,
    lines: Vec<Line>,
}

struct Row(Vec<Cell>);

fn row(grid: &Grid, texts: &[String], style: Style, heads: Heads) -> Row {
    let cell = |(at, (text, (x, width, numeric))): (usize, (&String, &(f32, f32, bool)))| {
        let element = match heads {
            Heads::Columns => Element::column_head(),
            Heads::FirstCell if at == 0 => Element::row_head(),
            Heads::FirstCell => Element::new("TD"),
        };
        let style = if *numeric && heads == Heads::FirstCell { style.tabular() } else { style };
        let inner = width - 2.0 * SIDE;
        let lines = if text.is_empty() { Vec::new() } else { wrap(&[Span::new(text, style)], inner, 0.0) };
        Cell { x: x + SIDE, width: inner, numeric: *numeric, element, style, lines }
    };
    Row(texts.iter().zip(&grid.columns).enumerate().map(cell).collect())
}

impl Row {
    /// One strip, or as many as a row taller than `tallest` points needs: its cells go on in the same elements.
    fn strips(self, tallest: f32, composer: &mut Composer) -> Vec<Strip> {
        let leading = CELL.leading;
        let most_lines = self.0.iter().map(|cell| cell.lines.len()).max().unwrap_or_default().max(1);
        let mut fitting = most_lines;
        while fitting > 1 && height_of(fitting, leading) > tallest {
            fitting -= 1;
        }
        let keys: Vec<Key> = self.0.iter().map(|_| composer.new_key()).collect();
        let chunk = |from: usize| {
            let count = fitting.min(most_lines - from);
            let inks = self.0.iter().zip(&keys).flat_map(|(cell, key)| cell.inks(*key, from, count)).collect();
            Strip { height: height_of(count, leading), inks, ..Strip::default() }
        };
        (0..most_lines).step_by(fitting).map(chunk).collect()
    }
}

fn height_of(lines: usize, leading: f32) -> f32 {
    f32::from(u16::try_from(lines).unwrap_or(u16::MAX)) * leading + 2.0 * ABOVE
}

impl Cell {
    fn inks(&self, key: Key, from: usize, count: usize) -> Vec<Ink> {
        let mut inks = vec![Ink::Open(self.element.clone().key(key))];
        let mut y = ABOVE;
        for line in self.lines.iter().skip(from).take(count) {
            let slack = if self.numeric { self.width - line_width(line) } else { 0.0 };
            inks.push(Ink::line(self.x + slack, y, line.clone(), self.style));
            y += self.style.leading;
        }
        inks.push(Ink::Close);
        inks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_column_does_not_cut_its_longest_word() {
        let column = |head: &str, width_percent| Heading { head: head.to_owned(), numeric: false, width_percent };
        let table = Table {
            caption: String::new(),
            columns: vec![column("Désignation", 90), column("Unité", 10)],
            rows: vec![vec!["Reprise des données".to_owned(), "participant".to_owned()]],
            total: None,
        };

        let grid = Grid::of(&table);
        let Row(cells) = row(&grid, &table.rows[0], CELL, Heads::FirstCell);

        assert_eq!(cells[1].lines.len(), 1);
        assert!((cells[1].x + cells[1].width + SIDE - MEASURE).abs() < 0.1);
    }
}
