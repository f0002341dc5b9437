use crate::kernel::{Money, Percent};

/// Prices that seem abnormally low (royal decree of 18 April 2017, art. 36 § 4). For IT services it is a hint only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbnormalPrices {
    /// Prices that make the mean, ascending.
    pub kept: Vec<Money>,
    /// Places, in the given order, of the prices to question.
    pub questioned: Vec<usize>,
}

/// Questions every price that is below the mean by this part or more. The mean leaves out the lowest price and the
/// highest one, or the highest quarter, rounded up, from seven tenders on; equal extremes leave only as many out.
/// Nothing when there are fewer tenders than `least` (4 in the law).
pub fn abnormal_prices(prices: &[Money], below: Percent, least: usize) -> Option<AbnormalPrices> {
    if prices.len() < least.max(3) {
        return None;
    }

    let mut kept = prices.to_vec();
    kept.sort();
    kept.truncate(prices.len() - highest_left_out(prices.len()));
    kept.remove(0);

    let sum: i128 = kept.iter().map(|price| i128::from(price.cents())).sum();
    let count: i128 = kept.iter().map(|_| 1).sum();
    let whole = i128::from(Percent::HUNDRED.millionths());
    let limit = (whole - i128::from(below.millionths())) * sum;
    let is_low = |price: &Money| i128::from(price.cents()) * count * whole <= limit;

    let questioned = prices.iter().enumerate().filter(|(_, price)| is_low(price)).map(|(place, _)| place).collect();
    Some(AbnormalPrices { kept, questioned })
}

fn highest_left_out(tenders: usize) -> usize {
    if tenders < 7 { 1 } else { tenders.div_ceil(4) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIFTEEN: Percent = Percent::from_millionths(15_000_000);

    /// Prices in thousands of euro: those kept for the mean and those questioned.
    fn ask(thousands: &[i64]) -> Option<(Vec<i64>, Vec<i64>)> {
        let prices: Vec<Money> = thousands.iter().map(|price| Money::from_cents(price * 100_000)).collect();
        let found = abnormal_prices(&prices, FIFTEEN, 4)?;
        let kept = found.kept.iter().map(|price| price.cents() / 100_000).collect();
        Some((kept, found.questioned.into_iter().map(|place| thousands[place]).collect()))
    }

    #[test]
    fn the_examples_question_the_lowest_price() {
        assert_eq!(ask(&[80, 100, 105, 110, 140]), Some((vec![100, 105, 110], vec![80])));
        assert_eq!(ask(&[150, 78, 92, 95, 98, 100, 104, 110]), Some((vec![92, 95, 98, 100, 104], vec![78])));
        assert_eq!(ask(&[70, 80, 84, 88, 90, 95, 130]), Some((vec![80, 84, 88, 90], vec![70])));
    }

    #[test]
    fn three_tenders_are_too_few() {
        assert_eq!(ask(&[10, 100, 110]), None);
    }

    #[test]
    fn exactly_fifteen_per_cent_below_is_questioned() {
        assert_eq!(ask(&[85, 100, 100, 100]), Some((vec![100, 100], vec![85])));
        assert_eq!(ask(&[86, 100, 100, 100]), Some((vec![100, 100], vec![])));
    }

    #[test]
    fn only_one_of_equal_extremes_is_left_out() {
        assert_eq!(ask(&[80, 80, 120, 120, 120]), Some((vec![80, 120, 120], vec![80, 80])));
    }
}
