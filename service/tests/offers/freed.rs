//! What is deposited while the worker looks for files that are free.

use std::time::Duration;

use sea_orm::{ConnectionTrait as _, Database, DatabaseBackend, DatabaseConnection, Statement, TransactionTrait as _};
use service::{job, offer, on_both_databases, store::Backend};

use crate::disk::{remove, send};

on_both_databases! {
    async fn a_file_deposited_and_taken_out_while_the_worker_looks_stays_on_the_disk(world: World) {
        let called = world.called_tender("Namur", 1).await;
        let firm = &called.firms[0].1;
        send(&world, firm, &called, "methode.txt").await.expect("kept");
        world.offer_of(firm, called.reference, "120000.00").await;
        world.post().await;
        remove(&world, firm, &called, "methode.txt").await;
        let database = Database::connect(&world.url).await.expect("the database opens");
        // As before the deposit, with a promise that an earlier removal left to the worker.
        for undone in ["UPDATE submission SET withdrawn_at = received_at", "UPDATE offer_file SET removed_at = NULL"] {
            database.execute_unprepared(undone).await.expect("undone");
        }
        let backend = world.store().backend();
        let files_are_held = match backend {
            Backend::Sqlite => "UPDATE offer_file SET removed_at = removed_at",
            Backend::Postgres => "LOCK TABLE offer_file IN ACCESS EXCLUSIVE MODE",
        };

        let meanwhile = database.begin().await.expect("a write begins");
        meanwhile.execute_unprepared(files_are_held).await.expect("held");
        let firm_acts = async {
            if backend == Backend::Postgres {
                somebody_waits(&database).await;
            }
            for act in ["UPDATE submission SET withdrawn_at = NULL", "UPDATE offer_file SET removed_at = created_at"] {
                meanwhile.execute_unprepared(act).await.expect("done");
            }
            meanwhile.commit().await.expect("kept");
        };
        let (promises, ()) = tokio::join!(job::run_due(&world.services), firm_acts);

        assert_eq!(promises.expect("the worker works"), 1);
        assert_eq!(world.sealed_files().len(), 1, "the deposit holds it");
        offer::withdraw(&world.services, firm, called.reference, world.services.now()).await.expect("withdrawn");
        world.post().await;
        assert_eq!(world.sealed_files().len(), 0);
    }
}

/// Until a session of this PostgreSQL database waits for another one.
async fn somebody_waits(database: &DatabaseConnection) {
    let question =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    for _ in 0..2_000 {
        let answer = database.query_one_raw(Statement::from_string(DatabaseBackend::Postgres, question)).await;
        let answer = answer.expect("the server answers").expect("a count");
        if answer.try_get_by_index::<i64>(0).expect("a number") > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("the worker waits for nobody");
}
