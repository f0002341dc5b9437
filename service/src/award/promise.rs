//! What an award promises: one mail to one firm, whose words were fixed when its letter was painted.

use domain::{
    document::{Block, Document, Inline, Table},
    kernel::{ids::OrganisationId, reference::TenderRef},
};
use serde::{Deserialize, Serialize};

use crate::{
    Error, Services,
    call::letters::Letter,
    mail,
    store::{
        self,
        outbox::{Due, Promise},
    },
};

/// A tenderer is written to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TendererLetter {
    pub tender: TenderRef,
    pub organisation: OrganisationId,
    pub title: String,
    /// The letter itself; the file is on the firm's page.
    pub text: String,
    pub sha256: String,
}

impl Promise for TendererLetter {
    const KIND: &'static str = "award.letter";
}

/// The promises that [`written`] keeps.
pub const KINDS: [&str; 1] = [TendererLetter::KIND];

/// The mail that keeps a promise; none when nobody of the firm has an address.
pub async fn written(services: &Services, due: &Due) -> Result<Option<Letter>, Error> {
    let promise: TendererLetter = serde_json::from_value(due.payload.clone())
        .map_err(|error| Error::Corrupt(format!("{}: {error}", due.kind)))?;
    let to = store::invitations::address(services, promise.organisation).await?;
    let TendererLetter { tender, title, text, sha256, .. } = promise;
    let facts = [
        ("home", services.settings().base_url.clone()),
        ("reference", tender.to_string()),
        ("title", title),
        ("text", text),
        ("sha256", sha256),
    ];
    let facts = facts.into_iter().map(|(name, fact)| (name.to_owned(), fact.into())).collect();
    let (subject, text) = mail::written(include_str!("../mail/templates/award_letter.txt"), &facts)?;
    Ok((!to.is_empty()).then_some(Letter { to, subject, text }))
}

/// A letter as plain text: what the mail says is what the file says.
pub(super) fn plain(document: &Document) -> String {
    let blocks: Vec<_> = document.blocks.iter().map(block).filter(|text| !text.is_empty()).collect();
    format!("{}\n\n{}\n\n{}", document.title, blocks.join("\n\n"), document.authority)
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading { text, .. } | Block::Code(text) => text.clone(),
        Block::Article { number, blocks, .. } => {
            let inside: Vec<_> = blocks.iter().map(self::block).collect();
            format!("{number}. {}", inside.join("\n"))
        }
        Block::Paragraph(inlines) => run(inlines),
        Block::List { items, .. } => items.iter().map(|item| format!("- {}", run(item))).collect::<Vec<_>>().join("\n"),
        Block::Table(table) => rows(table),
        Block::Facts(facts) => {
            facts.iter().map(|fact| format!("{}\u{a0}: {}", fact.label, fact.value)).collect::<Vec<_>>().join("\n")
        }
        Block::Signatures(_) => String::new(),
    }
}

fn run(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) | Inline::Strong(text) | Inline::Missing(text) => text.clone(),
            Inline::Link { text, address } => format!("{text} ({address})"),
        })
        .collect()
}

/// « Prix : Sur 40,00, Votre offre 33,33… »
fn rows(table: &Table) -> String {
    let row = |cells: &Vec<String>| {
        let mut named = table.columns.iter().zip(cells);
        let head = named.next().map(|(_, cell)| cell.clone()).unwrap_or_default();
        let rest: Vec<_> = named.map(|(column, cell)| format!("{} {cell}", column.head.to_lowercase())).collect();
        format!("- {head}\u{a0}: {}", rest.join(", "))
    };
    table.rows.iter().chain(&table.total).map(row).collect::<Vec<_>>().join("\n")
}
