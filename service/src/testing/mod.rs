//! The named world of the tests: both databases, a clock that stands still, identifiers that count up.

mod award;
mod central;
mod contracts;
mod database;
mod evaluated;
mod invoices;
mod older;
mod overtaken;
mod pdf;
mod post;
mod road;
mod tenders;
mod vouchers;
mod world;

pub use award::Awarded;
pub use central::{Offered, an_offer};
pub use contracts::{Concluded, Party};
pub use database::{TestDatabase, postgres_is_expected};
pub use evaluated::{Evaluated, a_sheet, clear_grounds};
pub use invoices::{BUYER, SUPPLIER, Ubl};
pub use pdf::text_of;
pub use post::Received;
pub use road::{Adopted, Opened, a_call, quiet_plan};
pub use tenders::{Joint, an_adhesion, an_adoption, example_answers};
pub use vouchers::{a_draft, an_approval, quantities};
pub use world::{World, at};

/// Writes one test for SQLite and one for PostgreSQL from one body. The PostgreSQL half fails, rather than being
/// skipped, when `BEFFROI_TEST_POSTGRES` is not set.
#[macro_export]
macro_rules! on_both_databases {
    ($($(#[$meta:meta])* async fn $name:ident($world:ident: World) $body:block)*) => {
        $(
            mod $name {
                use super::*;

                async fn body($world: $crate::testing::World) $body

                $(#[$meta])*
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn sqlite() {
                    body($crate::testing::World::on_sqlite().await).await;
                }

                $(#[$meta])*
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn postgres() {
                    body($crate::testing::World::on_postgres().await).await;
                }
            }
        )*
    };
}
