//! The receipt as a document. It is painted when the firm asks for it and never stored: it names the firm's files.

use domain::{
    authz::Actor,
    document::{Block, Document, Fact, Layout},
    kernel::{reference::TenderRef, time::brussels},
    offer::Receipt,
};

use super::{
    minutes::printable,
    own::{Own, own},
    submit::in_seconds,
};
use crate::{Error, Services, document, specification::Sent, store};

/// The receipt of the firm's latest deposit, as a PDF.
pub async fn receipt(services: &Services, actor: &Actor, reference: TenderRef) -> Result<Sent, Error> {
    let own = own(services, actor, reference).await?;
    let firm = store::organisations::find(services, own.place.firm).await?;
    let receipt = own.receipts.first().cloned().ok_or(Error::NotFound)?;
    let document = paper(&own, &firm.name, &receipt);
    let pdf = tokio::task::spawn_blocking(move || document::paint(&document))
        .await
        .map_err(|error| Error::Corrupt(error.to_string()))?
        .map_err(|error| Error::Corrupt(error.to_string()))?;
    Ok(Sent {
        name: format!("{}.pdf", receipt.number),
        media_type: "application/pdf".to_owned(),
        sha256: pdf.sha256_hex(),
        bytes: pdf.bytes,
    })
}

fn paper(own: &Own, firm: &str, receipt: &Receipt) -> Document {
    let tender = &own.view.tender;
    let state = match (receipt.withdrawn_at, receipt.replaced_at) {
        (Some(at), _) => format!("Retirée le {}", in_seconds(at)),
        (None, Some(at)) => format!("Remplacée le {}", in_seconds(at)),
        (None, None) => "Déposée et scellée dans les temps".to_owned(),
    };
    let until = tender.clock.deposit_until.map(in_seconds).unwrap_or_default();
    let mut blocks = vec![
        Block::Facts(vec![
            Fact::new("Entreprise", printable(firm)),
            Fact::new("Marché", printable(&format!("{} · {}", tender.reference, tender.plan.object))),
            Fact::new("Pilote", printable(&own.view.pilot)),
            Fact::new("Dernier octet reçu", in_seconds(receipt.received_at)),
            Fact::new("Fin du dépôt", until),
            Fact::new("État", state),
        ]),
        Block::text("Empreinte SHA-256 de l’offre scellée"),
        Block::Code(receipt.sealed_sha256.clone()),
        Block::text("Engagement SHA-256 du contenu, que l’ouverture calcule de nouveau"),
        Block::Code(receipt.commitment.clone()),
    ];
    for file in &receipt.files {
        let known = own.draft.files.iter().find(|known| known.id == file.id);
        let name = known.map_or("Fichier retiré du brouillon depuis", |known| known.name.as_str());
        if let Some(known) = known {
            blocks.push(Block::text(printable(&format!("{name}, empreinte SHA-256 du fichier envoyé"))));
            blocks.push(Block::Code(known.sha256.clone()));
        }
        blocks.push(Block::text(printable(&format!("{name}, empreinte SHA-256 du fichier scellé"))));
        blocks.push(Block::Code(file.sealed_sha256.clone()));
    }
    blocks.push(Block::text(
        "L’heure est celle de l’arrivée du dernier octet, lue avant tout traitement. L’offre reste scellée jusqu’à son \
         ouverture devant deux personnes ; le procès-verbal reprend cette empreinte.",
    ));
    Document {
        title: "Récépissé de dépôt".to_owned(),
        subtitle: printable(&tender.plan.object),
        reference: tender.reference.to_string(),
        authority: printable(&own.view.pilot),
        version: "version 1".to_owned(),
        date: brussels(receipt.received_at).date(),
        lang: "fr-BE".to_owned(),
        draft: false,
        layout: Layout::Slip { number: receipt.number.to_string(), facts: Vec::new() },
        blocks,
    }
}
