//! What the files past their call are about, whose they are and how large.

use super::super::{awards::Plan as Road, bids, people::UNION};

pub(super) const COUNTER: Road = Road {
    pilot: "Namur",
    others: &["Gembloux", "Perwez"],
    object: "Guichet citoyen mutualisé",
    estimate_cents: 12_760_000,
    bids: &bids::THREE,
    part: 100,
};
/// Of a central body, for its users.
pub(super) const CONNECTORS: Road = Road {
    pilot: UNION,
    others: &[],
    object: "Connecteurs des guichets communaux",
    estimate_cents: 9_800_000,
    bids: &bids::TWO,
    part: 70,
};
pub(super) const DIARY: Road = Road {
    pilot: "Gembloux",
    others: &["Namur"],
    object: "Agenda partagé des services communaux",
    estimate_cents: 9_800_000,
    bids: &bids::THREE,
    part: 70,
};
pub(super) const REPORTING: Road = Road {
    pilot: "Andenne",
    others: &["Ciney", "Wavre"],
    object: "Signalement des incidents de voirie",
    estimate_cents: 8_400_000,
    bids: &bids::THREE,
    part: 60,
};
pub(super) const LIBRARIES: Road = Road {
    pilot: "Ottignies-Louvain-la-Neuve",
    others: &[],
    object: "Catalogue des bibliothèques",
    estimate_cents: 5_600_000,
    bids: &bids::TWO,
    part: 40,
};
pub(super) const ARCHIVES: Road = Road {
    pilot: "Marche-en-Famenne",
    others: &["Perwez"],
    object: "Numérisation des registres anciens",
    estimate_cents: 7_000_000,
    bids: &bids::THREE,
    part: 50,
};
pub(super) const FORMS: Road = Road {
    pilot: "Perwez",
    others: &["Gembloux"],
    object: "Formulaires en ligne, reprise de l’existant",
    estimate_cents: 9_800_000,
    bids: &bids::TWO,
    part: 70,
};
pub(super) const BOOKING: Road = Road {
    pilot: "Gembloux",
    others: &["Andenne"],
    object: "Réservation de salles",
    estimate_cents: 8_900_000,
    bids: &bids::THREE,
    part: 65,
};
pub(super) const ROOMS: Road = Road {
    pilot: "Ciney",
    others: &[],
    object: "Cartographie des cimetières",
    estimate_cents: 4_200_000,
    bids: &bids::TWO,
    part: 30,
};
pub(super) const PARKING: Road = Road {
    pilot: "Ciney",
    others: &["Andenne"],
    object: "Guidage vers les parkings",
    estimate_cents: 5_600_000,
    bids: &bids::TWO,
    part: 40,
};
pub(super) const SIGNPOSTS: Road = Road {
    pilot: "Andenne",
    others: &[],
    object: "Inventaire de la signalisation",
    estimate_cents: 4_200_000,
    bids: &bids::TWO,
    part: 30,
};
pub(super) const SMALL_AT_WAVRE: Road = Road {
    pilot: "Wavre",
    others: &[],
    object: "Portail des écoles communales",
    estimate_cents: 5_600_000,
    bids: &bids::TWO,
    part: 40,
};
pub(super) const SUBSIDIES: Road = Road {
    pilot: "Gembloux",
    others: &[],
    object: "Suivi des subsides",
    estimate_cents: 4_200_000,
    bids: &bids::TWO,
    part: 30,
};
pub(super) const MEDIA: Road = Road {
    pilot: "Wavre",
    others: &[],
    object: "Portail de la médiathèque",
    estimate_cents: 4_200_000,
    bids: &bids::TWO,
    part: 30,
};
pub(super) const BUILDINGS: Road = Road {
    pilot: "Perwez",
    others: &[],
    object: "Carnet d’entretien des bâtiments",
    estimate_cents: 4_200_000,
    bids: &bids::TWO,
    part: 30,
};
pub(super) const GRANTS: Road = Road {
    pilot: "Andenne",
    others: &[],
    object: "Gestion des primes communales",
    estimate_cents: 5_600_000,
    bids: &bids::TWO,
    part: 40,
};
pub(super) const MAIL: Road = Road {
    pilot: "Ottignies-Louvain-la-Neuve",
    others: &[],
    object: "Gestion du courrier entrant",
    estimate_cents: 9_800_000,
    bids: &bids::TWO,
    part: 70,
};
pub(super) const HOUSING: Road = Road {
    pilot: "Perwez",
    others: &[],
    object: "Registre des logements",
    estimate_cents: 5_600_000,
    bids: &bids::TWO,
    part: 40,
};
pub(super) const PERMITS: Road = Road {
    pilot: "Marche-en-Famenne",
    others: &[],
    object: "Suivi des permis d’environnement",
    estimate_cents: 5_600_000,
    bids: &bids::TWO,
    part: 40,
};
