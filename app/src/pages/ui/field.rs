//! Fields: a label, a hint, the error and what was typed, wrong values too.

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use crate::pages::{Form, sentence, words::t};

/// One question of a form.
pub struct Field {
    name: String,
    label: String,
    hint: Option<String>,
    value: String,
    kind: Kind,
    autocomplete: Option<&'static str>,
    nothing: &'static str,
}

enum Kind {
    Text { input: &'static str, width: &'static str },
    Long { rows: u8 },
    Listed(Vec<(String, String)>),
    Money,
    Date(Option<NaiveDate>),
    Select(Vec<(String, String)>),
    Radios(Vec<(String, String)>),
    Ticks { choices: Vec<(String, String)>, ticked: Vec<String> },
    File,
}

impl Field {
    fn new(name: impl Into<String>, label: impl Into<String>, kind: Kind) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            hint: None,
            value: String::new(),
            kind,
            autocomplete: None,
            nothing: t!(common.choose),
        }
    }

    pub fn text(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Text { input: "text", width: "govuk-input" })
    }

    /// A short text: `width` is a number of characters, 2, 3, 4, 5, 10 or 20.
    pub fn short(name: impl Into<String>, label: impl Into<String>, width: u8) -> Self {
        let width = match width {
            0..=2 => "govuk-input govuk-input--width-2",
            3 => "govuk-input govuk-input--width-3",
            4 => "govuk-input govuk-input--width-4",
            5 => "govuk-input govuk-input--width-5",
            6..=10 => "govuk-input govuk-input--width-10",
            11.. => "govuk-input govuk-input--width-20",
        };
        Self::new(name, label, Kind::Text { input: "text", width })
    }

    pub fn email(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Text { input: "email", width: "govuk-input" })
    }

    pub fn password(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Text { input: "password", width: "govuk-input" })
    }

    pub fn long(name: impl Into<String>, label: impl Into<String>, rows: u8) -> Self {
        Self::new(name, label, Kind::Long { rows })
    }

    pub fn money(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Money)
    }

    /// Three fields, `name-jour`, `name-mois`, `name-annee`.
    pub fn date(name: impl Into<String>, label: impl Into<String>, value: Option<NaiveDate>) -> Self {
        Self::new(name, label, Kind::Date(value))
    }

    /// A list to choose one from; `choices` are (value, word).
    pub fn select(name: impl Into<String>, label: impl Into<String>, choices: Vec<(String, String)>) -> Self {
        Self::new(name, label, Kind::Select(choices))
    }

    /// A short text for which the browser offers `choices`, (value, word), without refusing others.
    pub fn listed(name: impl Into<String>, label: impl Into<String>, choices: Vec<(String, String)>) -> Self {
        Self::new(name, label, Kind::Listed(choices))
    }

    pub fn radios(name: impl Into<String>, label: impl Into<String>, choices: Vec<(String, String)>) -> Self {
        Self::new(name, label, Kind::Radios(choices))
    }

    /// Several may be ticked; `ticked` are those ticked at first.
    pub fn ticks(
        name: impl Into<String>,
        label: impl Into<String>,
        choices: Vec<(String, String)>,
        ticked: Vec<String>,
    ) -> Self {
        Self::new(name, label, Kind::Ticks { choices, ticked })
    }

    /// A small file; its form must be `enctype="multipart/form-data"`.
    pub fn file(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::File)
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What stands in the field before anybody types.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// Word of a list's empty choice.
    #[must_use]
    pub fn nothing(mut self, word: &'static str) -> Self {
        self.nothing = word;
        self
    }

    #[must_use]
    pub fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = Some(token);
        self
    }

    /// The field with what was typed in `form`, and what is wrong with it.
    #[expect(clippy::too_many_lines, reason = "one short case for each kind of field")]
    pub fn view(self, form: &Form) -> AnyView {
        let error = form.errors.of(&self.name).map(|fault| sentence::fault(&self.name, fault));
        let described = Described::new(&self.name, self.hint, error);
        // A form of several steps, or of several parts, is sent without some of its fields.
        let typed = form.raw(&self.name).map_or(self.value, str::to_owned);
        match self.kind {
            Kind::Text { input, width } => {
                // A password is never sent back.
                let typed = if input == "password" { String::new() } else { typed };
                let class = described.class(width, "govuk-input--error");
                labelled(
                    &self.name,
                    self.label,
                    &described,
                    view! {
                        <input class=class id=self.name.clone() name=self.name.clone() type=input value=typed
                            autocomplete=self.autocomplete spellcheck=(input != "text").then_some("false")
                            aria-invalid=described.invalid() aria-describedby=described.ids()/>
                    },
                )
            }
            Kind::Long { rows } => {
                let class = described.class("govuk-textarea", "govuk-textarea--error");
                labelled(
                    &self.name,
                    self.label,
                    &described,
                    view! {
                        <textarea class=class id=self.name.clone() name=self.name.clone() rows=rows
                            aria-invalid=described.invalid() aria-describedby=described.ids()>{format!("\n{typed}")}</textarea>
                    },
                )
            }
            Kind::Listed(choices) => {
                let class = described.class("govuk-input govuk-input--width-10", "govuk-input--error");
                let list = format!("{}-liste", self.name);
                let options: Vec<_> =
                    choices.into_iter().map(|(value, word)| view! { <option value=value>{word}</option> }).collect();
                labelled(
                    &self.name,
                    self.label,
                    &described,
                    view! {
                        <input class=class id=self.name.clone() name=self.name.clone() type="text" list=list.clone() value=typed
                            autocomplete="off" spellcheck="false"
                            aria-invalid=described.invalid() aria-describedby=described.ids()/>
                        <datalist id=list>{options}</datalist>
                    },
                )
            }
            Kind::Money => {
                let class = described.class("govuk-input", "govuk-input--error");
                labelled(
                    &self.name,
                    self.label,
                    &described,
                    view! {
                        <div class="money">
                            <input class=class id=self.name.clone() name=self.name.clone() type="text" inputmode="decimal" value=typed
                                aria-invalid=described.invalid() aria-describedby=described.ids()/>
                            <span>{t!(common.euro)}</span>
                        </div>
                    },
                )
            }
            Kind::Date(value) => date(&self.name, self.label, &described, form, value),
            Kind::Select(choices) => {
                let class = described.class("govuk-select", "govuk-select--error");
                let options: Vec<_> = choices
                    .into_iter()
                    .map(|(value, word)| {
                        let selected = value == typed;
                        view! { <option value=value selected=selected>{word}</option> }
                    })
                    .collect();
                labelled(
                    &self.name,
                    self.label,
                    &described,
                    view! {
                        <select class=class id=self.name.clone() name=self.name.clone()
                            aria-invalid=described.invalid() aria-describedby=described.ids()>
                            <option value="">{self.nothing}</option>
                            {options}
                        </select>
                    },
                )
            }
            Kind::Radios(choices) => {
                choice_group(&self.name, self.label, &described, "radio", choices, &|value| value == typed)
            }
            Kind::Ticks { choices, ticked } => {
                let chosen: Vec<String> =
                    if form.was_sent() { form.all(&self.name).map(str::to_owned).collect() } else { ticked };
                choice_group(&self.name, self.label, &described, "checkbox", choices, &|value| {
                    chosen.iter().any(|chosen| chosen == value)
                })
            }
            Kind::File => {
                let class = described.class("govuk-file-upload", "govuk-file-upload--error");
                labelled(
                    &self.name,
                    self.label,
                    &described,
                    view! {
                        <input class=class id=self.name.clone() name=self.name.clone() type="file"
                            aria-invalid=described.invalid() aria-describedby=described.ids()/>
                    },
                )
            }
        }
    }
}

struct Described {
    name: String,
    hint: Option<String>,
    error: Option<String>,
}

impl Described {
    fn new(name: &str, hint: Option<String>, error: Option<String>) -> Self {
        Self { name: name.to_owned(), hint, error }
    }

    fn ids(&self) -> Option<String> {
        let hint = self.hint.is_some().then(|| format!("{}-aide", self.name));
        let error = self.error.is_some().then(|| format!("{}-erreur", self.name));
        match (hint, error) {
            (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
            (one, other) => one.or(other),
        }
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.is_some().then_some("true")
    }

    fn class(&self, base: &str, when_wrong: &str) -> String {
        if self.error.is_some() { format!("{base} {when_wrong}") } else { base.to_owned() }
    }

    fn group(&self) -> String {
        self.class("govuk-form-group", "govuk-form-group--error")
    }

    fn hint_and_error(&self) -> AnyView {
        let hint = self.hint.clone().map(|hint| {
            view! { <div class="govuk-hint" id=format!("{}-aide", self.name)>{hint}</div> }
        });
        let error = self.error.clone().map(|error| {
            view! {
                <p class="govuk-error-message" id=format!("{}-erreur", self.name)>
                    <span class="govuk-visually-hidden">{t!(common.error_word)}" "</span>{error}
                </p>
            }
        });
        view! { {hint}{error} }.into_any()
    }
}

fn labelled(name: &str, label: String, described: &Described, control: impl IntoView + 'static) -> AnyView {
    view! {
        <div class=described.group()>
            <label class="govuk-label" for=name.to_owned()>{label}</label>
            {described.hint_and_error()}
            {control}
        </div>
    }
    .into_any()
}

fn fieldset(label: String, described: &Described, inside: impl IntoView + 'static) -> AnyView {
    view! {
        <div class=described.group()>
            <fieldset class="govuk-fieldset" aria-describedby=described.ids()>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{label}</legend>
                {described.hint_and_error()}
                {inside}
            </fieldset>
        </div>
    }
    .into_any()
}

fn date(name: &str, label: String, described: &Described, form: &Form, value: Option<NaiveDate>) -> AnyView {
    let parts = [
        ("jour", t!(common.day), "govuk-input--width-2", value.map(|date| date.day().to_string())),
        ("mois", t!(common.month), "govuk-input--width-2", value.map(|date| date.month().to_string())),
        ("annee", t!(common.year), "govuk-input--width-4", value.map(|date| date.year().to_string())),
    ];
    let inputs: Vec<_> = parts
        .into_iter()
        .enumerate()
        .map(|(place, (part, word, width, value))| {
            let field = format!("{name}-{part}");
            let typed = if form.was_sent() {
                form.raw(&field).unwrap_or_default().to_owned()
            } else {
                value.unwrap_or_default()
            };
            // The summary's link leads to the first of the three.
            let id = if place == 0 { name.to_owned() } else { field.clone() };
            let class = described.class(&format!("govuk-input govuk-date-input__input {width}"), "govuk-input--error");
            view! {
                <div class="govuk-date-input__item">
                    <label class="govuk-label" for=id.clone()>{word}</label>
                    <input class=class id=id name=field type="text" inputmode="numeric" value=typed
                        aria-invalid=described.invalid()/>
                </div>
            }
        })
        .collect();
    fieldset(label, described, view! { <div class="govuk-date-input">{inputs}</div> })
}

fn choice_group(
    name: &str,
    label: String,
    described: &Described,
    kind: &'static str,
    choices: Vec<(String, String)>,
    is_chosen: &dyn Fn(&str) -> bool,
) -> AnyView {
    let (group, item, input, word_class) = if kind == "radio" {
        ("govuk-radios", "govuk-radios__item", "govuk-radios__input", "govuk-label govuk-radios__label")
    } else {
        ("govuk-checkboxes", "govuk-checkboxes__item", "govuk-checkboxes__input", "govuk-label govuk-checkboxes__label")
    };
    let items: Vec<_> = choices
        .into_iter()
        .enumerate()
        .map(|(place, (value, word))| {
            let id = if place == 0 { name.to_owned() } else { format!("{name}-{place}") };
            let checked = is_chosen(&value);
            view! {
                <div class=item>
                    <input class=input id=id.clone() name=name.to_owned() type=kind value=value checked=checked/>
                    <label class=word_class for=id>{word}</label>
                </div>
            }
        })
        .collect();
    fieldset(label, described, view! { <div class=group>{items}</div> })
}
