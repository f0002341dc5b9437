//! One form that is accepted for each address that takes one.

use domain::organisation::Role::{
    self, ContractManager, Coordinator, Executive, FinanceDirector, ProcurementOfficer, SmeMember,
};

/// Where the record of a form stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// The form is about no tender and no voucher.
    Nowhere,
    Registered,
    Forgotten,
    Invited,
    Needed,
    Planned,
    PlannedTogether,
    Drafting,
    /// The legality opinion is asked.
    Awaited,
    Adopted,
    /// The coordinator's opinion is asked.
    Advised,
    Called,
    /// A firm asked a question.
    Asked,
    Written,
    Attached,
    Deposited,
    Closed,
    /// The deposit is over on the federal platform.
    ClosedElsewhere,
    Opened,
    /// A firm is asked for a piece.
    Requested,
    Selected,
    Negotiated,
    Compared,
    /// A juror is named.
    Named,
    Scored,
    Proposed,
    Decided,
    Informed,
    /// The waiting time is over.
    Free,
    Concluded,
    Executing,
    /// The contractor could answer a report of failure.
    Failing,
    /// A contract to order on.
    Ordering,
    /// A delivery on it came late.
    Late,
    /// A framework of a central body, about which an authority types.
    Offered,
    /// The same, about which the body types.
    Offering,
    /// An authority asks to adhere to the body.
    Adhering,
    /// It adheres, and is the one who types.
    Adhered,
    /// It said its need.
    Wanting,
    /// A voucher at this version.
    Order(i32),
}

impl At {
    /// A framework of a central body, or an accession to it.
    pub(super) fn is_about_a_body(self) -> bool {
        matches!(self, Self::Offered | Self::Offering | Self::Adhering | Self::Adhered | Self::Wanting)
    }
}

/// A form, and who sends it rightfully.
pub(super) struct Post {
    pub(super) path: &'static str,
    /// Where the record stands.
    pub(super) at: At,
    pub(super) role: Role,
    /// What is typed: `@` stands for something of the scene, `@jour` for a whole date.
    pub(super) body: &'static [(&'static str, &'static str)],
}

/// A field that is a file; the form is sent with it alone.
pub(super) const FILE: &str = "fichier-joint";

const fn post(path: &'static str, at: At, role: Role, body: &'static [(&'static str, &'static str)]) -> Post {
    Post { path, at, role, body }
}

#[expect(clippy::too_many_lines, reason = "a list of forms")]
pub(super) fn rows() -> Vec<Post> {
    vec![
        post("/connexion", At::Nowhere, ProcurementOfficer, &[("personne", "@personne")]),
        post("/compte", At::Nowhere, ProcurementOfficer, &[("organisation", "@organisation")]),
        post(
            "/inscription",
            At::Nowhere,
            ProcurementOfficer,
            &[
                ("entreprise", "Aubier Logiciels SRL"),
                ("bce", "0451.461.655"),
                ("adresse", "Rue du Canal 1, 5000 Namur"),
                ("nom", "Claire Gérante"),
                ("courriel", "gerante@aubier.example"),
                ("motdepasse", "seize carpes à la rivière"),
            ],
        ),
        post(
            "/confirmation/{jeton}",
            At::Registered,
            ProcurementOfficer,
            &[("motdepasse", "seize carpes à la rivière")],
        ),
        post("/mot-de-passe", At::Nowhere, ProcurementOfficer, &[("courriel", "personne@namur.example")]),
        post(
            "/mot-de-passe/{jeton}",
            At::Forgotten,
            ProcurementOfficer,
            &[("motdepasse", "seize carpes à la rivière")],
        ),
        post(
            "/invitation/{jeton}",
            At::Invited,
            ProcurementOfficer,
            &[("nom", "Luc Invité"), ("motdepasse", "seize carpes à la rivière")],
        ),
        post(
            "/organisations/{organisation}/modifier",
            At::Nowhere,
            ProcurementOfficer,
            &[("adresse", "Hôtel de Ville 1"), ("version", "1")],
        ),
        post(
            "/organisations/{organisation}/membres",
            At::Nowhere,
            Role::ChiefExecutive,
            &[("courriel", "nouveau@namur.example"), ("role", "evaluator")],
        ),
        post("/affichage", At::Nowhere, ProcurementOfficer, &[("theme", "dark")]),
        post("/demonstration", At::Nowhere, ProcurementOfficer, &[("pas", "heure")]),
        post("/marches/{reference}/cahier", At::Planned, ProcurementOfficer, &[("geste", "rediger")]),
        post(
            "/marches/{reference}/cahier/{section}",
            At::Drafting,
            ProcurementOfficer,
            &[("version", "1"), ("geste", "liste")],
        ),
        post(
            "/parametres/{cle}/ajouter",
            At::Nowhere,
            Coordinator,
            &[
                ("valeur", "31 000,00"),
                ("du", "@demain"),
                ("source", "AR du 18 avril 2017, art. 58"),
                ("certitude", "S"),
                ("verifie", "@jour"),
            ],
        ),
        post(
            "/calcul",
            At::Nowhere,
            ProcurementOfficer,
            &[("calcul", "numero"), ("sorte", "bce"), ("numero", "0451.461.655")],
        ),
        post(
            "/appels/{reference}/question",
            At::Called,
            SmeMember,
            &[("article", "3"), ("question", "Quel est le délai ?")],
        ),
        post(
            "/marches/{reference}/appel",
            At::Adopted,
            ProcurementOfficer,
            &[
                ("geste", "lancer"),
                ("depot", "@dans-quatre-semaines"),
                ("depot-heure", "11:00"),
                ("questions", "@dans-trois-semaines"),
                ("questions-heure", "11:00"),
                ("pme", "@entreprise"),
                ("raison", "Motif"),
            ],
        ),
        post(
            "/marches/{reference}/questions",
            At::Asked,
            ProcurementOfficer,
            &[("question", "@question"), ("version", "1"), ("numero", "1"), ("reponse-1", "Trois mois.")],
        ),
        post(
            "/offres/{reference}/prix",
            At::Called,
            SmeMember,
            &[("version", "0"), ("prix-1", "120 000,00"), ("tva-1", "21")],
        ),
        post("/offres/{reference}/fichiers", At::Attached, SmeMember, &[("retirer", "@fichier")]),
        post("/offres/{reference}/verifier", At::Written, SmeMember, &[("version", "1"), ("engage", "oui")]),
        post("/offres/{reference}/retirer", At::Deposited, SmeMember, &[]),
        post("/marches/{reference}/ouverture", At::Closed, ProcurementOfficer, &[]),
        post(
            "/marches/{reference}/offres/saisir",
            At::ClosedElsewhere,
            ProcurementOfficer,
            &[
                ("bce", "0451.461.655"),
                ("entreprise", "Aubier Logiciels SRL"),
                ("arrivee", "@hier"),
                ("arrivee-heure", "10:00"),
                ("rapport", "R-1"),
                ("prix-1", "120 000,00"),
                ("tva-1", "21"),
            ],
        ),
        post(
            "/offres/{reference}/demandes",
            At::Requested,
            SmeMember,
            &[("demande", "@demande"), ("version", "1"), ("reponse-@demande", "Les voici.")],
        ),
        post("/marches/{reference}/selection", At::Opened, ProcurementOfficer, &[("geste", "commencer")]),
        post(
            "/marches/{reference}/regularite",
            At::Selected,
            ProcurementOfficer,
            &[("geste", "decider"), ("offre", "1"), ("version", "0"), ("resultat", "regular")],
        ),
        post("/marches/{reference}/negociation", At::Negotiated, ProcurementOfficer, &[("geste", "evaluer")]),
        post("/marches/{reference}/evaluation", At::Scored, ProcurementOfficer, &[("geste", "cloturer")]),
        post(
            "/marches/{reference}/evaluation/jury",
            At::Compared,
            ProcurementOfficer,
            &[("evaluateur", "@evaluateur")],
        ),
        post(
            "/marches/{reference}/evaluation/fiche",
            At::Named,
            Role::Evaluator,
            &[("geste", "declarer"), ("interets", "aucun")],
        ),
        post(
            "/besoins/nouveau",
            At::Nowhere,
            ProcurementOfficer,
            &[
                ("objet", "Guichet citoyen"),
                ("cpv", "72212000"),
                ("nature", "services"),
                ("estimation", "128 000,00"),
                ("quantite", "40 postes"),
            ],
        ),
        post(
            "/besoins/{besoin}",
            At::Needed,
            ProcurementOfficer,
            &[("estimation", "1 000"), ("quantite", "10 postes")],
        ),
        post(
            "/marches/nouveau",
            At::Nowhere,
            ProcurementOfficer,
            &[
                ("geste", "creer"),
                ("objet", "Guichet citoyen"),
                ("cpv", "72212000"),
                ("nature", "services"),
                ("estimation", "50 000,00"),
                ("besoin-propre", "50 000,00"),
                ("quantite", "40 postes"),
                ("vehicule", "isolated"),
                ("procedure", "PNSPP"),
                ("motif-procedure", "Montant sous le seuil"),
                ("canal", "hosted"),
            ],
        ),
        post("/marches/{reference}", At::Planned, ProcurementOfficer, &[("geste", "rediger")]),
        post(
            "/marches/{reference}/modifier",
            At::PlannedTogether,
            ProcurementOfficer,
            &[
                ("version", "@version"),
                ("objet", "Guichet des habitants"),
                ("cpv", "72212000"),
                ("nature", "services"),
                ("estimation", "100 000,00"),
                ("vehicule", "joint"),
                ("procedure", "PNSPP"),
                ("motif-procedure", "Montant sous le seuil"),
                ("canal", "hosted"),
                ("raison", "Motif"),
            ],
        ),
        post(
            "/marches/{reference}/participants",
            At::PlannedTogether,
            ProcurementOfficer,
            &[("geste", "inviter"), ("organisation", "@autre-commune"), ("estimation", "1 000"), ("quantite", "1")],
        ),
        post(
            "/marches/{reference}/adhesion",
            At::PlannedTogether,
            ProcurementOfficer,
            &[
                ("version", "1"),
                ("adhere", "oui"),
                ("deliberation", "@jour"),
                ("numero", "14"),
                ("estimation", "1 000"),
            ],
        ),
        post(
            "/marches/{reference}/avis",
            At::Awaited,
            FinanceDirector,
            &[("avis", "favourable"), ("texte", "Rien à redire")],
        ),
        post(
            "/marches/{reference}/avis-coordinateur",
            At::Advised,
            Coordinator,
            &[("avis", "favourable"), ("texte", "Rien à redire")],
        ),
        post(
            "/marches/{reference}/adoption",
            At::Drafting,
            Role::Council,
            &[
                ("organe", "council"),
                ("decision", "@jour"),
                ("numero", "14"),
                ("article", "104/742-53"),
                ("raison", "Motif"),
            ],
        ),
        post(
            "/marches/{reference}/attribution",
            At::Proposed,
            Executive,
            &[
                ("geste", "decider"),
                ("version", "1"),
                ("organe", "executive"),
                ("decision", "@jour"),
                ("numero", "2026/512"),
                ("tutelle", "non"),
                ("raison", "Motif"),
            ],
        ),
        post("/marches/{reference}/informations", At::Decided, ProcurementOfficer, &[("geste", "envoyer")]),
        post(
            "/marches/{reference}/tutelle",
            At::Informed,
            ProcurementOfficer,
            &[("geste", "transmettre"), ("envoi", "@jour")],
        ),
        post("/marches/{reference}/conclusion", At::Free, ProcurementOfficer, &[("raison", "Motif")]),
        post(
            "/marches/{reference}/annulation",
            At::Informed,
            ProcurementOfficer,
            &[("auteur", "judge"), ("annulation", "@jour"), ("motifs", "Motif")],
        ),
        post("/marches/{reference}/cautionnement", At::Concluded, ProcurementOfficer, &[("geste", "demander")]),
        post(
            "/marches/{reference}/reception",
            At::Executing,
            ContractManager,
            &[
                ("geste", "provisoire"),
                ("resultat", "accordee"),
                ("constat-le", "@jour"),
                ("constats", "Tout est livré"),
            ],
        ),
        post(
            "/marches/{reference}/resiliation",
            At::Failing,
            Executive,
            &[("organe", "executive"), ("decision", "@jour"), ("numero", "2027/12"), ("motifs", "Motif")],
        ),
        post("/marches/{reference}/renoncer", At::Planned, Executive, &[("motifs", "Motif")]),
        post(
            "/contrats/{reference}/prets",
            At::Ordering,
            ProcurementOfficer,
            &[("geste", "proposer"), ("sens", "preter"), ("participant", "@autre-participant"), ("montant", "1,00")],
        ),
        post(
            "/contrats/{reference}/revision",
            At::Ordering,
            ProcurementOfficer,
            &[
                ("geste", "appliquer"),
                ("version", "@version"),
                ("fixe", "20"),
                ("termes", "80 ; 113,30 ; 110,00"),
                ("des", "@demain"),
            ],
        ),
        post(
            "/contrats/{reference}/avances",
            At::Ordering,
            ProcurementOfficer,
            &[("geste", "enregistrer"), ("version", "@version"), ("cas", "micro"), ("taille", "@jour")],
        ),
        post(
            "/contrats/{reference}/modifications",
            At::Ordering,
            ProcurementOfficer,
            &[
                ("version", "@version"),
                ("fondement", "minimis"),
                ("objet", "Deux journées de plus"),
                ("montant", "1 200,00"),
                ("decision", "@jour"),
                ("numero", "CCL-115"),
            ],
        ),
        post(
            "/contrats/{reference}/penalites",
            At::Late,
            ContractManager,
            &[("version", "@version"), ("livraison", "@livraison")],
        ),
        post(
            "/contrats/{reference}/manquements",
            At::Executing,
            ContractManager,
            &[("geste", "constater"), ("manquements", "Rien n’est livré")],
        ),
        post("/centrale/adherents", At::Adhering, ProcurementOfficer, &[("adhesion", "@adhesion"), ("version", "1")]),
        post(
            "/centrale/adhesions/{organisation}",
            At::Offered,
            ProcurementOfficer,
            &[
                ("geste", "adherer"),
                ("deliberation", "@hier"),
                ("numero", "CC-14"),
                ("convention", "@hier"),
                ("transmission", "@jour"),
            ],
        ),
        post(
            "/centrale/{reference}/offre",
            At::Offering,
            ProcurementOfficer,
            &[
                ("version", "1"),
                ("public", "authorities"),
                ("redevance", "mille"),
                ("montant-redevance", "2,5"),
                ("comment", "Écrivez à la centrale."),
            ],
        ),
        post(
            "/centrale/{reference}/besoin",
            At::Adhered,
            ProcurementOfficer,
            &[("version", "0"), ("quantite", "40 postes"), ("estimation", "30 000,00")],
        ),
        post(
            "/centrale/{reference}/utilisateurs",
            At::Wanting,
            ProcurementOfficer,
            &[("geste", "accepter"), ("usager", "@usager"), ("version", "1"), ("part-@usager", "30 000,00")],
        ),
        post(
            "/bons/nouveau",
            At::Ordering,
            ProcurementOfficer,
            &[
                ("contrat", "@contrat"),
                ("objet", "Connecteur"),
                ("adresse", "Hôtel de Ville 1"),
                ("quantite-P-02", "1"),
            ],
        ),
        post(
            "/bons/nouveau/verifier",
            At::Ordering,
            ProcurementOfficer,
            &[
                ("contrat", "@contrat"),
                ("objet", "Connecteur"),
                ("adresse", "Hôtel de Ville 1"),
                ("quantite-P-02", "1"),
                ("total", "726.00"),
            ],
        ),
        post("/bons/envoi", At::Order(3), ProcurementOfficer, &[("bon", "@bon"), ("version-@bon", "3")]),
        post("/bons/{bon}", At::Order(3), ProcurementOfficer, &[("geste", "envoyer"), ("version", "3")]),
        post(
            "/bons/{bon}/modifier",
            At::Order(1),
            ProcurementOfficer,
            &[("version", "1"), ("objet", "Connecteur"), ("adresse", "Hôtel de Ville 1"), ("quantite-P-02", "2")],
        ),
        post(
            "/bons/{bon}/controle",
            At::Order(1),
            FinanceDirector,
            &[
                ("version", "1"),
                ("article", "104/123-13"),
                ("credit", "100 000,00"),
                ("engagement", "2026-1"),
                ("engage-le", "@jour"),
            ],
        ),
        post(
            "/bons/{bon}/approbation",
            At::Order(2),
            Executive,
            &[("version", "2"), ("organe", "executive"), ("decision", "114"), ("raison", "Motif")],
        ),
        post("/bons/{bon}/reponse", At::Order(4), SmeMember, &[("version", "4"), ("reponse", "accepter")]),
        post(
            "/bons/{bon}/livraison",
            At::Order(5),
            SmeMember,
            &[("version", "5"), ("le", "@jour"), ("quantite-P-02", "1")],
        ),
        post("/bons/{bon}/reception", At::Order(6), ContractManager, &[("version", "6"), ("verdict", "whole")]),
        post(
            "/bons/{bon}/facture",
            At::Order(7),
            SmeMember,
            &[
                ("version", "7"),
                ("facture", "F-1"),
                ("emise", "@jour"),
                ("htva", "600,00"),
                ("tva", "126,00"),
                ("tvac", "726,00"),
            ],
        ),
        post("/bons/{bon}/factures", At::Order(7), SmeMember, &[(FILE, "<facture/>")]),
        post(
            "/bons/{bon}/factures/{recue}",
            At::Order(5),
            FinanceDirector,
            &[("geste", "refuser"), ("version", "1"), ("raison", "Motif")],
        ),
        post("/bons/{bon}/paiement", At::Order(8), FinanceDirector, &[("version", "8"), ("le", "@jour")]),
        post("/bons/{bon}/annulation", At::Order(1), ProcurementOfficer, &[("version", "1"), ("raison", "Erreur")]),
    ]
}
