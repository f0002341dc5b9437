//! A table that becomes cards on a phone, where each cell says the word of its column.

use std::borrow::Cow;

use leptos::prelude::*;

pub struct Column {
    word: Option<Cow<'static, str>>,
    is_number: bool,
    under: Option<String>,
}

pub struct Row {
    id: Option<String>,
    head: AnyView,
    columns: usize,
    cells: Vec<Cell>,
}

struct Cell {
    class: Option<&'static str>,
    is_blank: bool,
    body: AnyView,
}

pub struct Table {
    id: &'static str,
    label: Option<&'static str>,
    columns: Vec<Column>,
    rows: Vec<Row>,
    foot: Vec<Row>,
    foot_class: Option<&'static str>,
    above: Option<AnyView>,
    beside: Option<AnyView>,
    below: Option<AnyView>,
}

/// A column of text.
pub fn column(word: impl Into<Cow<'static, str>>) -> Column {
    Column { word: Some(word.into()), is_number: false, under: None }
}

/// A column of figures, at the right.
pub fn number(word: impl Into<Cow<'static, str>>) -> Column {
    Column { word: Some(word.into()), is_number: true, under: None }
}

/// A column of buttons that say themselves what they do.
pub fn unnamed() -> Column {
    Column { word: None, is_number: false, under: None }
}

/// What the row is about; its cells follow in the order of the columns.
pub fn row(head: impl IntoView + 'static) -> Row {
    Row { id: None, head: head.into_any(), columns: 1, cells: Vec::new() }
}

/// `id`: the heading that names the table.
pub fn table(
    id: &'static str,
    columns: impl IntoIterator<Item = Column>,
    rows: impl IntoIterator<Item = Row>,
) -> Table {
    Table {
        id,
        label: None,
        columns: columns.into_iter().collect(),
        rows: rows.into_iter().collect(),
        foot: Vec::new(),
        foot_class: None,
        above: None,
        beside: None,
        below: None,
    }
}

impl Row {
    #[must_use]
    pub fn cell(self, body: impl IntoView + 'static) -> Self {
        self.push(Cell { class: None, is_blank: false, body: body.into_any() })
    }

    #[must_use]
    pub fn classed(self, class: &'static str, body: impl IntoView + 'static) -> Self {
        self.push(Cell { class: Some(class), is_blank: false, body: body.into_any() })
    }

    /// Nothing stands here, on a phone neither.
    #[must_use]
    pub fn blank(self) -> Self {
        self.push(Cell { class: None, is_blank: true, body: ().into_any() })
    }

    /// How many columns the head of the row takes.
    #[must_use]
    pub fn spanning(mut self, columns: usize) -> Self {
        self.columns = columns;
        self
    }

    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    fn push(mut self, cell: Cell) -> Self {
        self.cells.push(cell);
        self
    }

    fn view(self, columns: &[Column]) -> AnyView {
        debug_assert_eq!(self.columns + self.cells.len(), columns.len(), "a cell for each column after the head");
        let span = (self.columns > 1).then(|| self.columns.to_string());
        let cells: Vec<_> = self
            .cells
            .into_iter()
            .zip(columns.iter().skip(self.columns))
            .map(|(cell, column)| cell.view(column))
            .collect();
        view! { <tr id=self.id><th scope="row" colspan=span>{self.head}</th>{cells}</tr> }.into_any()
    }
}

impl Cell {
    fn view(self, column: &Column) -> AnyView {
        if self.is_blank {
            return view! { <td></td> }.into_any();
        }
        let class = match (column.is_number, self.class) {
            (true, Some(class)) => format!("num {class}"),
            (true, None) => "num".to_owned(),
            (false, Some(class)) => class.to_owned(),
            (false, None) => return view! { <td data-l=column.word.clone()>{self.body}</td> }.into_any(),
        };
        view! { <td class=class data-l=column.word.clone()>{self.body}</td> }.into_any()
    }
}

impl Column {
    /// More about the column, under its word; the cells do not repeat it.
    #[must_use]
    pub fn under(mut self, words: impl Into<String>) -> Self {
        self.under = Some(words.into());
        self
    }

    fn view(&self) -> AnyView {
        let Some(word) = self.word.clone() else { return view! { <td></td> }.into_any() };
        let class = self.is_number.then_some("num");
        match self.under.clone() {
            None => view! { <th scope="col" class=class>{word}</th> }.into_any(),
            Some(under) => {
                view! { <th scope="col" class=class>{word}<br/><span class="small quiet">{under}</span></th> }
                    .into_any()
            }
        }
    }
}

impl Table {
    #[must_use]
    pub fn foot(mut self, rows: impl IntoIterator<Item = Row>) -> Self {
        self.foot = rows.into_iter().collect();
        self
    }

    /// A foot whose amounts stand beside their words, on a phone too.
    #[must_use]
    pub fn sums(mut self, rows: impl IntoIterator<Item = Row>) -> Self {
        self.foot_class = Some("sum");
        self.foot(rows)
    }

    /// A name of its own, where no heading has the table's id.
    #[must_use]
    pub fn labelled(mut self, label: &'static str) -> Self {
        self.label = Some(label);
        self
    }

    /// Between the card's title and the table.
    #[must_use]
    pub fn above(mut self, above: impl IntoView + 'static) -> Self {
        self.above = Some(above.into_any());
        self
    }

    /// At the right of the card's title.
    #[must_use]
    pub fn beside(mut self, beside: impl IntoView + 'static) -> Self {
        self.beside = Some(beside.into_any());
        self
    }

    /// Under the table, in the card.
    #[must_use]
    pub fn below(mut self, below: impl IntoView + 'static) -> Self {
        self.below = Some(below.into_any());
        self
    }

    /// The table in a card, under its title.
    pub fn card(mut self, title: impl Into<String>) -> AnyView {
        let (id, above, below) = (self.id, self.above.take(), self.below.take());
        let title = view! { <h2 id=id>{title.into()}</h2> };
        let head = match self.beside.take() {
            None => title.into_any(),
            Some(beside) => view! { <div class="row row--apart">{title}{beside}</div> }.into_any(),
        };
        view! { <section class="card card--flush" aria-labelledby=id>{head}{above}{self.view()}{below}</section> }
            .into_any()
    }

    pub fn view(self) -> AnyView {
        let columns = self.columns;
        let heads: Vec<_> = columns.iter().map(Column::view).collect();
        let rows: Vec<_> = self.rows.into_iter().map(|row| row.view(&columns)).collect();
        let foot: Vec<_> = self.foot.into_iter().map(|row| row.view(&columns)).collect();
        let foot = (!foot.is_empty()).then(|| match self.foot_class {
            Some(class) => view! { <tfoot class=class>{foot}</tfoot> }.into_any(),
            None => view! { <tfoot>{foot}</tfoot> }.into_any(),
        });
        let heading = self.label.is_none().then_some(self.id);
        view! {
            <div class="scroll" tabindex="0" role="group" aria-labelledby=heading aria-label=self.label>
                <table class="table table--cards">
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                    {foot}
                </table>
            </div>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As a browser reads it, without Leptos's markers.
    fn html(table: Table) -> String {
        table.view().to_html().replace("<!>", "")
    }

    #[test]
    fn each_cell_says_the_word_of_its_column_and_stands_as_it_does() {
        let columns = [column("Objet"), column("État"), number("Montant")];
        let rows = [row("Sel").cell("Ouvert").classed("strong", "12,00 €")];
        let page = html(table("marches", columns, rows).foot([row("Total").blank().cell("12,00 €")]));

        assert!(page.contains(r#"<th scope="row">Sel</th>"#), "{page}");
        assert!(page.contains(r#"<td data-l="État">Ouvert</td>"#), "{page}");
        assert!(page.contains(r#"<td data-l="Montant" class="num strong">12,00 €</td>"#), "{page}");
        assert!(page.contains("<td></td>"), "{page}");
    }

    #[test]
    fn what_stands_under_the_word_of_a_column_stays_in_its_head() {
        let columns = [column("Poste"), number("Depuis le 1".to_owned()).under("révision")];
        let page = html(table("versions", columns, [row("Sel").cell("2,00 €")]));

        assert!(
            page.contains(
                r#"<th scope="col" class="num">Depuis le 1<br><span class="small quiet">révision</span></th>"#
            ),
            "{page}"
        );
        assert!(page.contains(r#"<td data-l="Depuis le 1" class="num">2,00 €</td>"#), "{page}");
    }

    #[test]
    fn a_head_over_several_columns_leaves_the_last_its_word() {
        let columns = [column("Poste"), number("Quantité"), number("Montant")];
        let page = html(table("lignes", columns, []).sums([row("Total").spanning(2).cell("12,00 €")]));

        assert!(page.contains(r#"<th scope="row" colspan="2">Total</th>"#), "{page}");
        assert!(page.contains(r#"<td data-l="Montant" class="num">12,00 €</td>"#), "{page}");
    }
}
