use std::{fmt, str::FromStr};

use chrono::{Datelike as _, NaiveDate};

use crate::kernel::{Money, reference::VoucherRef, text::serde_as_text};

/// The text is not an article of a communal budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a budget article")]
pub struct NotAnArticle;

/// An article of the communal budget, `104/123-13`: function of three to five digits, economic code of three or five,
/// ordinal of two (RGCC). The project number of the extraordinary service is not part of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BudgetArticle(String);

impl FromStr for BudgetArticle {
    type Err = NotAnArticle;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let (function, rest) = text.split_once('/').ok_or(NotAnArticle)?;
        let (economic, ordinal) = rest.split_once('-').ok_or(NotAnArticle)?;
        let digits = |part: &str, lengths: &[usize]| {
            lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if digits(function, &[3, 4, 5]) && digits(economic, &[3, 5]) && digits(ordinal, &[2]) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnArticle)
        }
    }
}

impl fmt::Display for BudgetArticle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

serde_as_text!(BudgetArticle);

/// What the finance director declares: the accounts are kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    pub article: BudgetArticle,
    /// Left on the article before this order, TVAC.
    pub credit: Money,
    /// In the books of the authority.
    pub number: String,
    pub on: NaiveDate,
}

impl Commitment {
    /// The number of a voucher at this place of its year: that of the commitment.
    pub fn numbers(&self, place: u32) -> Option<VoucherRef> {
        VoucherRef::new(u16::try_from(self.on.year()).ok()?, place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_of_the_budget_are_read() {
        for text in ["104/123-13", "104/742-53", "734/72402-60", "10401/123-13", " 104/123-13 "] {
            assert_eq!(
                text.parse::<BudgetArticle>().map(|read| read.to_string()),
                Ok(text.trim().to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn other_writings_are_no_article() {
        for text in
            ["", "104", "104/123", "104-123/13", "10/123-13", "104/1234-13", "104/123-1", "abc/123-13", "104/123-13-1"]
        {
            assert_eq!(text.parse::<BudgetArticle>(), Err(NotAnArticle), "{text}");
        }
    }
}
