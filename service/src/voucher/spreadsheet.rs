//! The list of vouchers as a spreadsheet and as a text file: all that answer its filter, with the sums of its page.

use domain::{authz::Scope, kernel::Money, voucher::Status};
use sha2::{Digest, Sha256};

use crate::{
    Error, Services,
    specification::Sent,
    spreadsheet::{self, Look, Sheet, Value, guarded},
    store::{
        audit::hex,
        vouchers::{self, Filter, Listed, Sums},
    },
};

/// A status in words.
type Words = fn(Status) -> &'static str;

const HEADS: [(&str, u16); 11] = [
    ("Numéro", 18),
    ("Objet", 44),
    ("Contrat", 16),
    ("Autorité", 28),
    ("Fournisseur", 28),
    ("État", 22),
    ("Montant HTVA", 16),
    ("Montant TVAC", 16),
    ("Commandé HTVA", 16),
    ("Réceptionné HTVA", 18),
    ("Reste à réceptionner HTVA", 24),
];

const TOTAL: &str = "Total";
const NAME: &str = "bons-de-commande";

/// The list for a spreadsheet program.
pub async fn xlsx(services: &Services, scope: Scope, filter: &Filter, words: Words) -> Result<Sent, Error> {
    let table = table(services, scope, filter, words).await?;
    let widths = HEADS.iter().map(|(_, width)| *width).collect();
    Ok(as_xlsx(NAME, "Bons de commande", widths, &table))
}

/// The list as text: semicolons, one line per voucher, UTF-8 with its mark, as spreadsheets in French read it.
pub async fn csv(services: &Services, scope: Scope, filter: &Filter, words: Words) -> Result<Sent, Error> {
    let table = table(services, scope, filter, words).await?;
    as_csv(NAME, &table)
}

/// A table whose first row is its heads, for a spreadsheet program.
pub(super) fn as_xlsx(name: &str, sheet: &str, widths: Vec<u16>, table: &[Vec<Cell>]) -> Sent {
    let rows = table.iter().enumerate().map(|(place, row)| row.iter().map(|cell| value(cell, place == 0)).collect());
    let bytes = spreadsheet::xlsx(&Sheet { name: sheet.to_owned(), widths, rows: rows.collect() });
    sent(name, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes)
}

/// The same as text.
pub(super) fn as_csv(name: &str, table: &[Vec<Cell>]) -> Result<Sent, Error> {
    Ok(sent(name, "csv", "text/csv; charset=utf-8", text(table)?))
}

/// What stands in a cell.
pub(super) enum Cell {
    Text(String),
    Money(Money),
}

async fn table(services: &Services, scope: Scope, filter: &Filter, words: Words) -> Result<Vec<Vec<Cell>>, Error> {
    let found = vouchers::all(services, scope, filter).await?;
    table_of(found, words).ok_or_else(|| Error::Corrupt("vouchers".to_owned()))
}

/// The heads, a row for each voucher, and the sums of these rows.
fn table_of(found: Vec<Listed>, words: Words) -> Option<Vec<Vec<Cell>>> {
    let last = total(&found)?;
    let heads = HEADS.iter().map(|(head, _)| Cell::Text((*head).to_owned())).collect();
    let rows = found.into_iter().map(|voucher| row(voucher, words));
    Some([heads].into_iter().chain(rows).chain([last]).collect())
}

fn row(voucher: Listed, words: Words) -> Vec<Cell> {
    let number = voucher.number.map(|number| number.to_string()).unwrap_or_default();
    let (ordered, remaining) = (voucher.ordered(), voucher.remaining());
    vec![
        Cell::Text(number),
        Cell::Text(voucher.object),
        Cell::Text(voucher.contract.to_string()),
        Cell::Text(voucher.organisation_name),
        Cell::Text(voucher.supplier_name),
        Cell::Text(words(voucher.status).to_owned()),
        Cell::Money(voucher.excluding),
        Cell::Money(voucher.including),
        Cell::Money(ordered),
        Cell::Money(voucher.accepted),
        Cell::Money(remaining),
    ]
}

fn total(found: &[Listed]) -> Option<Vec<Cell>> {
    let sums = Sums::over(found)?;
    let including = Money::total(found.iter().map(|voucher| voucher.including))?;
    let accepted = Money::total(found.iter().map(|voucher| voucher.accepted))?;
    let texts = [TOTAL, "", "", "", "", ""].map(|text| Cell::Text(text.to_owned()));
    let amounts = [sums.total, including, sums.ordered, accepted, sums.remaining].map(Cell::Money);
    Some(texts.into_iter().chain(amounts).collect())
}

/// Objects and names are typed by people: they stay text.
fn value(cell: &Cell, is_head: bool) -> Value {
    match cell {
        Cell::Text(text) => Value::Text(guarded(text), if is_head { Look::Group } else { Look::Plain }),
        Cell::Money(money) => Value::Number(money.to_iso(), Look::Money),
    }
}

fn text(table: &[Vec<Cell>]) -> Result<Vec<u8>, Error> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer("\u{feff}".as_bytes().to_vec());
    for row in table {
        let record = row.iter().map(|cell| match cell {
            Cell::Text(text) => guarded(text),
            Cell::Money(money) => money.to_iso().replace('.', ","),
        });
        writer.write_record(record).map_err(|error| Error::Corrupt(error.to_string()))?;
    }
    writer.into_inner().map_err(|error| Error::Corrupt(error.to_string()))
}

fn sent(name: &str, ending: &str, media_type: &str, bytes: Vec<u8>) -> Sent {
    let sha256 = hex(&Sha256::digest(&bytes));
    Sent { name: format!("{name}.{ending}"), media_type: media_type.to_owned(), sha256, bytes }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::kernel::ids::{OrganisationId, VoucherId};
    use uuid::Uuid;

    use super::*;

    fn listed(status: Status, excluding: i64, accepted: i64) -> Listed {
        Listed {
            id: VoucherId::from_uuid(Uuid::from_u128(1)),
            number: None,
            contract: "MP-2026-0001".parse().expect("a reference"),
            organisation: OrganisationId::from_uuid(Uuid::from_u128(2)),
            organisation_name: "Namur".to_owned(),
            supplier_name: "Aubier".to_owned(),
            object: "Connecteur".to_owned(),
            status,
            excluding: Money::from_cents(excluding),
            including: Money::from_cents(excluding + 21),
            accepted: Money::from_cents(accepted),
            wanted_on: None,
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    fn amounts(row: &[Cell]) -> Vec<Money> {
        row.iter().filter_map(|cell| if let Cell::Money(money) = cell { Some(*money) } else { None }).collect()
    }

    #[test]
    fn the_last_row_is_the_sum_of_the_rows_above_it() {
        let found = vec![
            listed(Status::Draft, 10_000, 0),
            listed(Status::PartlyAccepted, 20_000, 5_000),
            listed(Status::Closed, 30_000, 12_000),
        ];

        let table = table_of(found, Status::code).expect("it fits");

        let cents = [60_000, 60_063, 32_000, 17_000, 15_000].map(Money::from_cents);
        assert_eq!(amounts(&table[4]), cents);
        for (place, total) in cents.into_iter().enumerate() {
            assert_eq!(Money::total(table[1..4].iter().map(|row| amounts(row)[place])), Some(total));
        }
    }

    #[test]
    fn an_object_like_a_formula_stays_a_text_and_amounts_are_read_in_french() {
        let row = vec![Cell::Text("=1+1".to_owned()), Cell::Money(Money::from_cents(-123_456))];
        let written = String::from_utf8(text(&[row]).expect("written")).expect("text");

        assert_eq!(written, "\u{feff}'=1+1;-1234,56\n");
    }
}
