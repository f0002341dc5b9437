//! The comparison of the offers as one table: the page, the spreadsheet and the text file all show this one.

use domain::{
    evaluation::{Dossier, Examination, Examined, RequestKind, Standing, judged, price_place},
    kernel::{Money, time::date_short_french},
    offer::{Totals, priced},
    score::Points,
    specification::{Criterion, Terms},
};

use super::Reading;

/// Offers in columns, prices and criteria in rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// In the order of the ranks, then of arrival; offers that are out come last.
    pub offers: Vec<Head>,
    pub rows: Vec<Row>,
}

/// The head of an offer's column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub position: i32,
    pub firm: String,
    pub rank: Option<usize>,
}

/// One row: a group, or a label and one cell per offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    Group(String),
    Line {
        label: String,
        cells: Vec<Cell>,
        /// Places of the best cells.
        best: Vec<usize>,
    },
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Nothing,
    Text(String),
    Money(Money),
    Points(Points),
    Rank(usize),
}

/// The table of what is known now. Points of quality are shown when every sheet is complete, and totals with them.
pub fn comparison(reading: &Reading) -> Option<Comparison> {
    let examination = reading.examination()?;
    let mut offers: Vec<&Examined> = examination.offers.iter().collect();
    let shown = reading.is_revealed();
    offers.sort_by_key(|offer| (is_out(offer), offer.rank().filter(|_| shown).unwrap_or(usize::MAX), offer.position));
    let rows =
        Rows { terms: &reading.terms, dossier: &reading.dossier, examination: &examination, offers: &offers, shown };
    let heads = offers
        .iter()
        .map(|offer| Head {
            position: offer.position,
            firm: offer.firm_name.clone(),
            rank: offer.rank().filter(|_| shown),
        })
        .collect();
    Some(Comparison { offers: heads, rows: rows.all()? })
}

fn is_out(offer: &Examined) -> bool {
    match offer.standing {
        Standing::NotSelected { .. } | Standing::Irregular { .. } => true,
        Standing::Undecided | Standing::Compared { .. } => false,
    }
}

struct Rows<'a> {
    terms: &'a Terms,
    dossier: &'a Dossier,
    examination: &'a Examination,
    offers: &'a [&'a Examined],
    shown: bool,
}

impl Rows<'_> {
    fn all(&self) -> Option<Vec<Row>> {
        let criteria = &self.examination.criteria;
        let price = price_place(criteria)?;
        let totals = self.offers.iter().map(|offer| priced(&self.terms.inventory, &offer.content));
        let totals: Vec<Totals> = totals.collect::<Option<_>>()?;
        let weight: i64 = criteria.iter().map(|criterion| criterion.weight_hundredths).sum();

        let mut rows = vec![Row::Group("Résultat".to_owned())];
        rows.push(self.line("Rang", |offer| match offer.rank().filter(|_| self.shown) {
            Some(rank) => Cell::Rank(rank),
            None => Self::standing(offer),
        }));
        let total = |offer: &Examined| offer.total().filter(|_| self.shown).map_or(Cell::Nothing, Cell::Points);
        rows.push(self.best_points(format!("Total sur {}", short(weight)), total));
        rows.push(Row::Group(named(criteria.get(price)?)));
        rows.extend(self.prices(&totals, price));
        let judged: Vec<_> = criteria.iter().enumerate().filter(|(place, _)| *place != price).collect();
        if !judged.is_empty() {
            let weight: i64 = judged.iter().map(|(_, criterion)| criterion.weight_hundredths).sum();
            rows.push(Row::Group(format!("Qualité, {} points", short(weight))));
            rows.extend(judged.into_iter().map(|(place, criterion)| {
                let label = format!("{}, sur {}", criterion.name, short(criterion.weight_hundredths));
                self.best_points(label, |offer| {
                    Self::points(offer, place).filter(|_| self.shown).map_or(Cell::Nothing, Cell::Points)
                })
            }));
        }
        rows.extend(self.to_discuss());
        rows.push(Row::Group("Prix par poste, hors TVA".to_owned()));
        rows.extend(self.inventory(&totals));
        Some(rows)
    }

    /// What deserves a word before the close: jurors who differ, prices that were questioned.
    fn to_discuss(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        if self.shown && self.dossier.scorers().count() > 1 {
            rows.push(self.line("Écart entre évaluateurs", |offer| self.spread(offer)));
        }
        if self.dossier.requests.iter().any(|request| request.kind == RequestKind::Price) {
            rows.push(self.line("Prix à justifier", |offer| self.justification(offer)));
        }
        if !rows.is_empty() {
            rows.insert(0, Row::Group("À discuter".to_owned()));
        }
        rows
    }

    /// The widest difference between two jurors, and the criterion where it is.
    fn spread(&self, offer: &Examined) -> Cell {
        let of = |place: usize| {
            let points = self.dossier.points(offer.offer, place);
            let (least, most) = (points.iter().min()?, points.iter().max()?);
            most.hundredths().checked_sub(least.hundredths())
        };
        let widest = judged(&self.examination.criteria)
            .filter_map(|(place, criterion)| Some((of(place)?, criterion)))
            .max_by_key(|(spread, _)| *spread);
        match widest {
            None => Cell::Nothing,
            Some((0, _)) => Cell::Text("aucun".to_owned()),
            Some((spread, criterion)) => {
                Cell::Text(format!("{} points, {}", short(spread), criterion.name.to_lowercase()))
            }
        }
    }

    fn justification(&self, offer: &Examined) -> Cell {
        let asked = self
            .dossier
            .requests
            .iter()
            .rfind(|request| request.offer == offer.offer && request.kind == RequestKind::Price);
        let told = match asked.map(|request| (request.accepted, request.answered_on)) {
            None => "non".to_owned(),
            Some((Some(true), _)) => "justifié".to_owned(),
            Some((Some(false), _)) => "justification non admise".to_owned(),
            Some((None, Some(_))) => "réponse à juger".to_owned(),
            Some((None, None)) => {
                asked.map_or(String::new(), |request| format!("attendue le {}", date_short_french(request.due_on)))
            }
        };
        Cell::Text(told)
    }

    fn prices(&self, totals: &[Totals], price: usize) -> Vec<Row> {
        let with_vat = self.examination.compared_with_vat;
        let compared: Vec<Money> = self.offers.iter().map(|offer| offer.price(with_vat)).collect();
        let lowest = self
            .offers
            .iter()
            .zip(&compared)
            .filter(|(offer, price)| !is_out(offer) && price.is_positive())
            .map(|(_, price)| *price)
            .min();
        let mut rows = vec![
            self.lowest("Montant HTVA", |place| totals.get(place).map(|totals| totals.vat.excluding)),
            self.line_at("TVA", |place| totals.get(place).map_or(Cell::Nothing, |totals| Cell::Money(totals.vat.vat))),
            self.lowest("Montant TVAC", |place| totals.get(place).map(|totals| totals.vat.including)),
        ];
        if self.offers.iter().zip(totals).any(|(offer, totals)| offer.submitted != totals.vat.excluding) {
            rows.push(self.line("Montant remis, HTVA", |offer| Cell::Money(offer.submitted)));
        }
        rows.push(self.line_at("Écart à la plus basse", |place| gap(compared.get(place).copied(), lowest)));
        rows.push(
            self.best_points("Points".to_owned(), |offer| {
                Self::points(offer, price).map_or(Cell::Nothing, Cell::Points)
            }),
        );
        rows
    }

    fn inventory(&self, totals: &[Totals]) -> Vec<Row> {
        let lines = self.terms.inventory.iter().enumerate();
        lines
            .map(|(line, item)| {
                let label = match item.quantity {
                    Some(_) => format!("{}\u{a0}: {}, {}", item.code, item.item, item.counted()),
                    None => format!("{}\u{a0}: {}, par {}", item.code, item.item, item.unit),
                };
                self.lowest(&label, |place| {
                    let priced = totals.get(place)?.lines.get(line)?;
                    priced.amount.or_else(|| {
                        let price = priced.price.as_ref()?;
                        price.unit_price.times(domain::kernel::Quantity::from_thousandths(1_000))
                    })
                })
            })
            .collect()
    }

    fn line(&self, label: &str, cell: impl Fn(&Examined) -> Cell) -> Row {
        let cells = self.offers.iter().map(|offer| cell(offer)).collect();
        Row::Line { label: label.to_owned(), cells, best: Vec::new() }
    }

    fn line_at(&self, label: &str, cell: impl Fn(usize) -> Cell) -> Row {
        let cells = (0..self.offers.len()).map(cell).collect();
        Row::Line { label: label.to_owned(), cells, best: Vec::new() }
    }

    fn best_points(&self, label: String, cell: impl Fn(&Examined) -> Cell) -> Row {
        let cells: Vec<Cell> = self.offers.iter().map(|offer| cell(offer)).collect();
        let points = |cell: &Cell| if let Cell::Points(points) = cell { Some(*points) } else { None };
        let most = cells.iter().filter_map(points).max();
        let best = places(&cells, |cell| most.is_some() && points(cell) == most);
        Row::Line { label, cells, best }
    }

    /// The lowest price above zero of those that are compared is the best.
    fn lowest(&self, label: &str, amount: impl Fn(usize) -> Option<Money>) -> Row {
        let amounts: Vec<_> = (0..self.offers.len()).map(amount).collect();
        let counted = self.offers.iter().zip(&amounts).filter(|(offer, _)| !is_out(offer));
        let least = counted.filter_map(|(_, amount)| *amount).filter(|amount| amount.is_positive()).min();
        let best = places(&amounts, |amount| least.is_some() && *amount == least);
        let best = best.into_iter().filter(|place| self.offers.get(*place).is_some_and(|offer| !is_out(offer)));
        let best = best.collect();
        let cells = amounts.into_iter().map(|amount| amount.map_or(Cell::Nothing, Cell::Money)).collect();
        Row::Line { label: label.to_owned(), cells, best }
    }

    fn points(offer: &Examined, place: usize) -> Option<Points> {
        match &offer.standing {
            Standing::Compared { points, .. } => points.get(place).copied().flatten(),
            Standing::NotSelected { .. } | Standing::Irregular { .. } | Standing::Undecided => None,
        }
    }

    fn standing(offer: &Examined) -> Cell {
        match &offer.standing {
            Standing::NotSelected { .. } => Cell::Text("Non sélectionné".to_owned()),
            Standing::Irregular { .. } => Cell::Text("Offre nulle".to_owned()),
            Standing::Undecided => Cell::Text("À examiner".to_owned()),
            Standing::Compared { .. } => Cell::Nothing,
        }
    }
}

fn places<T>(cells: &[T], is_best: impl Fn(&T) -> bool) -> Vec<usize> {
    cells.iter().enumerate().filter(|(_, cell)| is_best(cell)).map(|(place, _)| place).collect()
}

fn named(criterion: &Criterion) -> String {
    format!("{}, {} points", criterion.name, short(criterion.weight_hundredths))
}

/// `40`, or `12,50` where the weight has decimals.
pub fn short(hundredths: i64) -> String {
    let whole = Points::from_hundredths(hundredths).to_string();
    whole.strip_suffix(",00").map_or(whole.clone(), str::to_owned)
}

/// `+20,0 %`: the part by which a price is above the lowest, to a tenth.
fn gap(price: Option<Money>, lowest: Option<Money>) -> Cell {
    let (Some(price), Some(lowest)) = (price.filter(|price| price.is_positive()), lowest) else { return Cell::Nothing };
    if price == lowest {
        return Cell::Text("la plus basse".to_owned());
    }
    let above = i128::from(price.cents()) - i128::from(lowest.cents());
    let thousandths = domain::kernel::rounding::div_half_away(above * 1_000, i128::from(lowest.cents()));
    let sign = if thousandths < 0 { "\u{2212}" } else { "+" };
    let size = thousandths.unsigned_abs();
    Cell::Text(format!("{sign}{},{}\u{a0}%", size / 10, size % 10))
}
