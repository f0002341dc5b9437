//! Calls that firms answer.

use super::{
    super::{offers, past::Past},
    steps::{File, adopted_by, published},
    who::firm_member,
};
use crate::{Error, Services, call};

/// S07: a joint call that firms answer, with a question, and an isolated one.
pub(super) async fn called(services: &Services) -> Result<(), Error> {
    let joint = File {
        pilot: "Namur",
        others: &["Gembloux", "Marche-en-Famenne"],
        object: "Guichet citoyen en logiciel libre",
        cents: 12_800_000,
    };
    let joint = adopted_by(services, &joint).await?;
    published(services, "Namur", joint, 21, &["Aubier Logiciels", "Orneau Informatique", "Semois Systèmes"]).await?;
    let firm = firm_member(services, "Aubier Logiciels").await?;
    let draft = call::QuestionDraft {
        article: Some("52".to_owned()),
        text: "L’hébergement peut-il être situé dans un autre État membre de l’Union européenne\u{202f}?".to_owned(),
    };
    call::ask(services, &firm, joint, &draft).await?;
    offers::of_the_open_call(services, joint).await?;

    let isolated = File { pilot: "Wavre", others: &[], object: "Inventaire du patrimoine arboré", cents: 2_900_000 };
    let isolated = adopted_by(services, &isolated).await?;
    published(services, "Wavre", isolated, 12, &["Lesse Libre", "Burdinale Code"]).await
}

/// S08: the questions are closed, the deposit is not.
pub(super) async fn questions_closed(services: &Services) -> Result<(), Error> {
    let past = Past::days_ago(services, 15);
    let isolated = File { pilot: "Perwez", others: &[], object: "Inscriptions aux plaines de jeux", cents: 4_200_000 };
    let isolated = adopted_by(&past.services, &isolated).await?;
    published(&past.services, "Perwez", isolated, 20, &["Lesse Libre", "Burdinale Code"]).await
}
