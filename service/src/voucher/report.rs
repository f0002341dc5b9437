//! What each authority ordered month by month in one year, on its page and as files: by the sums that the ledger keeps.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use domain::{
    authz::Scope,
    kernel::{Money, ids::OrganisationId, reference::TenderRef, time::brussels},
};

use super::spreadsheet::{Cell, as_csv, as_xlsx};
use crate::{
    Error, Services,
    specification::Sent,
    store::vouchers::{self, Ordered},
};

/// One amount for each month of the year, HTVA.
pub type Months = [Money; 12];

/// What a report is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    /// The running year where none is asked.
    pub year: Option<i32>,
    pub contract: Option<TenderRef>,
}

/// What was committed in a year, less what was given back in it, HTVA.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub year: i32,
    /// The years that may be asked for, the latest first.
    pub years: Vec<i32>,
    /// By name; who ordered nothing is left out.
    pub authorities: Vec<Authority>,
    pub months: Months,
    pub total: Money,
}

/// One authority's part of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    pub name: String,
    pub months: Months,
    pub total: Money,
}

/// The report within this scope.
pub async fn report(services: &Services, scope: Scope, asked: Asked) -> Result<Report, Error> {
    let today = brussels(services.now()).year();
    let year = asked.year.unwrap_or(today);
    let Some(bounds) = first_day(year).zip(first_day(year.saturating_add(1))) else { return Err(Error::NotFound) };
    let ordered = vouchers::ordered_by_month(services, scope, bounds, asked.contract).await?;
    let first = vouchers::first_month(services, scope).await?.map_or(today, |month| month.year());
    let sums = by_authority(&ordered).ok_or_else(too_large)?;

    let names = vouchers::names(services, sums.keys().copied()).await?;
    let authorities: Vec<_> = names
        .into_iter()
        .filter_map(|(id, name)| Some((name, *sums.get(&id)?)))
        .map(|(name, months)| Some(Authority { name, months, total: Money::total(months)? }))
        .collect::<Option<_>>()
        .ok_or_else(too_large)?;
    let months = authorities.iter().try_fold(Months::default(), |sum, authority| plus(sum, authority.months));
    let months = months.ok_or_else(too_large)?;
    Ok(Report {
        year,
        years: (first.min(today)..=today).rev().collect(),
        authorities,
        months,
        total: Money::total(months).ok_or_else(too_large)?,
    })
}

/// The report for a spreadsheet program.
pub async fn report_xlsx(services: &Services, scope: Scope, asked: Asked) -> Result<Sent, Error> {
    let report = report(services, scope, asked).await?;
    let widths = [32].into_iter().chain([14; 13]).collect();
    Ok(as_xlsx(&name(&report), "Commandes", widths, &table(&report)))
}

/// The report as text.
pub async fn report_csv(services: &Services, scope: Scope, asked: Asked) -> Result<Sent, Error> {
    let report = report(services, scope, asked).await?;
    as_csv(&name(&report), &table(&report))
}

fn first_day(year: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, 1, 1).filter(|_| (2000..=9999).contains(&year))
}

/// A month in which as much was given back as was committed is no order.
fn by_authority(ordered: &[Ordered]) -> Option<BTreeMap<OrganisationId, Months>> {
    let mut sums: BTreeMap<OrganisationId, Months> = BTreeMap::new();
    for Ordered { organisation, month, amount } in ordered.iter().filter(|row| row.amount != Money::ZERO) {
        let months = sums.entry(*organisation).or_default();
        let sum = months.get_mut(usize::try_from(month.month0()).ok()?)?;
        *sum = sum.checked_add(*amount)?;
    }
    Some(sums)
}

fn plus(sum: Months, more: Months) -> Option<Months> {
    let mut months = sum;
    for (month, more) in months.iter_mut().zip(more) {
        *month = month.checked_add(more)?;
    }
    Some(months)
}

fn too_large() -> Error {
    Error::Corrupt("the sums of the ledger".to_owned())
}

fn name(report: &Report) -> String {
    format!("commandes-{}", report.year)
}

fn table(report: &Report) -> Vec<Vec<Cell>> {
    let heads = (1..=12).map(|month| format!("{month:02}/{}", report.year));
    let heads = ["Autorité".to_owned()].into_iter().chain(heads).chain(["Total HTVA".to_owned()]);
    let row = |name: &str, months: Months, total: Money| -> Vec<Cell> {
        [Cell::Text(name.to_owned())].into_iter().chain(months.map(Cell::Money)).chain([Cell::Money(total)]).collect()
    };
    let rows = report.authorities.iter().map(|authority| row(&authority.name, authority.months, authority.total));
    let heads = heads.map(Cell::Text).collect();
    [heads].into_iter().chain(rows).chain([row("Total", report.months, report.total)]).collect()
}
