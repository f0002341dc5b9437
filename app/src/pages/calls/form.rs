//! What is typed about a call, read into the service's draft.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{
    fault::Fault,
    kernel::{
        ids::OrganisationId,
        time::{brussels, utc_from_brussels},
    },
    parameter::ParameterSet,
    tender::{Notice, Tender, advised_questions_day},
};
use service::{Error, FieldErrors, call::CallDraft};

use crate::pages::Form;

const REASON_MOST: usize = 2_000;
const NOTICE_MOST: usize = 60;

/// The call as typed. Without a date for questions, the advised day before the deposit is taken, at the same hour.
pub(super) fn call(
    form: &Form,
    tender: &Tender,
    parameters: &ParameterSet,
    now: DateTime<Utc>,
) -> Result<CallDraft, Error> {
    let today = brussels(now).date();
    let mut read = form.read();
    let deposit_on = read.date("depot");
    let deposit_at = hour(form, "depot-heure", &mut read.errors);
    let deposit_until = instant(deposit_on, deposit_at, "depot-heure", &mut read.errors);
    let notice = tender.needs_a_notice().then(|| {
        let notice = Notice { number: read.text("avis", NOTICE_MOST), sent_on: read.date("envoi") };
        if notice.sent_on > today {
            read.errors.add("envoi", Fault::After { latest: today });
        }
        notice
    });
    let called_on = notice.as_ref().map_or(today, |notice: &Notice| notice.sent_on);
    let questions_on = read.optional_date("questions");
    let advised = advised_questions_day(parameters, called_on, deposit_on).ok().flatten();
    let questions_until = match (questions_on, advised) {
        (Some(day), _) => {
            let at = hour(form, "questions-heure", &mut read.errors);
            instant(day, at, "questions-heure", &mut read.errors)
        }
        (None, Some(advice)) => instant(advice.advised, deposit_at, "questions", &mut read.errors),
        (None, None) => DateTime::UNIX_EPOCH,
    };
    let reason = read.optional_text("raison", REASON_MOST);
    let invited = firms(form).unwrap_or_else(|| {
        read.errors.add("pme", Fault::NotAChoice);
        BTreeSet::new()
    });
    let draft =
        CallDraft { questions_until, deposit_until, notice, invited, reason: (!reason.is_empty()).then_some(reason) };
    read.errors.or(draft)
}

/// The firms that are ticked; none when one of them is no identifier.
pub(super) fn firms(form: &Form) -> Option<BTreeSet<OrganisationId>> {
    form.all("pme").map(|id| id.parse().ok()).collect()
}

/// `11:00`, `11h00` or `11`.
fn hour(form: &Form, name: &str, errors: &mut FieldErrors) -> NaiveTime {
    let text = form.text(name).replace(['h', 'H', '.'], ":");
    let (hours, minutes) = text.split_once(':').unwrap_or((&text, "0"));
    let minutes = if minutes.is_empty() { "0" } else { minutes };
    let time = hours
        .trim()
        .parse()
        .ok()
        .zip(minutes.trim().parse().ok())
        .and_then(|(hours, minutes)| NaiveTime::from_hms_opt(hours, minutes, 0));
    time.unwrap_or_else(|| {
        errors.add(name, Fault::NotATime);
        NaiveTime::MIN
    })
}

/// The instant of Brussels; an hour that the clocks skip or show twice names none.
fn instant(on: NaiveDate, at: NaiveTime, name: &str, errors: &mut FieldErrors) -> DateTime<Utc> {
    utc_from_brussels(on, at).unwrap_or_else(|_| {
        if errors.of(name).is_none() {
            errors.add(name, Fault::NotATime);
        }
        DateTime::UNIX_EPOCH
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<NaiveTime> {
        let form = Form::sent(vec![("heure".to_owned(), text.to_owned())], Vec::new());
        let mut errors = FieldErrors::none();
        let time = hour(&form, "heure", &mut errors);
        errors.is_empty().then_some(time)
    }

    #[test]
    fn an_hour_is_read_as_people_write_it() {
        let eleven = NaiveTime::from_hms_opt(11, 0, 0);

        for text in ["11:00", "11h00", "11 h", "11", "11.00"] {
            assert_eq!(read(text), eleven, "{text}");
        }
        for text in ["", "24:00", "onze", "11:60", "-1:00"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
