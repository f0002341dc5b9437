//! What somebody typed, as they typed it, with what is wrong with it.

use std::str::FromStr;

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use domain::{
    fault::Fault,
    kernel::{Money, NumberError, identifier::Cpv, time::TYPED_YEARS},
    refusal::Refusal,
};
use service::{Error, FieldErrors, FormKey};

/// A form that was sent, or an empty one.
#[derive(Debug, Clone, Default)]
pub struct Form {
    values: Vec<(String, String)>,
    files: Vec<Upload>,
    pub errors: FieldErrors,
    pub refusal: Option<Refusal>,
    /// Somebody else changed the record in between.
    pub stale: bool,
    sent: bool,
    resumed: bool,
    received_at: Option<DateTime<Utc>>,
}

/// A small file that came with a form.
#[derive(Debug, Clone)]
pub struct Upload {
    pub field: String,
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Name of the hidden field with the form's key.
pub(crate) const KEY: &str = "cle-formulaire";

impl Form {
    pub fn sent(values: Vec<(String, String)>, files: Vec<Upload>) -> Self {
        Self { values, files, sent: true, ..Self::default() }
    }

    /// What was typed before a session ended, back on its page.
    pub fn resumed(values: Vec<(String, String)>) -> Self {
        Self { resumed: true, ..Self::sent(values, Vec::new()) }
    }

    /// The same form, whose last byte arrived at this instant.
    #[must_use]
    pub fn arrived(self, at: DateTime<Utc>) -> Self {
        Self { received_at: Some(at), ..self }
    }

    /// When its last byte arrived, before anything was done with it: what a deadline is compared with.
    pub fn received_at(&self) -> Option<DateTime<Utc>> {
        self.received_at
    }

    /// Does it come back after a sign-in, not yet looked at?
    pub fn is_resumed(&self) -> bool {
        self.resumed
    }

    /// The form that was sent, or the one of an address, where this field of it stands there.
    #[must_use]
    pub fn or_asked(self, query: &[(String, String)], field: &str) -> Self {
        if !self.sent && query.iter().any(|(name, _)| name == field) {
            Self::sent(query.to_vec(), Vec::new())
        } else {
            self
        }
    }

    /// Was it typed by somebody, or is the page shown for the first time?
    pub fn was_sent(&self) -> bool {
        self.sent
    }

    /// The trimmed text of a field; empty when it is not there.
    pub fn text(&self, name: &str) -> &str {
        self.raw(name).unwrap_or_default().trim()
    }

    /// The text exactly as typed, where the form was sent.
    pub fn raw(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Every value of a field that may be ticked several times.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.values.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    pub fn ticked(&self, name: &str) -> bool {
        self.raw(name).is_some()
    }

    pub fn values(&self) -> &[(String, String)] {
        &self.values
    }

    pub fn file(&self, name: &str) -> Option<&Upload> {
        self.files.iter().find(|file| file.field == name && !file.bytes.is_empty())
    }

    /// The key under which this form may make one record, with all that stands in it but the button that was pressed.
    pub fn key(&self) -> Option<FormKey> {
        let values = self.values.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
        let files = self.files.iter().map(|file| (file.field.as_str(), file.bytes.as_slice()));
        FormKey::read(self.text(KEY), values.chain(files).filter(|(name, _)| ![KEY, "geste"].contains(name)))
    }

    /// Several forms on one page tell themselves apart by the button that was pressed.
    pub fn gesture(&self) -> &str {
        self.text("geste")
    }

    /// The same form, with why it was not accepted. Anything that is not about what was typed comes back as it was.
    ///
    /// # Errors
    /// The error, when another page must tell it.
    pub fn explaining(mut self, error: Error) -> Result<Self, Error> {
        match error {
            Error::Invalid(errors) => self.errors = errors,
            Error::Refused(refusal) => self.refusal = Some(refusal),
            Error::Stale => self.stale = true,
            other => return Err(other),
        }
        Ok(self)
    }

    /// 200 for a page, 422 for a form that was not accepted, 409 when somebody else was faster.
    pub fn status(&self) -> u16 {
        if self.stale {
            409
        } else if self.refusal.is_some() || !self.errors.is_empty() {
            422
        } else {
            200
        }
    }

    /// Reads the fields one after the other, gathering what is wrong.
    pub fn read(&self) -> Reader<'_> {
        Reader { form: self, errors: FieldErrors::none() }
    }
}

/// Turns raw fields into values; every fault is kept, none stops the next.
pub struct Reader<'a> {
    form: &'a Form,
    pub errors: FieldErrors,
}

impl Reader<'_> {
    /// A compulsory text of at most `most` characters.
    pub fn text(&mut self, name: &str, most: usize) -> String {
        let text = self.optional_text(name, most);
        if text.is_empty() && self.errors.of(name).is_none() {
            self.errors.add(name, Fault::Empty);
        }
        text
    }

    pub fn optional_text(&mut self, name: &str, most: usize) -> String {
        let text = self.form.text(name).replace("\r\n", "\n");
        if text.chars().count() > most {
            self.errors.add(name, Fault::TooLong { most });
        }
        // Said where it is typed: no document could print it later.
        if let Some(character) = service::document::missing_character(&text) {
            self.errors.add(name, Fault::Character { character });
        }
        text
    }

    /// A value of a checked type, `None` when nothing was typed; `fault` when it can't be read.
    pub fn optional<T: FromStr>(&mut self, name: &str, fault: Fault) -> Option<T> {
        let text = self.form.text(name);
        if text.is_empty() {
            return None;
        }
        let value = text.parse().ok();
        if value.is_none() {
            self.errors.add(name, fault);
        }
        value
    }

    /// A compulsory value of a checked type; `None` only together with a fault.
    pub fn value<T: FromStr>(&mut self, name: &str, fault: Fault) -> Option<T> {
        let value = self.optional(name, fault);
        if value.is_none() && self.errors.of(name).is_none() {
            self.errors.add(name, Fault::Empty);
        }
        value
    }

    /// The eight digits of a code of the procurement vocabulary, typed alone, with its check digit, or with its label as
    /// some browsers paste it. Whether the list knows it is asked later.
    pub fn cpv(&mut self, name: &str) -> String {
        const MOST: usize = 300;
        let typed = self.text(name, MOST);
        let start: String = typed.chars().take_while(|letter| letter.is_ascii_digit() || *letter == '-').collect();
        match start.parse::<Cpv>() {
            Ok(code) => code.to_string(),
            Err(_) if typed.is_empty() => typed,
            Err(_) => {
                self.errors.add(name, Fault::UnknownCpv);
                typed
            }
        }
    }

    /// A password, exactly as typed.
    pub fn password(&mut self, name: &str) -> String {
        let password = self.form.raw(name).unwrap_or_default();
        if password.is_empty() {
            self.errors.add(name, Fault::Empty);
        }
        password.to_owned()
    }

    /// An amount in euros, above zero.
    pub fn positive_money(&mut self, name: &str) -> Money {
        match Money::parse_french_not_negative(self.form.text(name)) {
            Ok(money) if money.cents() == 0 => self.fault(name, Fault::NotPositive),
            Ok(money) => money,
            Err(NumberError::Empty) => self.fault(name, Fault::Empty),
            Err(error) => self.fault(name, Fault::Amount(error)),
        }
    }

    /// A day, in three fields `name-jour`, `name-mois`, `name-annee`; `None` when all three are empty.
    pub fn optional_date(&mut self, name: &str) -> Option<NaiveDate> {
        let parts = ["jour", "mois", "annee"].map(|part| self.form.text(&format!("{name}-{part}")));
        if parts.iter().all(|part| part.is_empty()) {
            return None;
        }
        let [day, month, year] = parts.map(|part| part.parse::<u16>().unwrap_or_default());
        let date = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))
            .filter(|date| TYPED_YEARS.contains(&date.year()));
        if date.is_none() {
            self.errors.add(name, Fault::NotADate);
        }
        date
    }

    /// A day from `earliest` on, or none.
    pub fn optional_date_from(&mut self, name: &str, earliest: NaiveDate) -> Option<NaiveDate> {
        let date = self.optional_date(name);
        if date.is_some_and(|date| date < earliest) {
            self.errors.add(name, Fault::Before { earliest });
        }
        date
    }

    /// A compulsory day.
    pub fn date(&mut self, name: &str) -> NaiveDate {
        let date = self.optional_date(name);
        if date.is_none() && self.errors.of(name).is_none() {
            self.errors.add(name, Fault::Empty);
        }
        date.unwrap_or_default()
    }

    /// One of the choices.
    pub fn choice<T>(&mut self, name: &str, read: impl Fn(&str) -> Option<T>, otherwise: T) -> T {
        let text = self.form.text(name);
        if let Some(value) = read(text) {
            return value;
        }
        self.errors.add(name, if text.is_empty() { Fault::Empty } else { Fault::NotAChoice });
        otherwise
    }

    fn fault<T: Default>(&mut self, name: &str, fault: Fault) -> T {
        self.errors.add(name, fault);
        T::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_day_is_of_a_year_that_can_be_meant() {
        let read = |year: &str| {
            let parts = [("jour", "20"), ("mois", "11"), ("annee", year)];
            let values = parts.map(|(part, text)| (format!("le-{part}"), text.to_owned()));
            let form = Form::sent(values.to_vec(), Vec::new());
            let mut read = form.read();
            let date = read.date("le");
            read.errors.is_empty().then_some(date.year())
        };

        assert_eq!(["1900", "2026", "2200"].map(read), [Some(1900), Some(2026), Some(2200)]);
        assert_eq!(["0026", "26", "1899", "2201", "2999", "12026"].map(read), [None; 6]);
    }

    #[test]
    fn a_code_is_read_with_its_check_digit_or_its_label() {
        let read = |text: &str| {
            let form = Form::sent(vec![("cpv".to_owned(), text.to_owned())], Vec::new());
            let mut read = form.read();
            let code = read.cpv("cpv");
            read.errors.is_empty().then_some(code)
        };

        assert_eq!(read("72212000").as_deref(), Some("72212000"));
        assert_eq!(read("72212000-4").as_deref(), Some("72212000"));
        assert_eq!(read("72212000 · Services de programmation").as_deref(), Some("72212000"));
        assert_eq!(read("guichet"), None);
    }
}
