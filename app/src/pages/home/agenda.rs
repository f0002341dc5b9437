//! Dated things: what waits for the reader, and what ends soon.

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use crate::pages::{ui, vouchers, words::t};

/// One line of an agenda.
pub(super) struct Line {
    pub(super) title: String,
    pub(super) address: String,
    /// Reference of the file, and what it is about.
    pub(super) reference: String,
    pub(super) object: String,
    pub(super) until: Option<NaiveDate>,
}

/// A card of lines by date, the late first.
pub(super) fn card(
    id: &'static str,
    title: &'static str,
    lines: Vec<Line>,
    today: NaiveDate,
    nothing: &'static str,
) -> AnyView {
    let body = if lines.is_empty() {
        view! { <p class="pad quiet">{nothing}</p> }.into_any()
    } else {
        let items: Vec<_> = lines.into_iter().map(|line| item(line, today)).collect();
        view! { <ul class="agenda">{items}</ul> }.into_any()
    };
    view! {
        <section class="card card--flush" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// The same with the first lines alone, and how many more there are in which list.
pub(super) fn first(
    id: &'static str,
    title: &'static str,
    mut lines: Vec<Line>,
    today: NaiveDate,
    nothing: &'static str,
    most: usize,
) -> AnyView {
    let rest = lines.split_off(lines.len().min(most));
    let of_vouchers = rest.iter().filter(|line| line.address.starts_with(vouchers::PATH)).count();
    let of_files = rest.len() - of_vouchers;
    let files = (of_files > 0).then(|| more("/marches", t!(home.more, n = of_files)));
    let vouchers = (of_vouchers > 0).then(|| more(vouchers::PATH, t!(home.more_vouchers, n = of_vouchers)));
    view! { <div class="stack-s">{card(id, title, lines, today, nothing)}{files}{vouchers}</div> }.into_any()
}

fn more(list: &'static str, words: String) -> AnyView {
    view! { <p class="small"><a href=list>{words}</a></p> }.into_any()
}

fn item(line: Line, today: NaiveDate) -> AnyView {
    let late = line.until.is_some_and(|until| until < today);
    let day = line
        .until
        .map(|until| view! { <span class="day"><b>{until.day().to_string()}</b>{month(until.month())}</span> });
    let side = match line.until.map(|until| (until - today).num_days()) {
        Some(days) if days < 0 => ui::tag("bad", t!(home.late, n = -days)),
        Some(0) => ui::tag("now", t!(home.today)),
        Some(1) => ui::tag("now", t!(home.tomorrow)),
        Some(days) => ui::tag("", t!(home.in_days, n = days)),
        None => ui::tag("now", t!(home.yours)),
    };
    view! {
        <li class:late=late class:undated=line.until.is_none()>
            {day}
            <a class="bare strong" href=line.address>{line.title}</a>
            <span class="small"><span class="ref">{line.reference}</span>" · "{line.object}</span>
            <span class="side">{side}</span>
        </li>
    }
    .into_any()
}

fn month(month: u32) -> &'static str {
    match month {
        1 => t!(month.m1),
        2 => t!(month.m2),
        3 => t!(month.m3),
        4 => t!(month.m4),
        5 => t!(month.m5),
        6 => t!(month.m6),
        7 => t!(month.m7),
        8 => t!(month.m8),
        9 => t!(month.m9),
        10 => t!(month.m10),
        11 => t!(month.m11),
        _ => t!(month.m12),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(address: &str) -> Line {
        Line {
            title: "À faire".to_owned(),
            address: address.to_owned(),
            reference: "MP-2026-001".to_owned(),
            object: "Sel".to_owned(),
            until: None,
        }
    }

    fn cut(addresses: [&str; 3]) -> String {
        let today = NaiveDate::default();
        first("faire", "À faire", addresses.map(line).into(), today, "", 1).to_html().replace("<!>", "")
    }

    #[test]
    fn what_does_not_stand_on_the_page_is_one_link_away_in_its_own_list() {
        let (files, vouchers) = ("Et 1 autre, à retrouver dans la liste des marchés", "Et 1 autre bon de commande");

        let mixed = cut(["/marches/1/avis", "/bons/2/controle", "/marches/3/avis"]);
        assert!(mixed.contains(files) && mixed.contains(r#"href="/marches">"#), "{mixed}");
        assert!(mixed.contains(vouchers) && mixed.contains(r#"href="/bons">"#), "{mixed}");

        let of_vouchers = cut(["/bons/1/controle", "/bons/2/controle", "/bons/3/controle"]);
        assert!(of_vouchers.contains("Et 2 autres bons de commande"), "{of_vouchers}");
        assert!(!of_vouchers.contains("liste des marchés"), "{of_vouchers}");
    }
}
