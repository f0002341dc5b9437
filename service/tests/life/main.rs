//! Tenders, vouchers and ledgers driven by chance against small pure models, on both databases. A twentieth of the count, all of it
//! with `BEFFROI_SOAK=1`.

mod chance;
mod ledger;
mod tender;
mod voucher;
