use super::{missing_parameter, negative, rate_out_of_bounds, too_large};
use crate::{
    contribution::ContributionError,
    kernel::text::typeset,
    state_aid::StateAidError,
    subsidy::{MOST_TRANCHES, SubsidyError},
};

pub(in crate::calc) fn subsidy(error: SubsidyError) -> String {
    match error {
        SubsidyError::Rate => rate_out_of_bounds("rate"),
        SubsidyError::Eligible => not_positive("eligible"),
        SubsidyError::Cap => negative("cap"),
        SubsidyError::Tranches => typeset(&format!(
            "« tranches » : il faut de 1 à {MOST_TRANCHES} tranches, chacune supérieure à zéro, qui font exactement 100."
        )),
        SubsidyError::Paid => typeset("« paid_tranches » : il n’y a pas autant de tranches."),
        SubsidyError::Accepted => negative("accepted"),
        SubsidyError::TooLarge => too_large(),
    }
}

pub(in crate::calc) fn contribution(error: ContributionError) -> String {
    match error {
        ContributionError::Rate => negative("rate"),
        ContributionError::Bounds => {
            typeset("« min » et « max » : ces montants ne sont pas négatifs, et le minimum ne dépasse pas le maximum.")
        }
        ContributionError::Days => {
            typeset("« from » et « to » : ces deux jours sont de la même année, l’entrée avant la sortie.")
        }
        ContributionError::TooLarge => too_large(),
    }
}

pub(in crate::calc) fn state_aid(error: &StateAidError) -> String {
    match error {
        StateAidError::New => not_positive("new"),
        StateAidError::Earlier => negative("earlier"),
        StateAidError::TooLarge => too_large(),
        StateAidError::Missing(missing) => missing_parameter(missing),
    }
}

fn not_positive(name: &str) -> String {
    typeset(&format!("« {name} » : le montant doit être supérieur à zéro."))
}
