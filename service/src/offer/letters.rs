//! The words of the letters about an offer. They never say what it holds.

use domain::{kernel::reference::ReceiptRef, offer::Receipt};

use super::submit::in_seconds;
use crate::store::tenders::TenderView;

/// Subject and text of a receipt.
pub(super) fn received(base_url: &str, view: &TenderView, receipt: &Receipt) -> (String, String) {
    let tender = &view.tender;
    let reference = tender.reference;
    let until = tender.clock.deposit_until.map(in_seconds).unwrap_or_default();
    let files: Vec<_> = receipt.files.iter().map(|file| file.sealed_sha256.as_str()).collect();
    let files = match files.as_slice() {
        [] => String::new(),
        [file] => format!("Empreinte SHA-256 de son fichier scellé :\n{file}\n\n"),
        files => format!("Empreintes SHA-256 de ses fichiers scellés :\n{}\n\n", files.join("\n")),
    };
    let subject = format!("{} : votre offre est déposée, {reference}", receipt.number);
    let text = format!(
        "Bonjour,\n\n\
         Votre offre pour {} ({reference}, {}) est déposée et scellée.\n\n\
         Récépissé : {}\n\
         Dernier octet reçu : {}\n\
         Empreinte SHA-256 de l’offre scellée :\n{}\n\n\
         {files}\
         Vous pouvez la remplacer ou la retirer jusqu’au {until}.\n\
         Récépissé complet et PDF :\n{base_url}/offres/{reference}/recepisse\n\n\
         Personne ne lit votre offre avant son ouverture ; ce courriel n’en dit rien non plus.\n",
        tender.plan.object,
        view.pilot,
        receipt.number,
        in_seconds(receipt.received_at),
        receipt.sealed_sha256,
    );
    (subject, text)
}

/// Subject and text to a firm whose offer stays sealed: the tender is given up before the opening.
pub(super) fn unopened(view: &TenderView, receipt: ReceiptRef, reasons: &str) -> (String, String) {
    let tender = &view.tender;
    let reference = tender.reference;
    let subject = format!("{reference} : le marché n’est pas attribué");
    let text = format!(
        "Bonjour,\n\n\
         Le marché {reference}, {} ({}), n’est pas attribué et la procédure est arrêtée (loi du 17 juin 2016, \
         article 85). Les motifs sont les suivants :\n\n\
         {reasons}\n\n\
         Votre offre, déposée sous le récépissé {receipt}, n’est pas ouverte : elle reste scellée.\n",
        tender.plan.object, view.pilot,
    );
    (subject, text)
}
