use std::{fmt, str::FromStr};

use chrono::{Datelike as _, NaiveDate};

use super::Refusal;
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
    /// Other articles that bear a part; the first one bears the rest.
    pub others: Vec<BudgetShare>,
    /// In the books of the authority.
    pub number: String,
    pub on: NaiveDate,
}

/// What an article bears of a voucher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetShare {
    pub article: BudgetArticle,
    /// TVAC.
    pub amount: Money,
    /// Left on the article before this order, TVAC.
    pub credit: Money,
}

impl Commitment {
    /// The articles with what each bears of `total`, TVAC: they add up to it, to the cent.
    ///
    /// # Errors
    /// An article twice, a part of nothing, nothing left for the first article, or a credit that does not cover its part.
    pub fn shares(&self, total: Money) -> Result<Vec<BudgetShare>, Refusal> {
        let others = Money::total(self.others.iter().map(|share| share.amount)).ok_or(Refusal::TooLarge)?;
        let rest = total.checked_sub(others).ok_or(Refusal::TooLarge)?;
        let first = BudgetShare { article: self.article.clone(), amount: rest, credit: self.credit };
        let shares: Vec<_> = [first].into_iter().chain(self.others.iter().cloned()).collect();
        for (place, share) in shares.iter().enumerate() {
            if shares.iter().take(place).any(|before| before.article == share.article) {
                return Err(Refusal::ArticleTwice { article: share.article.clone() });
            }
            if shares.len() > 1 && !share.amount.is_positive() {
                return Err(Refusal::NothingOnArticle { article: share.article.clone(), amount: share.amount });
            }
            if share.credit < share.amount {
                return Err(Refusal::CreditTooLow { credit: share.credit, needed: share.amount });
            }
        }
        Ok(shares)
    }

    /// Every article that bears a part, the first one first.
    pub fn articles(&self) -> impl Iterator<Item = &BudgetArticle> {
        [&self.article].into_iter().chain(self.others.iter().map(|share| &share.article))
    }

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

    fn money(text: &str) -> Money {
        Money::parse_iso(text).expect("an amount")
    }

    fn share(article: &str, amount: &str, credit: &str) -> BudgetShare {
        BudgetShare { article: article.parse().expect("an article"), amount: money(amount), credit: money(credit) }
    }

    fn commitment(others: &[BudgetShare]) -> Commitment {
        Commitment {
            article: "104/123-13".parse().expect("an article"),
            credit: money("500.00"),
            others: others.to_vec(),
            number: "2026-1".to_owned(),
            on: "2026-11-20".parse().expect("a date"),
        }
    }

    #[test]
    fn the_first_article_bears_to_the_cent_what_the_others_leave() {
        let shares = commitment(&[share("421/123-13", "225.99", "225.99")]).shares(money("725.99")).expect("covered");

        assert_eq!(shares, [share("104/123-13", "500.00", "500.00"), share("421/123-13", "225.99", "225.99")]);
        assert_eq!(Money::total(shares.iter().map(|share| share.amount)), Some(money("725.99")));
    }

    #[test]
    fn each_article_has_the_credit_for_its_own_part() {
        let of = |others: &[BudgetShare], total| commitment(others).shares(money(total));
        let low = |credit, needed| Err(Refusal::CreditTooLow { credit: money(credit), needed: money(needed) });

        assert_eq!(of(&[], "500.01"), low("500.00", "500.01"));
        assert_eq!(of(&[share("421/123-13", "225.99", "225.98")], "725.99"), low("225.98", "225.99"));
        assert_eq!(of(&[share("421/123-13", "225.98", "900.00")], "725.99"), low("500.00", "500.01"));
    }

    #[test]
    fn no_article_stands_twice_or_bears_nothing() {
        let of = |others: &[BudgetShare]| commitment(others).shares(money("100.00"));
        let article = |text: &str| text.parse::<BudgetArticle>().expect("an article");

        let twice = Err(Refusal::ArticleTwice { article: article("104/123-13") });
        assert_eq!(of(&[share("104/123-13", "50.00", "50.00")]), twice);
        let nothing = |text, amount| Err(Refusal::NothingOnArticle { article: article(text), amount: money(amount) });
        assert_eq!(of(&[share("421/123-13", "100.00", "100.00")]), nothing("104/123-13", "0.00"));
        assert_eq!(of(&[share("421/123-13", "0.00", "100.00")]), nothing("421/123-13", "0.00"));
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
