//! Conditions as data: `vehicule = conjoint et non accord_cadre`, `procedure parmi PO, PR`, `motif rempli`.

use std::collections::BTreeSet;

/// What a condition says of the facts and answers at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Truth {
    Yes,
    No,
    /// A value that decides is not known yet.
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Condition {
    Always,
    Filled(String),
    In(String, Vec<String>),
    Compare(String, Order, String),
    Not(Box<Condition>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
}

/// Where a condition finds its values.
pub(super) trait Known {
    /// The code of a value (`conjoint`, `oui`); `Err(Truth::No)` if it was never asked, `Unknown` if it lacks.
    fn code(&self, name: &str) -> Result<String, Truth>;
    /// A number, in hundredths.
    fn number(&self, name: &str) -> Result<i64, Truth>;
    fn filled(&self, name: &str) -> bool;
}

impl Condition {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let tokens = tokens(text);
        let mut reader = Reader { tokens: &tokens, at: 0 };
        let condition = reader.any()?;
        (reader.at == tokens.len()).then_some(condition)
    }

    pub(super) fn holds(&self, known: &impl Known) -> Truth {
        match self {
            Self::Always => Truth::Yes,
            Self::Filled(name) => Truth::from(known.filled(name)),
            Self::In(name, codes) => known.code(name).map_or_else(|t| t, |code| Truth::from(codes.contains(&code))),
            Self::Compare(name, order, right) => match (known.number(name), known.number(right)) {
                (Ok(left), Ok(right)) => Truth::from(order.holds(left, right)),
                (Err(truth), _) | (Ok(_), Err(truth)) => truth,
            },
            Self::Not(inner) => inner.holds(known).opposite(),
            Self::All(parts) => parts.iter().map(|part| part.holds(known)).fold(Truth::Yes, Truth::and),
            Self::Any(parts) => {
                parts.iter().map(|part| part.holds(known).opposite()).fold(Truth::Yes, Truth::and).opposite()
            }
        }
    }

    /// Every name the condition reads, `parametre:…` included.
    pub(super) fn names(&self) -> BTreeSet<String> {
        match self {
            Self::Always => BTreeSet::new(),
            Self::Filled(name) | Self::In(name, _) => BTreeSet::from([name.clone()]),
            Self::Compare(left, _, right) => {
                let right = Some(right.clone()).filter(|name| super::numbers::parse_hundredths(name).is_none());
                std::iter::once(left.clone()).chain(right).collect()
            }
            Self::Not(inner) => inner.names(),
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::names).collect(),
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::Yes } else { Self::No }
    }
}

impl Truth {
    fn opposite(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Yes, Self::Yes) => Self::Yes,
        }
    }
}

impl Order {
    fn holds(self, left: i64, right: i64) -> bool {
        match self {
            Self::Less => left < right,
            Self::LessOrEqual => left <= right,
            Self::More => left > right,
            Self::MoreOrEqual => left >= right,
        }
    }
}

struct Reader<'a> {
    tokens: &'a [String],
    at: usize,
}

impl Reader<'_> {
    fn any(&mut self) -> Option<Condition> {
        let mut parts = vec![self.all()?];
        while self.take("ou") {
            parts.push(self.all()?);
        }
        Some(if parts.len() == 1 { parts.remove(0) } else { Condition::Any(parts) })
    }

    fn all(&mut self) -> Option<Condition> {
        let mut parts = vec![self.one()?];
        while self.take("et") {
            parts.push(self.one()?);
        }
        Some(if parts.len() == 1 { parts.remove(0) } else { Condition::All(parts) })
    }

    fn one(&mut self) -> Option<Condition> {
        if self.take("non") {
            return Some(Condition::Not(Box::new(self.one()?)));
        }
        if self.take("(") {
            let inner = self.any()?;
            return self.take(")").then_some(inner);
        }
        if self.take("toujours") {
            return Some(Condition::Always);
        }
        let name = self.word()?;
        if self.take("rempli") {
            return Some(Condition::Filled(name));
        }
        if self.take("parmi") {
            let mut codes = vec![self.word()?];
            while self.take(",") {
                codes.push(self.word()?);
            }
            return Some(Condition::In(name, codes));
        }
        if self.take("!=") {
            return Some(Condition::Not(Box::new(Condition::In(name, vec![self.word()?]))));
        }
        if self.take("=") {
            return Some(Condition::In(name, vec![self.word()?]));
        }
        let orders = [("<=", Order::LessOrEqual), (">=", Order::MoreOrEqual), ("<", Order::Less), (">", Order::More)];
        for (sign, order) in orders {
            if self.take(sign) {
                return Some(Condition::Compare(name, order, self.word()?));
            }
        }
        Some(Condition::In(name, vec!["oui".to_owned()]))
    }

    fn take(&mut self, token: &str) -> bool {
        let found = self.tokens.get(self.at).is_some_and(|next| next == token);
        if found {
            self.at += 1;
        }
        found
    }

    fn word(&mut self) -> Option<String> {
        let reserved = ["et", "ou", "non", "parmi", "rempli", "toujours"];
        let word = self.tokens.get(self.at)?;
        if reserved.contains(&word.as_str()) || !word.starts_with(|c: char| c.is_alphanumeric()) {
            return None;
        }
        self.at += 1;
        Some(word.clone())
    }
}

fn tokens(text: &str) -> Vec<String> {
    let mut spaced = String::new();
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '(' | ')' | ',' | '=' => spaced.extend([' ', c, ' ']),
            '<' | '>' | '!' => {
                let equal = characters.next_if_eq(&'=');
                spaced.extend([' ', c]);
                spaced.extend(equal);
                spaced.push(' ');
            }
            other => spaced.push(other),
        }
    }
    spaced.split_whitespace().map(str::to_owned).collect()
}
