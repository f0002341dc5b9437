use crate::pages::words::t;

/// Anchor, name, and the beginnings of its keys; a key belongs to the first theme that knows it.
type Theme = (&'static str, &'static str, &'static [&'static str]);

/// In the order of the page.
pub(super) const THEMES: [Theme; 12] = [
    ("seuils", t!(parameter.theme_thresholds), &["eu."]),
    (
        "delais",
        t!(parameter.theme_delays),
        &["delay.", "pndapp.urgency", "prior_notice.", "extra_information.", "tender."],
    ),
    (
        "procedures",
        t!(parameter.theme_procedures),
        &["fm.", "pnspp.", "pndapp.", "pcan.", "dc.", "pi.", "sss.", "channel.", "lots.", "framework."],
    ),
    ("selection", t!(parameter.theme_selection), &["debts.", "exclusion.", "selection.", "sme."]),
    ("prix", t!(parameter.theme_prices), &["price.", "eval."]),
    ("attribution", t!(parameter.theme_award), &["standstill.", "recours.", "award_notice.", "notice.", "archive."]),
    ("tutelle", t!(parameter.theme_supervision), &["cdld."]),
    (
        "execution",
        t!(parameter.theme_performance),
        &[
            "rge.",
            "surety.",
            "advance.",
            "revision.",
            "modification.",
            "deminimis.",
            "payment.",
            "einvoice.",
            "interest.",
            "penalty.",
            "default.",
        ],
    ),
    ("tva", t!(parameter.theme_vat), &["vat."]),
    ("aides", t!(parameter.theme_aid), &["subsidy.", "state_aid."]),
    ("cotisations", t!(parameter.theme_contributions), &["contribution.", "reminder."]),
    ("autres", t!(parameter.theme_others), &[""]),
];

/// Place of a key's theme in [`THEMES`].
pub(super) fn of(key: &str) -> usize {
    THEMES
        .iter()
        .position(|(_, _, keys)| keys.iter().any(|start| key.starts_with(start)))
        .expect("the last theme takes every key")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_key_has_a_theme_of_its_own() {
        let shipped = domain::parameter::ParameterSet::shipped();

        let others: Vec<_> = shipped.keys().filter(|key| of(key) == THEMES.len() - 1).collect();

        assert_eq!(others, [""; 0]);
    }
}
