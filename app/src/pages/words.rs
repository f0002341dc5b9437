//! The sentences of the interface, from `locales/`, and the macro that names them.

#[allow(
    dead_code,
    unreachable_pub,
    clippy::single_char_add_str,
    reason = "generated: a sentence may wait for its page"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}
pub(crate) use generated::*;

/// A sentence by its key: `t!(need.title)`, `t!(need.joined, n = 3)`.
macro_rules! t {
    ($namespace:ident . $key:ident) => { $crate::pages::words::$namespace::$key };
    ($namespace:ident . $key:ident, $($argument:ident = $value:expr),+ $(,)?) => {
        $crate::pages::words::$namespace::$key { $($argument: &$value),+ }.text()
    };
}
pub(crate) use t;

/// « de Namur », « d’Andenne », « du Service public de Wallonie », « de l’Union des Villes »: after a noun.
pub(crate) fn of(name: &str) -> String {
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
