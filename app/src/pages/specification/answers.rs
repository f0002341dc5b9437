//! What is typed in a section, read into the answers that the domain keeps.

use domain::{
    fault::Fault,
    specification::{AnswerError, Model, Question, QuestionKind, SectionProgress},
};
use service::{Error, FieldErrors, document, specification::Reading, store::specifications::Answers};

use super::grid::{self, Grid};
use crate::pages::Form;

/// The answers of a section. One that can't be taken is a fault at its field; an empty one may wait.
pub(super) fn typed(reading: &Reading, section: &SectionProgress<'_>, form: &Form) -> Result<Answers, Error> {
    let mut errors = FieldErrors::none();
    let mut answers = Answers::new();
    for asked in &section.questions {
        let Some(raw) = raw(asked.question, form) else { continue };
        if let Some(fault) = fault(asked.question, &raw) {
            errors.add(&asked.question.id, fault);
            continue;
        }
        let is_proposed = raw == as_typed(asked.question, &Model::shipped().proposed(asked.question, &reading.facts));
        answers.insert(asked.question.id.clone(), if is_proposed { String::new() } else { raw });
    }
    errors.or(answers)
}

/// An answer of the model as the same answer would come from the form.
fn as_typed(question: &Question, raw: &str) -> String {
    if Grid::of(question).is_some() { grid::join(&grid::split(raw)) } else { plain(raw) }
}

fn fault(question: &Question, raw: &str) -> Option<Fault> {
    if raw.is_empty() {
        return None;
    }
    if let Some(character) = document::missing_character(raw) {
        return Some(Fault::Character { character });
    }
    match Model::shipped().check(question, raw) {
        Ok(_) | Err(AnswerError::Empty) => None,
        Err(error) => Some(Fault::Answer(error)),
    }
}

/// The answer as the domain keeps it; `None` when the form does not ask the question.
pub(super) fn raw(question: &Question, form: &Form) -> Option<String> {
    let name = question.id.as_str();
    if let Some(grid) = Grid::of(question) {
        return Some(grid::join(&grid.typed(name, form)?));
    }
    match question.kind {
        QuestionKind::Date => date(name, form),
        QuestionKind::DateTime => date_time(name, form),
        QuestionKind::Text { .. }
        | QuestionKind::LongText { .. }
        | QuestionKind::Integer { .. }
        | QuestionKind::Percent { .. }
        | QuestionKind::Money { .. }
        | QuestionKind::YesNo
        | QuestionKind::Choice(_)
        | QuestionKind::Lines { .. }
        | QuestionKind::Table { .. }
        | QuestionKind::Criteria
        | QuestionKind::Prices => form.raw(name).map(plain),
    }
}

/// `2026-12-18` from its three fields; what is no day stays readable as none.
fn date(name: &str, form: &Form) -> Option<String> {
    form.raw(&format!("{name}-jour"))?;
    let [day, month, year] = ["jour", "mois", "annee"].map(|part| form.text(&format!("{name}-{part}")));
    if [day, month, year].iter().all(|part| part.is_empty()) {
        return Some(String::new());
    }
    let is_year = year.len() == 4 && (year.starts_with('1') || year.starts_with('2'));
    let year = if is_year { year } else { "?" };
    Some(format!("{year}-{month:0>2}-{day:0>2}"))
}

/// `2026-12-18T16:00`; « 16h », « 16 h 30 » and « 16h30 » are hours too.
fn date_time(name: &str, form: &Form) -> Option<String> {
    let date = date(name, form)?;
    let hour: String = form.text(&format!("{name}-heure")).to_lowercase().split_whitespace().collect();
    if date.is_empty() && hour.is_empty() {
        return Some(String::new());
    }
    let hour = if hour.ends_with('h') { format!("{hour}00") } else { hour };
    Some(match hour.split_once(['h', ':']) {
        Some((hours, minutes)) => format!("{date}T{hours:0>2}:{minutes}"),
        None => format!("{date}T{hour}"),
    })
}

/// Without the spaces around it, and with the line ends of files.
fn plain(text: &str) -> String {
    text.trim().replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(values: &[(&str, &str)]) -> Form {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Form::sent(values.iter().map(own).collect(), Vec::new())
    }

    fn question(id: &str) -> &'static Question {
        Model::shipped().question(id).expect("a question of the model")
    }

    /// A question of the format that no clause asks today.
    fn moment() -> Question {
        let mut moment = question("convention_date").clone();
        moment.id = "moment".to_owned();
        moment.kind = QuestionKind::DateTime;
        moment
    }

    #[test]
    fn a_day_and_an_hour_come_from_their_fields() {
        let typed = |year: &str, hour: &str| {
            let fields = [("moment-jour", "8"), ("moment-mois", "12"), ("moment-annee", year), ("moment-heure", hour)];
            raw(&moment(), &form(&fields)).expect("asked")
        };

        assert_eq!(typed("2026", "16:00"), "2026-12-08T16:00");
        assert_eq!(typed("2026", "9 h 30"), "2026-12-08T09:30");
        assert_eq!(typed("2026", "16h"), "2026-12-08T16:00");
        for (year, hour) in [("26", "16:00"), ("2026", ""), ("2026", "16"), ("2026", "25:00")] {
            assert_eq!(fault(&moment(), &typed(year, hour)), Some(Fault::Answer(AnswerError::NotADateTime)));
        }
    }

    #[test]
    fn rows_are_joined_without_the_empty_ones() {
        let fields = [
            ("criteres_attribution.0.0", "Prix"),
            ("criteres_attribution.0.1", "40"),
            ("criteres_attribution.0.2", "prix"),
            ("criteres_attribution.0.3", "Total\r\ncomplet"),
            ("criteres_attribution.1.0", ""),
            ("criteres_attribution.1.1", " "),
            ("criteres_attribution.2.0", "Note"),
            ("criteres_attribution.2.1", "50"),
            ("criteres_attribution.2.2", "qualite"),
            ("criteres_attribution.2.3", "Note"),
        ];

        let typed = raw(question("criteres_attribution"), &form(&fields)).expect("asked");

        assert_eq!(typed, "Prix | 40 | prix | Total complet\nNote | 50 | qualite | Note");
        assert_eq!(
            fault(question("criteres_attribution"), &typed),
            Some(Fault::Answer(AnswerError::WeightsNotHundred { total_hundredths: 9_000 }))
        );
    }

    #[test]
    fn a_question_that_the_form_does_not_ask_keeps_its_answer() {
        assert_eq!(raw(question("contexte"), &form(&[("duree", "48")])), None);
        assert_eq!(raw(question("socle_versions"), &form(&[("duree", "48")])), None);
        assert_eq!(raw(question("convention_date"), &form(&[("duree", "48")])), None);
    }

    #[test]
    fn a_character_that_the_fonts_lack_is_told_at_its_field() {
        assert_eq!(
            fault(question("arrondissement"), "Namur \u{1f600}"),
            Some(Fault::Character { character: '\u{1f600}' })
        );
    }
}
