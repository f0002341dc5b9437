//! Sealed bytes that nobody needs any more are taken off the disk. A row is forgotten before its bytes: a crash between the
//! two leaves bytes that no row names, which the sweep finds, on every server that has them.

use std::{collections::BTreeSet, time::Duration};

use domain::{
    audit::Stream,
    authz::{Action, Authorised},
    kernel::ids::{OfferId, OrganisationId, TenderId},
    offer::Receipt,
    tender::Tender,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Error, Services,
    store::{
        self, Audit, Change, Tx, offer_files,
        outbox::{Due, Promise},
        sealed_files,
    },
};

/// A half file that was not written to for so long: a sender may pause for seconds, so its server died.
const PARTIAL_IS_DEAD: Duration = Duration::from_hours(24);
/// A whole file gets its row at once. A week leaves time to bring back a database that was restored from an old backup.
const UNNAMED_IS_FREE: Duration = Duration::from_hours(7 * 24);

/// Files may have become free: one was removed from the draft, a deposit that held some stands no more, or nobody deposits
/// any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilesFreed {
    pub tender: TenderId,
    pub offer: OfferId,
    pub firm: OrganisationId,
}

impl Promise for FilesFreed {
    const KIND: &'static str = "offer.files_freed";
}

/// The files that the standing deposit of this firm holds.
pub(super) async fn held(tx: &Tx, tender: TenderId, firm: OrganisationId) -> Result<BTreeSet<Uuid>, Error> {
    store::submissions::of_firm_in_write(tx, tender, firm).await.map(of_standing)
}

fn of_standing(receipts: Vec<Receipt>) -> BTreeSet<Uuid> {
    let standing = receipts.into_iter().filter(Receipt::stands);
    standing.flat_map(|receipt| receipt.files).map(|file| file.id).collect()
}

/// Nobody deposits any more: the files that no standing deposit holds are read by nobody, and leave the disk.
pub(crate) async fn free_unheld<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
) -> Result<Change, Error> {
    let tender = permitted.subject().id;
    let receipts = store::submissions::of_tender_in_write(tx, tender).await?;
    let (offers, removed) = offer_files::remove_unheld(tx, permitted, &of_standing(receipts)).await?;
    let mut changes = vec![removed];
    for (offer, firm) in offers {
        changes.push(tx.promise(&FilesFreed { tender, offer, firm }).await?);
    }
    Ok(Change::all(changes))
}

/// Keeps the promise: what is free is forgotten, then taken off the disk.
pub(crate) async fn collect(services: &Services, due: &Due) -> Result<(), Error> {
    let FilesFreed { tender, offer, firm } = serde_json::from_value(due.payload.clone())
        .map_err(|error| Error::Corrupt(format!("{}: {error}", due.kind)))?;
    let tx = services.begin().await?;
    // The removed files first: no deposit that comes between the two readings holds one of them.
    let removed = offer_files::removed(&tx, offer).await?;
    let held = held(&tx, tender, firm).await?;
    let freed: Vec<_> = removed.into_iter().filter(|file| !held.contains(&file.id)).collect();
    if freed.is_empty() {
        return Ok(());
    }
    let forgotten = offer_files::forget(&tx, &freed).await?;
    let audit = Audit::unsigned(Stream::Offer(offer), "offer.files_discarded").with("files", freed.len());
    tx.commit(audit, [forgotten]).await?;

    for file in freed {
        sealed_files::discard(services, tender, &file.sealed_sha256)?;
    }
    Ok(())
}

/// Takes away what a crash left on this server's disk, and says how many files that were. Only folders of tenders of this
/// database are looked into: another database's files are not ours to judge.
pub async fn sweep(services: &Services) -> Result<usize, Error> {
    let mut swept = 0;
    for tender in sealed_files::tenders(services)? {
        // Listed before the rows are read: a file of a week has its row, if it ever gets one.
        let whole = sealed_files::whole_for(services, tender, UNNAMED_IS_FREE)?;
        let Some(named) = offer_files::named(services, tender).await? else { continue };
        for unnamed in whole.iter().filter(|hash| !named.contains(*hash)) {
            sealed_files::discard(services, tender, unnamed)?;
            swept += 1;
        }
        swept += sealed_files::discard_partials(services, tender, PARTIAL_IS_DEAD)?;
    }
    Ok(swept)
}
