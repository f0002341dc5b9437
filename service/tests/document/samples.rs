//! Documents as long and as awkward as real ones: a book of thirty pages, an act, a letter, a slip.

use chrono::NaiveDate;
use domain::document::{Block, ClauseRef, Column, Document, Fact, Inline, Layout, Table};

pub(crate) fn all() -> [(&'static str, Document); 5] {
    [("cahier", book(false)), ("cahier-projet", short_draft()), ("acte", act()), ("lettre", letter()), ("bon", slip())]
}

pub(crate) fn blank(layout: Layout, blocks: Vec<Block>) -> Document {
    Document {
        title: "Cahier spécial des charges".into(),
        subtitle: "Guichet citoyen en logiciel libre\nDéveloppement et hébergement, marché conjoint de services".into(),
        reference: "MP-2026-0042".into(),
        authority: "Ville de Namur, pilote".into(),
        version: "version 3".into(),
        date: NaiveDate::from_ymd_opt(2026, 10, 29).expect("a day of the calendar"),
        lang: "fr-BE".into(),
        draft: false,
        layout,
        blocks,
    }
}

pub(crate) fn book(draft: bool) -> Document {
    let mut blocks = vec![Block::Heading { level: 1, text: "Partie I. Clauses administratives".into() }];
    for chapter in 1..=8 {
        blocks.extend(self::chapter(chapter));
    }
    blocks.push(Block::Heading { level: 1, text: "Partie II. Clauses techniques".into() });
    for chapter in 9..=20 {
        blocks.extend(self::chapter(chapter));
    }
    blocks.push(Block::Heading { level: 1, text: "Annexe A. Inventaire".into() });
    blocks.push(inventory(70));
    Document { draft, ..blank(Layout::Book { facts: cover_facts() }, blocks) }
}

pub(crate) fn short_draft() -> Document {
    let missing = Block::Paragraph(vec![
        Inline::Text("Le délai d’exécution est de ".into()),
        Inline::Missing("délai en jours de calendrier".into()),
        Inline::Text(" à compter de la commande. Les conditions se lisent sur ".into()),
        Inline::Link {
            text: "le site du Service public fédéral BOSA, rubrique des marchés publics".into(),
            address: "https://bosa.belgium.be/fr".into(),
        },
        Inline::Text(".".into()),
    ]);
    let blocks = vec![Block::Heading { level: 1, text: "1. Objet et délai".into() }, missing];
    Document { draft: true, ..blank(Layout::Book { facts: cover_facts() }, blocks) }
}

fn cover_facts() -> Vec<Fact> {
    vec![
        Fact::new("Pouvoir adjudicateur pilote", "Ville de Namur"),
        Fact::new("Participants", "Gembloux, Marche-en-Famenne,\nOttignies-Louvain-la-Neuve"),
        Fact::new("Procédure", "Négociée sans publication préalable"),
        Fact::new("Remise des offres", "2 décembre 2026 à 11:00"),
        Fact::new("Conditions adoptées", "Conseil communal du 29 octobre 2026"),
    ]
}

/// Keeps the chapters different: a checker takes lines that come back at the same place for heads and feet.
const SUBJECTS: [&str; 20] = [
    "accueil",
    "archives",
    "budget",
    "cimetières",
    "crèches",
    "culture",
    "déchets",
    "écoles",
    "élections",
    "énergie",
    "état civil",
    "finances",
    "logement",
    "mobilité",
    "patrimoine",
    "personnel",
    "sports",
    "tourisme",
    "urbanisme",
    "voirie",
];

fn chapter(number: usize) -> Vec<Block> {
    let subject = SUBJECTS[number - 1];
    let titles = ["Parties et parts", "Critères d’attribution", "Exécution et réception", "Prix, paiement et révision"];
    let mut blocks = vec![Block::Heading { level: 2, text: format!("{number}. {}", titles[number % titles.len()]) }];
    blocks.push(article(format!("{number}.1"), "", vec![Block::text(
        format!("Pour {subject}, la Ville de Namur agit comme pilote au nom des participants, selon la convention sur {subject} approuvée par les quatre conseils."),
    )]));
    blocks.push(article(format!("{number}.2"), "", vec![Block::text(
        format!("Le coût de {subject} est réparti pour 20 % à parts égales et pour 80 % selon la population au 1er janvier 2020."),
    )]));
    blocks.push(if number.is_multiple_of(2) { shares(number) } else { criteria(number) });
    blocks.push(Block::Article {
        number: format!("{number}.3"),
        title: format!("Responsabilités pour : {subject}"),
        clause: Some(ClauseRef { id: "responsabilites".into(), version: 2 }),
        blocks: vec![
            Block::text(format!("Pour {subject}, chaque participant commande dans la limite de sa part. Une part peut être cédée avec l’accord écrit des deux communes concernées par {subject}. Le pilote ne répond pas des dettes des autres participants ({subject}).")),
            Block::text(format!("L’adjudicataire remet, pour {subject}, les pièces suivantes :")),
            Block::List { numbered: false, items: items(subject) },
            Block::Paragraph(vec![
                Inline::Text(format!("Le cautionnement de {subject} est ")),
                Inline::Strong("libéré par moitiés".into()),
                Inline::Text(" : la première à la réception provisoire, la seconde à la réception définitive ; aucune demande n’est nécessaire. Est-ce clair ? « Oui » !".into()),
            ]),
            article(format!("{number}.3.1"), &format!("{subject}, sous-traitance"), vec![
                Block::text(format!("Au chapitre {number}, la chaîne de sous-traitance est limitée à deux niveaux. L’adjudicataire transmet au pouvoir adjudicateur l’identité de tous les sous-traitants ({subject}), avant qu’ils n’interviennent, par la plateforme et sans frais pour eux.")),
                Block::List { numbered: true, items: items(subject) },
            ]),
        ],
        legal_basis: vec![format!("Loi du 17 juin 2016, article {} ; CDLD, article L1222-6 ({subject}).", 40 + number), format!("Arrêté royal du 14 janvier 2013, articles {number} à 12/4 et 25 à 33 ({subject}).")],
    });
    blocks.push(article(format!("{number}.10"), &format!("{subject} : une disposition dont le titre est si long qu’il occupe deux lignes entières dans le texte et dans la table des matières"), vec![
        Block::text(format!("Pour le service {subject}, les points sont calculés sans arrondi, puis le total est arrondi à deux décimales. ").repeat(6 + number % 4)),
    ]));
    blocks
}

fn article(number: String, title: &str, blocks: Vec<Block>) -> Block {
    Block::Article { number, title: title.into(), clause: None, blocks, legal_basis: Vec::new() }
}

fn items(subject: &str) -> Vec<Vec<Inline>> {
    ["le code source complet, {}, sous licence libre, avec ses instructions de construction pour {} et l’inventaire des composants tiers ({}) ;",
     "la documentation d’exploitation, {} ;",
     "le procès-verbal des essais, {}, signé par les deux parties, et la liste des défauts ouverts ({}) avec leur gravité."]
        .map(|text| vec![Inline::Text(text.replace("{}", subject))]).to_vec()
}

fn shares(number: usize) -> Block {
    Block::Table(Table {
        caption: format!("Tableau {number}. Parts des participants, hors TVA"),
        columns: vec![column("Participant", false, 50), column("Part", true, 20), column("Montant HTVA", true, 30)],
        rows: [
            ["Namur", "52,80 %", "67\u{202f}589,60 €"],
            ["Ottignies-Louvain-la-Neuve", "18,43 %", "23\u{202f}596,26 €"],
            ["Gembloux", "16,21 %", "20\u{202f}754,56 €"],
            ["Marche-en-Famenne", "12,55 %", "16\u{202f}059,58 €"],
        ]
        .map(|row| row.map(String::from).to_vec())
        .to_vec(),
        total: Some(["Total", "100,00 %", "128\u{202f}000,00 €"].map(String::from).to_vec()),
    })
}

fn criteria(number: usize) -> Block {
    Block::Table(Table {
        caption: format!("Tableau {number}. Critères et poids"),
        columns: vec![column("Critère", false, 34), column("Poids", true, 16), column("Formule ou échelle", false, 50)],
        rows: [["Prix", "40", "40 × prix le plus bas ÷ prix de l’offre"], ["Méthode", "25", "Échelle de 0 à 25, annexe D : l’analyse du besoin, le calendrier, la reprise des données et la formation"], ["Équipe", "20", "Échelle de 0 à 20, annexe D"], ["Code libre et documentation", "15", "Échelle de 0 à 15, annexe D"]]
            .map(|row| row.map(String::from).to_vec()).to_vec(),
        total: Some(["Total", "100", ""].map(String::from).to_vec()),
    })
}

pub(crate) fn inventory(rows: usize) -> Block {
    let row = |n: usize| {
        vec![
            format!("Poste {n}"),
            format!("Analyse, développement et mise en service du module {}", SUBJECTS[n % SUBJECTS.len()]),
            n.to_string(),
            format!("{},50 €", n * 37),
        ]
    };
    Block::Table(Table {
        caption: "Tableau 3. Postes de l’inventaire".into(),
        columns: vec![
            column("Poste", false, 15),
            column("Désignation", false, 50),
            column("Quantité", true, 15),
            column("Prix unitaire", true, 20),
        ],
        rows: (1..=rows).map(row).collect(),
        total: Some(["Total".into(), String::new(), String::new(), "91\u{202f}980,00 €".into()].to_vec()),
    })
}

fn column(head: &str, numeric: bool, width_percent: u8) -> Column {
    Column { head: head.into(), numeric, width_percent }
}

pub(crate) fn act() -> Document {
    let blocks = vec![
        Block::Heading { level: 1, text: "Le Collège communal,".into() },
        Block::text("Vu la loi du 17 juin 2016 relative aux marchés publics, notamment l’article 42, § 1er, 1° a) ;"),
        Block::text(
            "Vu le Code de la démocratie locale et de la décentralisation, notamment les articles L1222-3 et L3122-2 ;",
        ),
        Block::text(
            "Considérant que trois offres sont parvenues avant le 2 décembre 2026 à 11:00, que toutes sont régulières et que leur comparaison figure au tableau ci-dessous ;",
        ),
        Block::Heading { level: 1, text: "Décide :".into() },
        article(
            "Article 1er".into(),
            "",
            vec![Block::text(
                "Le marché « Guichet citoyen en logiciel libre » est attribué à Aubier Logiciels SCRL, BCE 0403.170.701, pour 121 900,00 € HTVA, soit 147 499,00 € TVAC à 21 %.",
            )],
        ),
        article(
            "Article 2".into(),
            "",
            vec![Block::text("La dépense est imputée à l’article 104/742-53 du budget extraordinaire de 2026.")],
        ),
        criteria(1),
        Block::text("Empreinte SHA-256 du rapport d’analyse des offres :"),
        Block::Code("4be190c722fa61d80e35b94c7d16a8f253ce18b0f6479da10c7be85236af91d4".into()),
        Block::Signatures(vec![
            Fact::new("Par le Collège :\nLe Directeur général,", "Luc Delvaux"),
            Fact::new("\nLe Bourgmestre,", "Anne Hennaut"),
        ]),
    ];
    Document {
        title: "Décision motivée d’attribution".into(),
        subtitle: "Séance du 10 décembre 2026".into(),
        version: String::new(),
        ..blank(Layout::Act, blocks)
    }
}

pub(crate) fn letter() -> Document {
    let to = ["Aubier Logiciels SCRL", "Madame Œuvrard-Lœwenstein", "Rue de l’Église 12/3", "5030 Gembloux"]
        .map(String::from)
        .to_vec();
    let blocks = vec![
        Block::text("Madame,"),
        Block::text(
            "Nous avons le plaisir de vous informer que le Collège communal a décidé, en sa séance du 10 décembre 2026, d’attribuer à votre entreprise le marché repris sous objet, pour un montant de 121 900,00 € hors TVA. La décision motivée est jointe.",
        ),
        Block::text(
            "Cette notification ne vaut pas conclusion : le contrat se conclut au terme du délai d’attente de quinze jours, qui prend cours le lendemain de cet envoi.",
        ),
        Block::Facts(vec![
            Fact::new("Fin du délai d’attente", "Vendredi 25 décembre 2026"),
            Fact::new("Cautionnement", "6 100,00 €, à constituer dans les trente jours"),
        ]),
        Block::Paragraph(vec![
            Inline::Text("Les pièces restent à votre disposition sur ".into()),
            Inline::Link {
                text: "la page du marché".into(),
                address: "https://beffroi.example/marches/MP-2026-0042".into(),
            },
            Inline::Text(".".into()),
        ]),
        Block::text("Nous vous prions d’agréer, Madame, l’expression de notre considération distinguée."),
        Block::Signatures(vec![
            Fact::new("Le Directeur général,", "Luc Delvaux"),
            Fact::new("Le Bourgmestre,", "Anne Hennaut"),
        ]),
    ];
    let layout = Layout::Letter { to, place_and_date: "Namur, le 10 décembre 2026".into() };
    Document {
        title: "Notification de l’attribution".into(),
        subtitle: "Guichet citoyen en logiciel libre".into(),
        authority: "Ville de Namur".into(),
        version: String::new(),
        ..blank(layout, blocks)
    }
}

pub(crate) fn slip() -> Document {
    let amounts = Table {
        caption: "Montants".into(),
        columns: vec![
            column("Prestation", false, 40),
            column("Quantité", true, 15),
            column("Prix HTVA", true, 20),
            column("Total HTVA", true, 25),
        ],
        rows: [
            ["Analyse détaillée", "6", "820,00 €", "4\u{202f}920,00 €"],
            ["Développement", "6", "820,00 €", "4\u{202f}920,00 €"],
        ]
        .map(|row| row.map(String::from).to_vec())
        .to_vec(),
        total: Some(["Total", "", "", "9\u{202f}840,00 €"].map(String::from).to_vec()),
    };
    let facts = vec![
        Fact::new("Marché", "MP-2026-0042, Guichet citoyen en logiciel libre"),
        Fact::new("Adjudicataire", "Aubier Logiciels SCRL, BCE 0403.170.701"),
        Fact::new("Participant", "Gembloux"),
        Fact::new("Livraison", "au plus tard le 26 février 2027"),
    ];
    let blocks = vec![
        Block::Table(amounts),
        Block::text("Le montant est réservé sur la part de Gembloux. Ce bon vaut commande dès sa signature."),
        Block::Signatures(vec![
            Fact::new("Pour la commune de Gembloux,\nla Directrice financière", "Claire Maréchal"),
            Fact::new("Pour l’adjudicataire,\nl’administratrice déléguée", ""),
        ]),
    ];
    let layout = Layout::Slip { number: "BC-2026-000123".into(), facts };
    Document {
        title: "Bon de commande".into(),
        subtitle: "Module de prise de rendez-vous".into(),
        authority: "Commune de Gembloux".into(),
        version: String::new(),
        ..blank(layout, blocks)
    }
}
