use super::{missing_parameter, negative};
use crate::{
    execution::{MOST_TERMS, Unanswerable},
    kernel::{NumberError, text::typeset},
};

/// Names of the fields that the sentence is about.
pub(in crate::calc) struct Names {
    pub(in crate::calc) amount: &'static str,
    pub(in crate::calc) length: &'static str,
}

pub(in crate::calc) fn sum(error: &Unanswerable, names: &Names) -> String {
    let Names { amount, length } = names;
    match error {
        Unanswerable::Amount => typeset(&format!("« {amount} » : le montant doit être supérieur à zéro.")),
        Unanswerable::Others => negative("others"),
        Unanswerable::Length => typeset(&format!("« {length} » : la durée est nulle ou dépasse un siècle.")),
        Unanswerable::Weights => typeset(
            "« fixed » et « weight » : le terme fixe et les poids ne peuvent pas être négatifs et font exactement 1.",
        ),
        Unanswerable::Terms => typeset(&format!("« terms » : il faut de 1 à {MOST_TERMS} termes.")),
        Unanswerable::Index => typeset("« now » et « base » : un indice doit être supérieur à zéro."),
        Unanswerable::TooLarge => super::too_large(),
        Unanswerable::Missing(missing) => missing_parameter(missing),
    }
}

pub(in crate::calc) fn lines(name: &str) -> String {
    typeset(&format!("« {name} » : il faut au moins une ligne, et pas plus de 10 000."))
}

pub(in crate::calc) fn too_many(name: &str) -> String {
    typeset(&format!("« {name} » : il y a plus de 10 000 valeurs."))
}

pub(in crate::calc) fn rate_out_of_bounds(name: &str) -> String {
    typeset(&format!("« {name} » : le taux doit être compris entre 0 et 100."))
}

pub(in crate::calc) fn not_a_flag(name: &str) -> String {
    typeset(&format!("« {name} » : true ou false est attendu."))
}

/// A number with other decimals than an amount.
pub(in crate::calc) fn bad_number(name: &str, decimals: &str, error: NumberError) -> String {
    match error {
        NumberError::TooManyDecimals => typeset(&format!("« {name} » : {decimals} décimales au plus sont admises.")),
        NumberError::Empty | NumberError::NotANumber | NumberError::TooLarge | NumberError::Negative => {
            super::bad_amount(name, error)
        }
    }
}
