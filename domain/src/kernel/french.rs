//! What French asks of a name inside a sentence.

/// « de Namur », « d’Andenne », « du Service public de Wallonie », « de l’Union des Villes »: after a noun.
pub fn of(name: &str) -> String {
    let first = name.split([' ', '-']).next().unwrap_or_default();
    match first {
        "Service" => format!("du {name}"),
        "Union" => format!("de l’{name}"),
        "Ville" | "Commune" | "Province" | "Région" => format!("de la {name}"),
        _ if name.starts_with(['A', 'E', 'I', 'O', 'U', 'Y', 'É', 'È', 'Î', 'H']) && !is_aspirated(first) => {
            format!("d’{name}")
        }
        _ => format!("de {name}"),
    }
}

/// Walloon names whose H (or Y) takes no elision: « de Hannut », « de Huy », « d’Herstal ».
fn is_aspirated(first: &str) -> bool {
    ["Hannut", "Huy", "Hamois", "Ham", "Hastière", "Havelange", "Héron", "Hotton", "Houffalize", "Houyet", "Yvoir"]
        .contains(&first)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn names_follow_a_noun_as_in_french() {
        let names = ["Namur", "Andenne", "Éghezée", "Huy", "Herstal", "Union des Villes", "Service public de Wallonie"];

        assert_eq!(
            names.map(of),
            [
                "de Namur",
                "d’Andenne",
                "d’Éghezée",
                "de Huy",
                "d’Herstal",
                "de l’Union des Villes",
                "du Service public de Wallonie",
            ]
        );
    }
}
