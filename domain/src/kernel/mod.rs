//! The small types that every slice uses: money, identifiers, references, dates and deadlines.

pub mod deadline;
pub mod decimal;
pub mod email;
pub mod holiday;
pub mod identifier;
pub mod ids;
pub mod money;
pub mod percent;
pub mod quantity;
pub mod reference;
pub mod rounding;
pub mod text;
pub mod time;
pub mod unit_price;
pub mod vat;

pub use decimal::NumberError;
pub use email::EmailAddress;
pub use money::{Money, MoneyError};
pub use percent::Percent;
pub use quantity::Quantity;
pub use unit_price::UnitPrice;
