//! What the documents of a voucher say. Pure: facts in, document out.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    award::signatories,
    document::{Block, ClauseRef, Column, Document, Fact, Layout, Table},
    kernel::{reference::VoucherRef, time::date_french, vat::VatTotals},
    organisation::Organisation,
    tender::Organ,
    voucher::{Delivery, Quantities, Verdict, Voucher, VoucherLine, counted},
};

use super::Approval;

/// A voucher at the moment of its approval: what its PDF says for ever.
pub struct Ordered<'a> {
    pub voucher: &'a Voucher,
    pub number: VoucherRef,
    pub approval: &'a Approval,
    pub on: NaiveDate,
    pub authority: &'a Organisation,
    pub supplier: &'a Organisation,
    /// To check and to pay, by the law of the call.
    pub payment_days: u32,
}

/// One page: who orders what from whom, at which price, on which commitment, under which clauses.
pub fn slip(ordered: &Ordered<'_>) -> Document {
    let Ordered { voucher, number, on, authority, .. } = ordered;
    let contract = &voucher.contract;
    Document {
        title: "Bon de commande".to_owned(),
        subtitle: voucher.object.clone(),
        reference: number.to_string(),
        authority: authority.name.clone(),
        version: String::new(),
        date: *on,
        lang: "fr-BE".to_owned(),
        draft: false,
        layout: Layout::Slip { number: number.to_string(), facts: facts(ordered) },
        blocks: vec![
            lines_table(&voucher.lines, voucher.totals().as_ref()),
            Block::Facts(totals(voucher)),
            Block::text(prices(voucher) + &invoicing(ordered)),
            Block::text(format!(
                "Ce bon s’exécute aux conditions du contrat {} et {}.",
                contract.reference,
                clauses(&contract.clauses),
            )),
            Block::Signatures(signatures(ordered)),
        ],
    }
}

/// The two who sign for an organ, or the delegate alone; then the firm.
fn signatures(ordered: &Ordered<'_>) -> Vec<Fact> {
    let Ordered { authority, supplier, .. } = ordered;
    let named = |name: &str, role: &str| Fact::new(format!("Pour {name}\u{a0}:\n{role}"), String::new());
    let mut signatures = match organ(ordered) {
        Some(_) => signatories(authority.kind).map(|role| named(&authority.name, role)).to_vec(),
        None => vec![named(&authority.name, "Par délégation,")],
    };
    signatures.push(named(&supplier.name, "Pour accord,"));
    signatures
}

/// None when a delegate decided.
fn organ(ordered: &Ordered<'_>) -> Option<&'static str> {
    match ordered.approval.organ {
        Organ::ChiefExecutive => None,
        organ @ (Organ::Council | Organ::Executive) => Some(organ.name(ordered.authority.kind)),
    }
}

fn facts(ordered: &Ordered<'_>) -> Vec<Fact> {
    let Ordered { voucher, on, authority, supplier, .. } = ordered;
    let contract = &voucher.contract;
    let mut facts = vec![
        Fact::new("Pouvoir adjudicateur", identity(authority)),
        Fact::new("Fournisseur", identity(supplier)),
        Fact::new(
            "Contrat",
            format!("{}, {}, conclu le {}", contract.reference, contract.object, date_french(contract.concluded_on)),
        ),
        Fact::new("Date du bon", date_french(*on)),
        Fact::new("Livraison", delivery(voucher)),
    ];
    if let Some(commitment) = &voucher.commitment {
        let text = format!("{}, n° {} du {}", articles(voucher), commitment.number, date_french(commitment.on));
        facts.push(Fact::new("Engagement", text));
    }
    facts.push(Fact::new("Décision", decided(ordered)));
    facts
}

/// « article 104/123-13 », or « 500,00 € sur 104/123-13 ; 225,99 € sur 421/123-13, TVAC ».
fn articles(voucher: &Voucher) -> String {
    let shares = voucher.budget();
    if let [only] = &shares[..] {
        return format!("article {}", only.article);
    }
    let parts: Vec<_> = shares.iter().map(|share| format!("{} sur {}", share.amount, share.article)).collect();
    format!("{}, TVAC", parts.join("\u{202f}; "))
}

/// « Ville de Namur, Hôtel de Ville 1, 5000 Namur, BCE 0207.362.739 ».
fn identity(organisation: &Organisation) -> String {
    let bce = organisation.bce.as_ref().map(|bce| format!("BCE {bce}"));
    let iban = organisation.iban.as_ref().map(|iban| format!("IBAN {iban}"));
    [Some(organisation.name.clone()), organisation.address.clone(), bce, iban]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

fn delivery(voucher: &Voucher) -> String {
    match voucher.wanted_on {
        Some(on) => format!("pour le {}, {}", date_french(on), voucher.delivery_address),
        None => voucher.delivery_address.clone(),
    }
}

fn decided(ordered: &Ordered<'_>) -> String {
    let organ = organ(ordered).unwrap_or("Par délégation");
    format!("{organ}, n°\u{a0}{} du {}", ordered.approval.decision_number, date_french(ordered.on))
}

fn lines_table(lines: &[VoucherLine], totals: Option<&VatTotals>) -> Block {
    let column = |head: &str, numeric, width_percent| Column { head: head.to_owned(), numeric, width_percent };
    let rows = lines.iter().map(|line| {
        vec![
            format!("{} {}", line.code, line.item),
            counted(line.quantity, &line.unit),
            line.unit_price.to_string(),
            line.vat.to_string(),
            line.amount.to_string(),
        ]
    });
    Block::Table(Table {
        caption: "Prestations commandées, prix hors TVA".to_owned(),
        columns: vec![
            column("Prestation", false, 44),
            column("Quantité", true, 16),
            column("Prix unitaire", true, 14),
            column("TVA", true, 9),
            column("Montant", true, 17),
        ],
        rows: rows.collect(),
        total: totals.map(|totals| {
            let empty = String::new;
            vec!["Total HTVA".to_owned(), empty(), empty(), empty(), totals.excluding.to_string()]
        }),
    })
}

fn totals(voucher: &Voucher) -> Vec<Fact> {
    let rates = voucher.totals().map(|totals| totals.rates).unwrap_or_default();
    let mut facts: Vec<_> = rates
        .into_iter()
        .map(|rate| Fact::new(format!("TVA {}", rate.rate), format!("{} sur {}", rate.vat, rate.base)))
        .collect();
    facts.push(Fact::new("Total TVAC", voucher.including.to_string()));
    facts
}

/// Which version of the price list the lines are on, where it is not the offer's.
fn prices(voucher: &Voucher) -> String {
    let offered_on = voucher.contract.concluded_on;
    let from = voucher.lines.iter().filter_map(|line| line.price_from).find(|from| *from != offered_on);
    from.map_or_else(String::new, |from| {
        format!("Prix unitaires de la version applicable dès le {}. ", date_french(from))
    })
}

fn invoicing(ordered: &Ordered<'_>) -> String {
    let Ordered { authority, number, payment_days, .. } = ordered;
    let peppol = authority.peppol_id.clone().or_else(|| {
        let digits: String = authority.bce.as_ref()?.chars().filter(char::is_ascii_digit).collect();
        Some(format!("0208:{digits}"))
    });
    let to = peppol.map_or_else(String::new, |id| format!(" à l’adresse Peppol {id}"));
    format!(
        "Facturation électronique{to}, avec la mention «\u{a0}{number}\u{a0}», après réception des prestations. Paiement dans les \
         {payment_days} jours de la réception, si la facture est alors en possession de l’autorité, sinon de sa réception."
    )
}

/// « des 67 clauses de son cahier spécial des charges, en version 1, sauf commandes, en version 2 ».
fn clauses(cited: &[ClauseRef]) -> String {
    let mut versions: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for clause in cited {
        versions.entry(clause.version).or_default().push(&clause.id);
    }
    let Some(most) = versions.iter().max_by_key(|(_, ids)| ids.len()).map(|(version, _)| *version) else {
        return "des clauses de l’édition adoptée de son cahier spécial des charges".to_owned();
    };
    versions.remove(&most);
    let others: Vec<_> =
        versions.into_iter().map(|(version, ids)| format!("{}, en version {version}", ids.join(", "))).collect();
    let but = if others.is_empty() { String::new() } else { format!(", sauf {}", others.join("\u{202f}; ")) };
    format!("des {} clauses de son cahier spécial des charges, en version {most}{but}", cited.len())
}

/// What was found of a delivery that is not accepted in whole.
pub struct Minuted<'a> {
    pub voucher: &'a Voucher,
    pub number: VoucherRef,
    pub delivery: &'a Delivery,
    pub verdict: Verdict,
    pub quantities: &'a Quantities,
    pub reasons: &'a str,
    pub on: NaiveDate,
    /// For the firm's defence, from the sending.
    pub defence_days: u32,
}

/// The minutes of a refusal, whole or in part (RGE, art. 44 for the failures that they may establish).
pub fn minutes(found: &Minuted<'_>) -> Document {
    let Minuted { voucher, number, on, .. } = found;
    let title = match found.verdict {
        Verdict::Refused => "Procès-verbal de refus de réception",
        Verdict::Whole | Verdict::Part => "Procès-verbal de réception partielle",
    };
    Document {
        title: title.to_owned(),
        subtitle: voucher.object.clone(),
        reference: number.to_string(),
        authority: voucher.organisation_name.clone(),
        version: String::new(),
        date: *on,
        lang: "fr-BE".to_owned(),
        draft: false,
        layout: Layout::Act,
        blocks: vec![
            Block::Facts(vec![
                Fact::new("Bon de commande", format!("{number}, {}", voucher.object)),
                Fact::new("Contrat", format!("{}, {}", voucher.contract.reference, voucher.contract.object)),
                Fact::new("Pouvoir adjudicateur", voucher.organisation_name.clone()),
                Fact::new("Adjudicataire", voucher.contract.supplier_name.clone()),
                Fact::new("Livraison annoncée", date_french(found.delivery.delivered_on)),
                Fact::new("Date du constat", date_french(*on)),
            ]),
            Block::text("Le fonctionnaire dirigeant a examiné cette livraison et constate ce qui suit\u{a0}:"),
            found_table(found),
            Block::Heading { level: 2, text: "Motifs".to_owned() },
            Block::text(found.reasons.to_owned()),
            Block::Heading { level: 2, text: "Suites".to_owned() },
            Block::text(format!(
                "L’adjudicataire peut faire valoir ses moyens de défense par écrit dans les {} jours de l’envoi de ce procès-verbal\u{202f}; \
                 son silence vaut reconnaissance des faits (AR du 14 janvier 2013, art. 44). Les prestations refusées sont livrées \
                 de nouveau, sans supplément de prix.",
                found.defence_days,
            )),
            Block::Signatures(vec![
                Fact::new("Le fonctionnaire dirigeant,", String::new()),
                Fact::new("Pour l’adjudicataire, pour réception,", String::new()),
            ]),
        ],
    }
}

fn found_table(found: &Minuted<'_>) -> Block {
    let column = |head: &str, numeric, width_percent| Column { head: head.to_owned(), numeric, width_percent };
    let of = |quantities: &Quantities, line: &VoucherLine| quantities.get(&line.code).copied().unwrap_or_default();
    let rows =
        found.voucher.lines.iter().filter(|line| of(&found.delivery.quantities, line).thousandths() > 0).map(|line| {
            let delivered = of(&found.delivery.quantities, line);
            let accepted = of(found.quantities, line);
            let refused = delivered.checked_sub(accepted).unwrap_or_default();
            let written = |quantity| counted(quantity, &line.unit);
            vec![format!("{} {}", line.code, line.item), written(delivered), written(accepted), written(refused)]
        });
    Block::Table(Table {
        caption: "Ce qui est livré, réceptionné et refusé".to_owned(),
        columns: vec![
            column("Prestation", false, 46),
            column("Livré", true, 18),
            column("Réceptionné", true, 18),
            column("Refusé", true, 18),
        ],
        rows: rows.collect(),
        total: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_voucher_cites_the_versions_of_its_clauses_without_listing_them_all() {
        let clause = |id: &str, version| ClauseRef { id: id.to_owned(), version };
        let mut cited = vec![clause("objet", 1), clause("prix", 1)];

        assert_eq!(clauses(&cited), "des 2 clauses de son cahier spécial des charges, en version 1");

        cited.push(clause("commandes", 2));
        let all = "des 3 clauses de son cahier spécial des charges, en version 1, sauf commandes, en version 2";
        assert_eq!(clauses(&cited), all);
    }
}
