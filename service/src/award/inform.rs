use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    authz::{Action, Actor, Authorised, Scope, SendInformation},
    award::{
        Award, AwardFile, Decision, Ending, EndingLetter, LetterKind, Regime, Remedies, Standstill, Tenderer,
        ending_letter, information_letter, last_instant, standstill,
    },
    document::Document,
    kernel::{ids::OrganisationId, reference::TenderRef, time::brussels},
    parameter::ParameterSet,
    tender::{Step, Tender},
};

use super::{
    decide::missing,
    facts::{Gathered, gather, gather_for},
    paper,
    promise::{TendererLetter, plain},
};
use crate::{
    Error, Services,
    store::{self, Audit, Change, Tx, files::Kept},
};

/// The letters as they would be sent today.
#[derive(Debug, Clone)]
pub struct Information {
    pub gathered: Gathered,
    pub standstill: Standstill,
    pub regime: Regime,
    /// In the order of the offers.
    pub letters: Vec<Prepared>,
}

/// One letter, written and not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    pub tenderer: Tenderer,
    pub kind: LetterKind,
    pub document: Document,
}

/// Writes them for whoever may see the tender, once the award is decided; their date is that of the sending, or today's.
pub async fn information(services: &Services, scope: Scope, reference: TenderRef) -> Result<Information, Error> {
    let gathered = gather(services, scope, reference).await?;
    let sent_at = gathered.file.award.as_ref().and_then(|award| award.informed_at);
    let on = brussels(sent_at.unwrap_or_else(|| services.now())).date();
    prepared(gathered, on)
}

fn prepared(gathered: Gathered, on: NaiveDate) -> Result<Information, Error> {
    let Gathered { file, law, .. } = &gathered;
    let award = file.award.as_ref().ok_or(Error::NotFound)?;
    let decision = award.decision.as_ref().ok_or(Error::NotFound)?;
    let standstill = gathered.standstill(on)?;
    let regime = Regime::of(law, award.excluding, file.called_on).map_err(missing)?;
    let remedies = Remedies::of(law, file.called_on).map_err(missing)?;
    let letters = letters(file, award, decision, &standstill, regime, remedies, on)?;
    Ok(Information { gathered, standstill, regime, letters })
}

impl Gathered {
    /// The waiting time that letters sent on this day start.
    ///
    /// # Errors
    /// No row of a figure on the day of the call.
    pub fn standstill(&self, sent_on: NaiveDate) -> Result<Standstill, Error> {
        let Self { file, law, terms, .. } = self;
        let tenderers = file.tenderers.len();
        standstill(law, &file.plan, terms.voluntary_standstill, tenderers, file.called_on, sent_on).map_err(missing)
    }
}

fn letters(
    file: &AwardFile,
    award: &Award,
    decision: &Decision,
    standstill: &Standstill,
    regime: Regime,
    remedies: Remedies,
    on: NaiveDate,
) -> Result<Vec<Prepared>, Error> {
    let nobody = || Error::Corrupt(format!("{}: an award to nobody", file.reference));
    let winner = award.winner(&file.tenderers).ok_or_else(nobody)?;
    file.tenderers
        .iter()
        .map(|tenderer| {
            let document = information_letter(file, decision, tenderer, standstill, regime, remedies, on);
            Ok(Prepared {
                kind: LetterKind::informing(tenderer, winner),
                document: document.ok_or_else(nobody)?,
                tenderer: tenderer.clone(),
            })
        })
        .collect()
}

/// Sends them all, at once (S16 to S17): the waiting time starts the day after.
pub async fn send_information(services: &Services, actor: &Actor, reference: TenderRef) -> Result<(), Error> {
    let today = brussels(services.now()).date();
    let (permitted, gathered) = Box::pin(gather_for::<SendInformation>(services, actor, reference)).await?;
    let decided = gathered.file.award.as_ref().is_some_and(|award| award.decision.is_some());
    let ready = if decided {
        let information = Box::pin(services.made_for(&permitted, prepared(gathered, today))).await?;
        let painted = painted(services, reference, &information.letters).await?;
        Some((information, painted))
    } else {
        None
    };
    let tx = services.begin().await?;
    let tender = store::tenders::lock(&tx, actor.scope(), reference).await?;
    let (tx, permitted) = tx.permit::<SendInformation>(actor, tender).await?;

    let after = match permitted.subject().after(Step::SendInformation) {
        Ok(after) => after,
        Err(refusal) => return tx.refuse(Audit::refused(&permitted, &refusal), refusal).await,
    };
    let (information, painted) = ready.ok_or(Error::Stale)?;
    let award = information.gathered.award().map_err(domain::refusal::Refusal::from)?;
    if brussels(tx.now()).date() != today {
        // Midnight passed while the letters were painted: their date is no longer that of the sending.
        return Err(Error::Stale);
    }

    let until = until(&information.standstill);
    let before = permitted.subject().stage;
    let sent = send(&tx, &permitted, painted).await?;
    let informed = store::award::inform(&tx, &permitted, award, until).await?;
    let moved = store::tenders::inform(&tx, &permitted, after, until).await?;
    let audit = Audit::of(&permitted)
        .with("letters", information.letters.len())
        .with("standstill_until", information.standstill.delay.map(|delay| delay.end.to_string()).unwrap_or_default())
        .changed("stage", before.code(), after.code());
    tx.commit(audit, [sent, informed, moved]).await
}

fn until(standstill: &Standstill) -> Option<DateTime<Utc>> {
    standstill.delay.as_ref().and_then(|delay| last_instant(delay.end))
}

/// A letter that is painted and on the disk, and waits for its row and its mail.
pub(crate) struct Painted {
    pub(super) firm: OrganisationId,
    pub(super) kind: LetterKind,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) kept: Kept,
}

pub(super) async fn painted(
    services: &Services,
    reference: TenderRef,
    letters: &[Prepared],
) -> Result<Vec<Painted>, Error> {
    let mut painted = Vec::new();
    for Prepared { tenderer, kind, document } in letters {
        let name = format!("{reference}-courrier-{}-{}.pdf", word(*kind), tenderer.position);
        painted.push(Painted {
            firm: tenderer.firm,
            kind: *kind,
            title: document.title.clone(),
            text: plain(document),
            kept: paper::kept(services, name, document.clone()).await?,
        });
    }
    Ok(painted)
}

/// Of a file's name.
fn word(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::Winner | LetterKind::NotChosen | LetterKind::Irregular | LetterKind::NotSelected => "information",
        LetterKind::GivenUp => "renonciation",
        LetterKind::Annulled => "annulation",
        LetterKind::Conclusion => "notification",
        LetterKind::FailureReport => "manquement",
        LetterKind::Termination => "resiliation",
    }
}

/// Names the files and promises the mails; a firm gets one letter of each kind.
pub(super) async fn send<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    letters: Vec<Painted>,
) -> Result<Change, Error> {
    let mut changes = Vec::new();
    for Painted { firm, kind, title, text, kept } in letters {
        let (file, named) = store::files::insert(tx, permitted.actor(), &kept).await?;
        changes.push(named);
        changes.push(store::letters::insert(tx, permitted, firm, kind, file).await?);
        let tender = permitted.subject().reference;
        let promise = TendererLetter { tender, organisation: firm, title, text, sha256: kept.sha256 };
        changes.push(tx.promise(&promise).await?);
    }
    Ok(Change::all(changes))
}

/// Sends an act of the execution to the contractor, as it is; the file is the act's own.
pub(super) async fn notify(
    tx: &Tx,
    tender: TenderRef,
    contractor: OrganisationId,
    act: &Document,
    sha256: &str,
) -> Result<Change, Error> {
    let promise = TendererLetter {
        tender,
        organisation: contractor,
        title: act.title.clone(),
        text: plain(act),
        sha256: sha256.to_owned(),
    };
    tx.promise(&promise).await
}

/// Writes and paints, before any transaction, the letters of a tender that ends without a contract.
pub(crate) async fn write_the_end(
    services: &Services,
    file: &AwardFile,
    law: &ParameterSet,
    ending: Ending,
    reasons: &str,
) -> Result<Vec<Painted>, Error> {
    let remedies = Remedies::of(law, file.called_on).map_err(missing)?;
    let letter = EndingLetter { ending, reasons, on: brussels(services.now()).date(), remedies };
    let kind = match ending {
        Ending::GivenUp => LetterKind::GivenUp,
        Ending::Annulled => LetterKind::Annulled,
    };
    let letters: Vec<_> = file
        .tenderers
        .iter()
        .map(|tenderer| Prepared { tenderer: tenderer.clone(), kind, document: ending_letter(file, tenderer, &letter) })
        .collect();
    painted(services, file.reference, &letters).await
}

/// Sends what [`write_the_end`] painted, in the write that ends the tender.
pub(crate) async fn tell_the_end<A: Action<Subject = Tender>>(
    tx: &Tx,
    permitted: &Authorised<A>,
    letters: Vec<Painted>,
) -> Result<Change, Error> {
    send(tx, permitted, letters).await
}
