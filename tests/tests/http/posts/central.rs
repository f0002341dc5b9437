//! The people around a framework of a central body.

use domain::authz::Actor;
use service::{central, testing::World};

use super::{rows::At, scenes::Scene};

/// `others`: a stranger, a participant of other files, an auditor.
pub(super) async fn scene(world: &World, at: At, others: [&Actor; 3]) -> Scene {
    let offered = world.offered_framework().await;
    let adherent = world.officer("Hotton").await;
    let mut words = vec![
        ("organisation", offered.body.id.to_string()),
        ("reference", offered.reference.to_string()),
        ("usager", adherent.organisation().to_string()),
    ];
    if at == At::Adhering {
        let draft = world.an_accession();
        let id = central::adhere(&world.services, &adherent, offered.body.id, None, &draft, None).await;
        words.push(("adhesion", id.expect("adhered").to_string()));
    } else if matches!(at, At::Adhered | At::Wanting) {
        world.adhered(&offered, &adherent).await;
    }
    if at == At::Wanting {
        world.needs(&offered, &adherent, "30000.00").await;
    }
    let types = matches!(at, At::Offered | At::Adhered);
    let [stranger, participant, auditor] = others.map(Actor::clone);
    Scene {
        words,
        other_link: false,
        stranger,
        participant,
        auditor,
        rightful: if types { adherent } else { offered.officer },
    }
}
