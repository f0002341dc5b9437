//! The comparison as a spreadsheet and as a text file: exactly the table of the page.

use domain::{authz::Actor, kernel::reference::TenderRef};
use sha2::{Digest, Sha256};

use super::{Cell, Comparison, Row, comparison, read};
use crate::{
    Error, Services,
    specification::Sent,
    spreadsheet::{self, Look, Sheet, Value, guarded},
    store::audit::hex,
};

/// The comparison for a spreadsheet program.
pub async fn xlsx(services: &Services, actor: &Actor, reference: TenderRef) -> Result<Sent, Error> {
    let table = table(services, actor, reference).await?;
    let bytes = spreadsheet::xlsx(&sheet(&table));
    Ok(sent(reference, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes))
}

/// The comparison as text: semicolons, one line per row, UTF-8 with its mark, as spreadsheets in French read it.
pub async fn csv(services: &Services, actor: &Actor, reference: TenderRef) -> Result<Sent, Error> {
    let table = table(services, actor, reference).await?;
    let text = text(&table)?;
    Ok(sent(reference, "csv", "text/csv; charset=utf-8", text))
}

async fn table(services: &Services, actor: &Actor, reference: TenderRef) -> Result<Comparison, Error> {
    let reading = read(services, actor, reference).await?;
    comparison(&reading).ok_or_else(|| Error::Corrupt(format!("{reference}: a sum does not fit")))
}

fn sent(reference: TenderRef, ending: &str, media_type: &str, bytes: Vec<u8>) -> Sent {
    let sha256 = hex(&Sha256::digest(&bytes));
    let name = format!("{reference}-comparaison.{ending}");
    Sent { name, media_type: media_type.to_owned(), sha256, bytes }
}

/// Firm names and items are typed by people: they stay text.
fn sheet(table: &Comparison) -> Sheet {
    let heads = table.offers.iter().map(|offer| Value::Text(guarded(&offer.firm), Look::Head));
    let mut rows = vec![[Value::Text("Critère".to_owned(), Look::Group)].into_iter().chain(heads).collect()];
    for row in &table.rows {
        rows.push(match row {
            Row::Group(label) => {
                let empty = table.offers.iter().map(|_| Value::Text(String::new(), Look::Group));
                [Value::Text(guarded(label), Look::Group)].into_iter().chain(empty).collect()
            }
            Row::Line { label, cells, best } => {
                let cells = cells.iter().enumerate().map(|(place, cell)| value(cell, best.contains(&place)));
                [Value::Text(guarded(label), Look::Plain)].into_iter().chain(cells).collect()
            }
        });
    }
    let widths = [48].into_iter().chain(table.offers.iter().map(|_| 22)).collect();
    Sheet { name: "Comparaison".to_owned(), widths, rows }
}

fn value(cell: &Cell, is_best: bool) -> Value {
    match cell {
        Cell::Nothing => Value::Nothing,
        Cell::Text(text) => Value::Text(text.clone(), Look::Right),
        Cell::Money(money) => Value::Number(money.to_iso(), if is_best { Look::BestMoney } else { Look::Money }),
        Cell::Points(points) => Value::Number(points.to_iso(), if is_best { Look::BestPoints } else { Look::Points }),
        Cell::Rank(rank) => Value::Number(rank.to_string(), Look::Right),
    }
}

fn text(table: &Comparison) -> Result<Vec<u8>, Error> {
    let mut writer =
        csv::WriterBuilder::new().delimiter(b';').flexible(true).from_writer("\u{feff}".as_bytes().to_vec());
    let corrupt = |error: csv::Error| Error::Corrupt(error.to_string());
    let heads = table.offers.iter().map(|offer| guarded(&offer.firm));
    writer.write_record(["Critère".to_owned()].into_iter().chain(heads)).map_err(corrupt)?;
    for row in &table.rows {
        match row {
            Row::Group(label) => {
                let empty = table.offers.iter().map(|_| String::new());
                writer.write_record([guarded(label)].into_iter().chain(empty)).map_err(corrupt)?;
            }
            Row::Line { label, cells, .. } => {
                writer.write_record([guarded(label)].into_iter().chain(cells.iter().map(plain))).map_err(corrupt)?;
            }
        }
    }
    writer.into_inner().map_err(|error| Error::Corrupt(error.to_string()))
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Nothing => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Money(money) => money.to_iso().replace('.', ","),
        Cell::Points(points) => points.to_iso().replace('.', ","),
        Cell::Rank(rank) => rank.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::Head;

    #[test]
    fn a_firm_named_like_a_formula_stays_a_text() {
        let offers = vec![Head { position: 1, firm: "=HYPERLINK(\"x\")".to_owned(), rank: None }];
        let rows = vec![Row::Line { label: "+1".to_owned(), cells: vec![Cell::Nothing], best: Vec::new() }];
        let written = String::from_utf8(text(&Comparison { offers, rows }).expect("written")).expect("text");

        assert_eq!(written, "\u{feff}Critère;\"'=HYPERLINK(\"\"x\"\")\"\n'+1;\n");
    }
}
