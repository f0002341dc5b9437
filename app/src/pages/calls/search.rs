//! The filters of the public list: read from the address, written back into it. The address is the saved filter.

use std::fmt::Write as _;

use service::store::calls::{Filter, Sort, State};

use crate::pages::{Params, words::t};

pub(super) const PER_PAGE: u64 = 25;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Search {
    pub(super) text: String,
    pub(super) cpv: String,
    pub(super) commune: String,
    pub(super) state: State,
    pub(super) sort: Sort,
    /// From 1.
    pub(super) page: u64,
}

impl Search {
    pub(super) fn read(params: &Params) -> Self {
        Self {
            text: params.query("q").to_owned(),
            cpv: params.query("cpv").to_owned(),
            commune: params.query("commune").to_owned(),
            state: match params.query("etat") {
                "clos" => State::Closed,
                "attribues" => State::Awarded,
                "tous" => State::Any,
                _ => State::Open,
            },
            sort: match params.query("tri") {
                "publication" => Sort::Publication,
                "reference" => Sort::Reference,
                _ => Sort::Deposit,
            },
            page: params.page(),
        }
    }

    pub(super) fn filter(&self) -> Filter {
        Filter {
            text: self.text.clone(),
            cpv: self.cpv.clone(),
            commune: self.commune.clone(),
            state: self.state,
            sort: self.sort,
            page: self.page - 1,
            per_page: PER_PAGE,
        }
    }

    /// The shortest address that shows the same.
    pub(super) fn address(&self) -> String {
        let page = if self.page > 1 { self.page.to_string() } else { String::new() };
        let pairs = [
            ("q", self.text.as_str()),
            ("cpv", &self.cpv),
            ("commune", &self.commune),
            ("etat", state_code(self.state)),
            ("tri", sort_code(self.sort)),
            ("page", &page),
        ];
        let query: Vec<_> = pairs
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        if query.is_empty() { "/appels".to_owned() } else { format!("/appels?{}", query.join("&")) }
    }

    pub(super) fn on_page(&self, page: u64) -> String {
        Self { page, ..self.clone() }.address()
    }

    pub(super) fn sorted(&self, sort: Sort) -> String {
        Self { sort, page: 1, ..self.clone() }.address()
    }

    /// What narrows the list: the word, and the address without it.
    pub(super) fn chips(&self) -> Vec<(String, String)> {
        let first = Self { page: 1, ..self.clone() };
        let mut chips = Vec::new();
        if !self.text.is_empty() {
            let address = Self { text: String::new(), ..first.clone() }.address();
            chips.push((t!(call.chip_text, text = self.text), address));
        }
        if !self.cpv.is_empty() {
            let address = Self { cpv: String::new(), ..first.clone() }.address();
            chips.push((t!(call.chip_cpv, cpv = self.cpv), address));
        }
        if !self.commune.is_empty() {
            let address = Self { commune: String::new(), ..first.clone() }.address();
            chips.push((t!(call.chip_commune, commune = self.commune), address));
        }
        if self.state != State::Open {
            let address = Self { state: State::Open, ..first }.address();
            chips.push((state_word(self.state).to_owned(), address));
        }
        chips
    }
}

pub(super) fn state_code(state: State) -> &'static str {
    match state {
        State::Open => "",
        State::Closed => "clos",
        State::Awarded => "attribues",
        State::Any => "tous",
    }
}

pub(super) fn state_word(state: State) -> &'static str {
    match state {
        State::Open => t!(call.filter_open),
        State::Closed => t!(call.filter_closed),
        State::Awarded => t!(call.filter_awarded),
        State::Any => t!(call.filter_any),
    }
}

fn sort_code(sort: Sort) -> &'static str {
    match sort {
        Sort::Deposit => "",
        Sort::Publication => "publication",
        Sort::Reference => "reference",
    }
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Search {
        let query = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Search::read(&Params { query, ..Params::default() })
    }

    #[test]
    fn the_address_holds_the_filters_and_nothing_else() {
        assert_eq!(read(&[]).address(), "/appels");
        assert_eq!(read(&[("tri", "?"), ("page", "1")]).address(), "/appels");

        let search = read(&[("q", "été & co"), ("etat", "clos"), ("tri", "publication"), ("page", "3")]);
        assert_eq!(search.address(), "/appels?q=%C3%A9t%C3%A9%20%26%20co&etat=clos&tri=publication&page=3");
    }

    #[test]
    fn each_chip_takes_away_itself_alone_and_goes_back_to_the_first_page() {
        let search = read(&[("q", "guichet"), ("etat", "tous"), ("page", "2")]);

        let addresses: Vec<_> = search.chips().into_iter().map(|(_, address)| address).collect();
        assert_eq!(addresses, ["/appels?etat=tous", "/appels?q=guichet"]);
    }
}
