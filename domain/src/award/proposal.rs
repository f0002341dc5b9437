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
