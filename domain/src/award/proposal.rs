use super::{AwardFile, Refusal, Standing, Tenderer};
use crate::{
    kernel::{ids::OfferId, text::typeset},
    score::Points,
};

/// The offer that is proposed: the first of the ranking, or another one with a reason.
///
/// # Errors
/// [`Refusal::NotRanked`], or [`Refusal::DeviationNeedsAReason`].
pub fn proposed<'a>(
    tenderers: &'a [Tenderer],
    offer: OfferId,
    deviation: Option<&str>,
) -> Result<&'a Tenderer, Refusal> {
    let chosen = tenderers.iter().find(|tenderer| tenderer.offer == offer).ok_or(Refusal::NotRanked)?;
    match (chosen.rank(), deviation) {
        (None, _) => Err(Refusal::NotRanked),
        (Some(1), _) | (Some(_), Some(_)) => Ok(chosen),
        (Some(_), None) => Err(Refusal::DeviationNeedsAReason),
    }
}

/// A tenderer whom a text names beside the chosen one: what is written of an award goes to every firm that is not chosen,
/// and none reads there of a third one (loi du 17 juin 2016, art. 13).
pub fn third_named<'a>(tenderers: &'a [Tenderer], chosen: &Tenderer, text: &str) -> Option<&'a str> {
    let (text, chosen_words) = (words(text), words(&chosen.name));
    tenderers.iter().filter(|other| other.firm != chosen.firm).map(|other| other.name.as_str()).find(|name| {
        let name = bare(words(name));
        // « Aubier » stands in « Aubier Logiciels »: the chosen firm is not read as a third one.
        let text = if holds(&chosen_words, &name) { without(&text, &bare(chosen_words.clone())) } else { text.clone() };
        holds(&text, &name)
    })
}

/// Words in small letters, so that case, spaces and signs do not hide a name.
fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// A name without the legal form that ends it.
fn bare(mut name: Vec<String>) -> Vec<String> {
    const FORMS: [&str; 9] = ["sa", "srl", "sprl", "scrl", "sc", "asbl", "snc", "nv", "bv"];
    if name.len() > 1 && name.last().is_some_and(|last| FORMS.contains(&last.as_str())) {
        name.pop();
    }
    name
}

fn holds(text: &[String], name: &[String]) -> bool {
    !name.is_empty() && text.windows(name.len()).any(|words| words == name)
}

fn without(text: &[String], name: &[String]) -> Vec<String> {
    let mut left = Vec::new();
    let mut rest = text;
    while let [word, after @ ..] = rest {
        match rest.strip_prefix(name).filter(|_| !name.is_empty()) {
            // Words on both sides of a name that is taken out make no other name.
            Some(after_name) => {
                left.push(String::new());
                rest = after_name;
            }
            None => {
                left.push(word.clone());
                rest = after;
            }
        }
    }
    left
}

/// A first text of the reasons, from the points alone; whoever proposes completes it.
pub fn draft_reasons(file: &AwardFile, chosen: &Tenderer) -> String {
    let Standing::Ranked { points, total, rank } = &chosen.standing else { return String::new() };
    let compared = file.ranked().len();
    let place = match (*rank, compared) {
        (_, 1) => "est la seule offre régulière".to_owned(),
        (1, _) => format!("est classée première de {compared} offres régulières"),
        (rank, _) => format!("est classée {rank}e de {compared} offres régulières"),
    };
    let mut sentences =
        vec![format!("L’offre n° {} de {} {place}, avec {total} points sur 100.", chosen.position, chosen.name)];
    for ((criterion, own), column) in file.criteria.iter().zip(points).zip(0..) {
        let weight = Points::from_hundredths(criterion.weight_hundredths);
        let best = file.ranked().iter().filter_map(|other| other.points().get::<usize>(column)).max().copied();
        let ahead = if compared > 1 && best == Some(*own) { ", le meilleur résultat" } else { "" };
        sentences.push(format!("Critère « {} » : {own} points sur {weight}{ahead}.", criterion.name));
    }
    typeset(&sentences.join("\n"))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::kernel::{Money, ids::OrganisationId};

    fn tenderer(number: u8, name: &str) -> Tenderer {
        let id = Uuid::from_u128(number.into());
        Tenderer {
            offer: OfferId::from_uuid(id),
            position: number.into(),
            firm: OrganisationId::from_uuid(id),
            name: name.to_owned(),
            excluding: Money::from_cents(100),
            including: Money::from_cents(121),
            standing: Standing::NotCompared,
        }
    }

    #[test]
    fn a_third_firm_is_recognised_in_the_reasons_and_the_chosen_one_is_not_taken_for_it() {
        let names = [(1, "Aubier Logiciels SRL"), (2, "Aubier"), (3, "PME 3"), (4, "Brume SA")];
        let all = names.map(|(number, name)| tenderer(number, name));
        let named = |text: &str| third_named(&all, &all[0], text);

        assert_eq!(named("L’offre d’Aubier Logiciels est la plus complète."), None);
        assert_eq!(named("Elle devance PME 30 et la brumeuse méthode des autres."), None);
        assert_eq!(named("Sa méthode dépasse celle d’Aubier."), Some("Aubier"));
        assert_eq!(named("Elle est moins chère que « pme\u{a0}3 »."), Some("PME 3"));
        assert_eq!(named("Brume ne reprend pas les données."), Some("Brume SA"));
    }
}
