//! The words of the letters about vouchers. Pure: facts in, subject and text out.

use domain::{
    kernel::{
        ids::{DeliveryId, OrganisationId},
        time::weekday_date_french_inline,
    },
    voucher::{Level, Reached, Voucher, counted},
};

use super::Event;

/// Who has the next step, or learns that there is none.
pub fn reader(voucher: &Voucher, event: Event) -> OrganisationId {
    match event {
        Event::Sent
        | Event::Accepted
        | Event::PartlyAccepted { .. }
        | Event::Refused { .. }
        | Event::Rejected
        | Event::InvoiceRefused
        | Event::Paid
        | Event::Cancelled => voucher.contract.supplier,
        Event::Confirmed | Event::Declined | Event::Delivered | Event::Invoiced | Event::InvoiceWaiting => {
            voucher.organisation
        }
    }
}

/// Subject and text; `base_url` without a slash at its end.
pub fn write(base_url: &str, voucher: &Voucher, event: Event) -> (String, String) {
    let number = voucher.number.map(|number| number.to_string()).unwrap_or_default();
    let Voucher { object, organisation_name: authority, id, .. } = voucher;
    let (supplier, contract) = (&voucher.contract.supplier_name, voucher.contract.reference);
    let (what, told) = told(voucher, event);
    let text = format!(
        "Madame, Monsieur,\n\n\
         {told}\n\n\
         Bon\u{a0}: {number}, «\u{a0}{object}\u{a0}»\n\
         Contrat\u{a0}: {contract}\n\
         Montant\u{a0}: {} HTVA, {} TVAC\n\
         De\u{a0}: {authority}\n\
         À\u{a0}: {supplier}\n\n\
         Le bon, son état et la prochaine action sont ici\u{a0}:\n{base_url}/bons/{id}\n",
        voucher.excluding, voucher.including,
    );
    (format!("{number}\u{a0}: {what}"), text)
}

/// To who watches over the contract for an authority, when its order uses up a part that is told.
pub fn alert(base_url: &str, voucher: &Voucher, reached: Reached) -> (String, String) {
    let number = voucher.number.map(|number| number.to_string()).unwrap_or_default();
    let contract = &voucher.contract;
    let (reference, object, supplier) = (contract.reference, &contract.object, &contract.supplier_name);
    let of = match reached.level {
        Level::Allotment => "de la part de votre organisation",
        Level::Ceiling => "du maximum du contrat",
    };
    let Reached { percent, committed, whole, .. } = reached;
    let text = format!(
        "Madame, Monsieur,\n\n\
         Avec le bon {number}, les bons approuvés atteignent {percent} {of}\u{a0}: {committed} sur {whole}, HTVA. \
         Aucun bon ne peut dépasser ce montant.\n\n\
         Contrat\u{a0}: {reference}, «\u{a0}{object}\u{a0}»\n\
         Fournisseur\u{a0}: {supplier}\n\n\
         La consommation du contrat est ici\u{a0}:\n{base_url}/contrats/{reference}/consommation\n",
    );
    (format!("{reference}\u{a0}: {percent} {of}"), text)
}

fn told(voucher: &Voucher, event: Event) -> (&'static str, String) {
    let Voucher { organisation_name: authority, .. } = voucher;
    let supplier = &voucher.contract.supplier_name;
    let why = voucher.refusal.as_deref().unwrap_or_default();
    match event {
        Event::Sent => {
            let wanted = voucher.wanted_on.map_or_else(String::new, |on| {
                format!(" La livraison est demandée pour le {}.", weekday_date_french_inline(on))
            });
            (
                "bon de commande à accepter",
                format!(
                    "{authority} vous adresse un bon de commande.{wanted} Acceptez-le, ou refusez-le avec votre \
                     raison.{}",
                    secured(voucher),
                ),
            )
        }
        Event::Confirmed => ("bon accepté par l’entreprise", format!("{supplier} accepte le bon.")),
        Event::Declined => (
            "bon refusé par l’entreprise",
            format!("{supplier} refuse le bon\u{a0}: {why}\nSon montant revient à la part de votre organisation."),
        ),
        Event::Delivered => (
            "livraison à réceptionner",
            format!(
                "{supplier} annonce une livraison. Réceptionnez-la, en tout ou en partie, ou refusez-la avec vos raisons."
            ),
        ),
        Event::Accepted => (
            "livraison réceptionnée",
            format!("{authority} réceptionne votre livraison. Vous pouvez facturer ce qui est réceptionné."),
        ),
        Event::PartlyAccepted { delivery, defence_days } => (
            "livraison réceptionnée en partie",
            format!(
                "{authority} réceptionne votre livraison en partie. Le procès-verbal, à lire sur la page du bon, dit \
                 pourquoi le reste est refusé. Refusé\u{a0}: {}.\n\
                 {}\n\
                 Livrez de nouveau ce qui est refusé, sans supplément de prix. Vous pouvez facturer ce qui est \
                 réceptionné.",
                refused(voucher, delivery),
                defence(defence_days),
            ),
        ),
        Event::Refused { defence_days } => rejected(authority, &format!("{}\n", defence(defence_days))),
        Event::Rejected => rejected(authority, ""),
        Event::Invoiced => {
            let due = voucher.unpaid().and_then(|invoice| invoice.due_on).map_or_else(String::new, |on| {
                format!(" Elle se paie au plus tard le {}.", weekday_date_french_inline(on))
            });
            ("facture à payer", format!("{supplier} facture ce qui est réceptionné.{due}"))
        }
        Event::InvoiceWaiting => (
            "facture en attente",
            format!(
                "{supplier} envoie une facture qui n’est pas conforme à la commande ou à ce qui est réceptionné. La page \
                 des factures du bon dit en quoi. Comparez-la de nouveau après la réception, ou refusez-la avec votre \
                 raison."
            ),
        ),
        Event::InvoiceRefused => (
            "facture refusée",
            format!(
                "{authority} ne peut pas accepter votre facture\u{a0}: la page des factures du bon dit pourquoi. \
                 Envoyez-en une autre, sous un autre numéro."
            ),
        ),
        Event::Paid => ("facture payée", format!("{authority} constate le paiement de votre facture.")),
        Event::Cancelled => ("bon annulé", format!("{authority} annule le bon\u{a0}: {why}")),
    }
}

/// What the firm deposits for this order (RGE, art. 25 and 27).
fn secured(voucher: &Voucher) -> String {
    voucher.surety.as_ref().map_or_else(String::new, |surety| {
        format!(
            "\nCette commande demande un cautionnement de {}, à constituer au plus tard le {} (AR du 14 janvier 2013, \
             art. 25 et 27).",
            surety.amount,
            weekday_date_french_inline(surety.due_on),
        )
    })
}

fn rejected(authority: &str, defence: &str) -> (&'static str, String) {
    (
        "livraison refusée",
        format!(
            "{authority} refuse votre livraison\u{a0}: le procès-verbal, à lire sur la page du bon, dit pourquoi.\n\
             {defence}Corrigez-la et livrez de nouveau, sans supplément de prix.",
        ),
    )
}

/// What the firm may answer to the minutes, and until when (RGE, art. 44).
fn defence(days: u32) -> String {
    format!(
        "Vous pouvez faire valoir vos moyens de défense par écrit dans les {days} jours de l’envoi du procès-verbal\u{202f}; \
         votre silence vaut reconnaissance des faits (AR du 14 janvier 2013, art. 44)."
    )
}

/// « Développement », 2 jours.
fn refused(voucher: &Voucher, delivery: DeliveryId) -> String {
    let delivery = voucher.deliveries.iter().find(|found| found.id == delivery);
    let lines: Vec<_> = voucher
        .lines
        .iter()
        .filter_map(|line| Some((line, delivery?.refused(line))))
        .filter(|(_, refused)| refused.thousandths() > 0)
        .map(|(line, refused)| format!("«\u{a0}{}\u{a0}», {}", line.item, counted(refused, &line.unit)))
        .collect();
    if lines.is_empty() { "aucune quantité".to_owned() } else { lines.join("\u{202f}; ") }
}
