use std::{fmt::Display, str::FromStr};

use chrono::NaiveDate;
use domain::{
    calc::words,
    kernel::identifier::{Bce, Iban, IdentifierError, Ogm, VatNumber},
    parameter::ParameterSet,
};
use leptos::prelude::*;
use serde_json::json;
use service::Error;

use super::Asked;
use crate::pages::{Form, ui, ui::Field, words::t};

/// Longer than any such number, however it is spaced.
const MOST: usize = 100;

type Check = fn(&str) -> Result<String, IdentifierError>;

/// (word of files, word of people, check)
const KINDS: [(&str, &str, Check); 4] = [
    ("bce", t!(calc.bce), normal::<Bce>),
    ("vat", t!(calc.vat), normal::<VatNumber>),
    ("iban", t!(calc.iban), normal::<Iban>),
    ("ogm", t!(calc.ogm), normal::<Ogm>),
];

fn normal<T: FromStr<Err = IdentifierError> + Display>(text: &str) -> Result<String, IdentifierError> {
    text.parse::<T>().map(|number| number.to_string())
}

pub(super) fn fields(form: &Form) -> AnyView {
    let kinds = KINDS.map(|(value, word, _)| (value.to_owned(), word.to_owned()));
    view! {
        {Field::radios("sorte", t!(calc.identifier_kind), kinds.to_vec()).value("bce").view(form)}
        {Field::short("numero", t!(calc.number), 20).hint(t!(calc.number_hint)).view(form)}
    }
    .into_any()
}

pub(super) fn ask(form: &Form, _: &ParameterSet, _: NaiveDate) -> Result<Asked, Error> {
    let mut read = form.read();
    let (kind, _, check) = read.choice("sorte", |text| KINDS.into_iter().find(|(kind, _, _)| *kind == text), KINDS[0]);
    let text = read.text("numero", MOST);
    read.errors.or(())?;

    let checked = check(&text);
    let line = json!({ "calc": "identifier", "kind": kind, "text": text });
    Ok(Asked::new(line, move || match checked {
        Ok(normal) => view! {
            <p>{ui::tag("done", t!(calc.valid))}</p>
            <dl class="facts"><div><dt>{t!(calc.normal)}</dt><dd class="strong"><code>{normal}</code></dd></div></dl>
        }
        .into_any(),
        Err(error) => view! { <p>{ui::tag("bad", t!(calc.invalid))}</p><p>{words::identifier(error)}</p> }.into_any(),
    }))
}
