//! The French sentences of the calculator: what is so, and what to do.

mod execution;
mod funding;

use crate::{
    kernel::{
        NumberError, deadline::Why, holiday::Holiday, identifier::IdentifierError, text::typeset, time::date_french,
        time::weekday_date_french_inline,
    },
    parameter::MissingParameter,
    procedure::{Answer, Procedure, Publication, Reason, Standing, Unanswerable},
    share::ShareError,
    surety::SuretyError,
};

pub(super) use execution::{Names, bad_number, lines, not_a_flag, rate_out_of_bounds, sum, too_many};
pub(super) use funding::{contribution, state_aid, subsidy};

/// One fact of the counting of a delay.
pub fn why(why: Why) -> String {
    let day = weekday_date_french_inline;
    typeset(&match why {
        Why::EventNotCounted { event } => {
            format!("Le jour de l’événement, {}, ne compte pas (règlement 1182/71, art. 3, § 1).", day(event))
        }
        Why::CalendarDays { days, raw_end } => {
            format!("{} de calendrier mènent au {}.", days_of(days), day(raw_end))
        }
        Why::WorkingDays { days, end } => {
            let counted = if days > 1 {
                format!("{days} jours ouvrables mènent")
            } else {
                format!("{days} jour ouvrable mène")
            };
            format!("{counted} au {} : samedis, dimanches et jours fériés ne comptent pas.", day(end))
        }
        Why::HolidayNotCounted { date, holiday } => {
            format!("Le {} ({}) est férié et ne compte pas.", day(date), name(holiday))
        }
        Why::MovedFromSaturday { date } | Why::MovedFromSunday { date } => {
            format!(
                "Le {} n’est pas ouvrable : la fin passe au jour suivant (règlement 1182/71, art. 3, § 4).",
                day(date)
            )
        }
        Why::MovedFromHoliday { date, holiday } => format!(
            "Le {} est férié ({}) : la fin passe au jour suivant (règlement 1182/71, art. 3, § 4).",
            day(date),
            name(holiday)
        ),
        Why::ExtendedToTwoWorkingDays { from, to } => format!(
            "Du lendemain de l’événement au {}, il n’y a pas deux jours ouvrables : la fin passe au {} (règlement 1182/71, art. 3, § 5).",
            day(from),
            day(to)
        ),
        Why::CountedBack { days, end } => {
            format!(
                "{} en arrière mènent au {}, dernier jour admis ; un délai à rebours n’est pas reporté.",
                days_of(days),
                day(end)
            )
        }
        Why::SafeDay { date } => format!("Par prudence, agir au plus tard le {}.", day(date)),
    })
}

/// The name of a holiday.
pub const fn name(holiday: Holiday) -> &'static str {
    match holiday {
        Holiday::NewYear => "nouvel an",
        Holiday::EasterMonday => "lundi de Pâques",
        Holiday::LabourDay => "fête du travail",
        Holiday::Ascension => "Ascension",
        Holiday::WhitMonday => "lundi de Pentecôte",
        Holiday::NationalDay => "fête nationale",
        Holiday::Assumption => "Assomption",
        Holiday::AllSaints => "Toussaint",
        Holiday::Armistice => "armistice",
        Holiday::Christmas => "Noël",
    }
}

/// Why a procedure may or may not be used, and what is still to be watched.
pub fn procedure(answer: &Answer) -> String {
    let law = format!("loi du 17 juin 2016, {}", article(answer.procedure));
    let reason = match answer.reason {
        Reason::Below { limit } => format!("Estimation inférieure à {limit} HTVA ({law})."),
        Reason::NotBelow { limit } => format!("Estimation non inférieure à {limit} HTVA ({law})."),
        Reason::OtherCasesOnly { limit } => {
            format!(
                "Estimation non inférieure à {limit} HTVA : seulement dans un des cas sans montant, à motiver ({law})."
            )
        }
        Reason::Always => format!("Admise quel que soit le montant ({law})."),
        Reason::ContentCases => {
            format!(
                "Seulement en raison du contenu (adaptation, innovation, complexité, offres irrégulières), à motiver ({law})."
            )
        }
        Reason::OtherNature => format!("Réservée aux services sociaux et autres services spécifiques ({law})."),
    };

    typeset(&[Some(reason), advice(answer), notice(answer)].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

fn advice(answer: &Answer) -> Option<String> {
    match answer.procedure {
        Procedure::Fm => allowed(answer).then(|| "Consulter plusieurs opérateurs si possible.".to_owned()),
        Procedure::Pnspp if allowed(answer) => {
            Some("La limite porte sur la dépense à approuver : elle est revue à l’attribution.".to_owned())
        }
        Procedure::Pnspp => Some(
            "Par exemple urgence impérieuse, opérateur unique, aucune offre appropriée, répétition, petit lot."
                .to_owned(),
        ),
        Procedure::Pndapp | Procedure::Po | Procedure::Pr | Procedure::Pcan => {
            answer.delays.prior_notice.map(|days| format!("Après un avis de préinformation : {days} jours."))
        }
        Procedure::Dc | Procedure::Pi | Procedure::Sss => None,
    }
}

fn allowed(answer: &Answer) -> bool {
    answer.standing == Standing::Allowed
}

fn notice(answer: &Answer) -> Option<String> {
    let sentence = match (answer.standing, answer.publication) {
        (Standing::Refused, _) => return None,
        (_, Publication::None) => "Pas d’avis de marché préalable.",
        (_, Publication::Belgian) => "Avis au Bulletin des Adjudications.",
        (_, Publication::European) => {
            "Avis au Bulletin des Adjudications et au Journal officiel de l’Union européenne (TED)."
        }
    };
    Some(sentence.to_owned())
}

const fn article(procedure: Procedure) -> &'static str {
    match procedure {
        Procedure::Fm => "art. 92",
        Procedure::Pnspp => "art. 42",
        Procedure::Pndapp => "art. 41",
        Procedure::Po => "art. 36",
        Procedure::Pr => "art. 37",
        Procedure::Pcan => "art. 38",
        Procedure::Dc => "art. 39",
        Procedure::Pi => "art. 40",
        Procedure::Sss => "art. 88 à 90",
    }
}

pub(super) fn unanswerable(error: &Unanswerable) -> String {
    match error {
        Unanswerable::Estimate => typeset("« estimate » : l’estimation doit être supérieure à zéro."),
        Unanswerable::Missing(missing) => missing_parameter(missing),
    }
}

/// No figure is known for a date.
pub fn missing_parameter(missing: &MissingParameter) -> String {
    let key = &missing.key;
    typeset(&format!(
        "Le paramètre « {key} » n’a pas de valeur au {} : à compléter avant de calculer.",
        date_french(missing.on)
    ))
}

pub(super) fn share(error: ShareError) -> String {
    typeset(match error {
        ShareError::NoParticipant => "« participants » : il faut au moins un participant.",
        ShareError::TooManyParticipants => "« participants » : il y a plus de 1 000 participants.",
        ShareError::Twice => "« participants » : un même identifiant figure deux fois.",
        ShareError::NotPositive => {
            "« total » : le total doit être supérieur à zéro ; une note de crédit reprend les parts d’origine."
        }
        ShareError::TooLarge => "Un montant ou un poids est trop grand.",
        ShareError::UnknownWeight => "« participants » : un poids manque, la clé ne peut pas l’inventer.",
        ShareError::NoWeight => "« participants » : tous les poids sont nuls, la clé ne peut rien répartir.",
        ShareError::FixedPercent => "« fixed_percent » : la part fixe doit être comprise entre 0 et 100.",
        ShareError::FixedAmount => "« fixed_amount » : les parts fixes doivent être positives et tenir dans le total.",
        ShareError::Bounds => {
            "« min » et « max » : aucune répartition ne respecte ces bornes pour ce total et ces participants."
        }
    })
}

pub(super) fn two_fixed_parts() -> String {
    typeset("« fixed_percent » et « fixed_amount » : choisir l’un ou l’autre.")
}

/// Why a text is not such a number.
pub fn identifier(error: IdentifierError) -> String {
    typeset(match error {
        IdentifierError::Empty => "Aucun numéro n’est indiqué.",
        IdentifierError::Character => "Un caractère n’a pas sa place dans ce numéro.",
        IdentifierError::Length => "Ce numéro n’a pas le bon nombre de caractères.",
        IdentifierError::Start => "Un tel numéro ne commence pas ainsi.",
        IdentifierError::Zeros => "Un numéro composé de zéros n’existe pas.",
        IdentifierError::CheckDigits => "Les chiffres de contrôle ne correspondent pas : vérifier la saisie.",
    })
}

pub(super) fn surety(error: &SuretyError) -> String {
    match error {
        SuretyError::Award => typeset("« award » : le montant doit être supérieur à zéro."),
        SuretyError::Rate => typeset("« percent » : le taux doit être compris entre 0 et 100."),
        SuretyError::TooLarge => typeset("« award » : le montant est trop grand."),
        SuretyError::Missing(missing) => missing_parameter(missing),
    }
}

pub(super) fn no_tender() -> String {
    typeset("« prices » : il faut au moins un prix, et pas plus de 10 000.")
}

pub(super) fn other_points_do_not_match() -> String {
    typeset("« other » : il faut autant de points que de prix.")
}

pub(super) fn ceiling_not_positive() -> String {
    typeset("« ceiling » : le plafond doit être supérieur à zéro.")
}

pub(super) fn ceiling_without_use() -> String {
    typeset("« ceiling » : seule la formule F4 a un plafond.")
}

pub(super) fn too_large() -> String {
    typeset("Un montant est trop grand.")
}

pub(super) fn negative(name: &str) -> String {
    typeset(&format!("« {name} » : une valeur négative n’est pas admise."))
}

pub(super) fn not_json(error: &serde_json::Error) -> String {
    format!("La ligne n’est pas du JSON, à partir du caractère {}.", error.column())
}

pub(super) fn not_an_object() -> String {
    typeset("Une question est un objet JSON : {\"calc\":\"deadline\",…}.")
}

pub(super) fn missing_field(name: &str) -> String {
    typeset(&format!("Le champ « {name} » manque."))
}

pub(super) fn unknown_field(name: &str, known: &[&str]) -> String {
    typeset(&format!("Le champ « {name} » est inconnu ; champs admis : {}.", known.join(", ")))
}

pub(super) fn unknown_choice(name: &str, typed: &str, choices: &[&str]) -> String {
    typeset(&format!("« {name} » : « {typed} » est inconnu ; valeurs admises : {}.", choices.join(", ")))
}

pub(super) fn not_a_text(name: &str) -> String {
    typeset(&format!("« {name} » : un texte entre guillemets est attendu."))
}

pub(super) fn not_a_list(name: &str) -> String {
    typeset(&format!("« {name} » : une liste est attendue."))
}

pub(super) fn not_a_count(name: &str) -> String {
    typeset(&format!("« {name} » : un nombre entier, nul ou positif, est attendu."))
}

pub(super) fn bad_date(name: &str, typed: &str) -> String {
    typeset(&format!("« {name} » : « {typed} » n’est pas une date de la forme 2026-11-05."))
}

pub(super) fn bad_amount(name: &str, error: NumberError) -> String {
    typeset(&match error {
        NumberError::Empty => format!("« {name} » : le nombre est vide."),
        NumberError::NotANumber => format!("« {name} » : un nombre de la forme \"38400.00\" est attendu."),
        NumberError::TooManyDecimals => format!("« {name} » : deux décimales au plus sont admises."),
        NumberError::TooLarge => format!("« {name} » : le nombre est trop grand."),
        NumberError::Negative => format!("« {name} » : une valeur négative n’est pas admise."),
    })
}

pub(super) fn bad_rate(name: &str, error: NumberError) -> String {
    match error {
        NumberError::TooManyDecimals => typeset(&format!("« {name} » : six décimales au plus sont admises.")),
        NumberError::Empty | NumberError::NotANumber | NumberError::TooLarge | NumberError::Negative => {
            bad_amount(name, error)
        }
    }
}

pub(super) fn out_of_calendar() -> String {
    typeset("Le délai sort du calendrier : un siècle au plus, entre 1900 et 2999.")
}

fn days_of(days: u32) -> String {
    if days > 1 { format!("{days} jours") } else { format!("{days} jour") }
}
